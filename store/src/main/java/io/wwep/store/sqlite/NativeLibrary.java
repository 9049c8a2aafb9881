package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.sqlite.SQLiteJDBCLoader;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite itself. The driver unpacks it from its jar to a directory for temporary files at every
 * start, unless {@code org.sqlite.lib.path} names a directory where it lies.
 */
public final class NativeLibrary {

  private static final Logger DRIVER_LOG = Logger.getLogger(SQLiteJDBCLoader.class.getName());

  private NativeLibrary() {}

  /**
   * Loads the library, unless it is loaded.
   *
   * @throws StoreException when it cannot be
   */
  static synchronized void load() {
    Level level = DRIVER_LOG.getLevel();
    // The driver would show each thing it tries with a stack trace; one sentence says it all.
    DRIVER_LOG.setLevel(Level.OFF);
    try {
      if (!SQLiteJDBCLoader.initialize()) {
        throw failure(null);
      }
    } catch (StoreException e) {
      throw e;
    } catch (Exception | LinkageError e) {
      throw failure(e);
    } finally {
      DRIVER_LOG.setLevel(level);
    }
  }

  /**
   * Unpacks the library of this machine, as far as there is one, under the name that the driver
   * looks for.
   *
   * @param directory exists
   * @throws IOException when the file cannot be written
   */
  public static void unpackTo(Path directory) throws IOException {
    String file = LibraryLoaderUtil.getNativeLibName();
    String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + file;
    try (InputStream library = SQLiteJDBCLoader.class.getResourceAsStream(resource)) {
      if (library != null) {
        Files.copy(library, directory.resolve(file), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private static StoreException failure(Throwable cause) {
    String directory =
        System.getProperty("org.sqlite.tmpdir", System.getProperty("java.io.tmpdir"));
    return new StoreException(
        "cannot unpack and load SQLite in %s: give java the option -Dorg.sqlite.tmpdir=DIR with a directory that may be written and may hold programs"
            .formatted(directory),
        cause);
  }
}
