package io.wwep.board.gpio;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Loads the library for pins, and the one package of ours that uses it, apart from the rest of the
 * program: on the class path of all it would bring its logging along, for which other libraries
 * look at each start.
 */
final class LibraryLoader extends URLClassLoader {

  private static final String OURS = LibraryLoader.class.getPackageName() + ".pi4j.";

  private LibraryLoader(URL... jars) {
    super("wwep-gpio", jars, LibraryLoader.class.getClassLoader());
  }

  /**
   * Returns a loader for the jars in a directory.
   *
   * @throws IOException when it cannot be read
   */
  static LibraryLoader of(Path directory) throws IOException {
    List<URL> jars = new ArrayList<>();
    if (Files.isDirectory(directory)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*.jar")) {
        files.forEach(file -> jars.add(url(file)));
      }
    }
    return new LibraryLoader(jars.toArray(URL[]::new));
  }

  private static URL url(Path file) {
    try {
      return file.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new UncheckedIOException("every file has a URL", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OURS)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded != null ? loaded : defineOurs(name);
    }
  }

  private Class<?> defineOurs(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream bytes = getParent().getResourceAsStream(file)) {
      if (bytes == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] all = bytes.readAllBytes();
      return defineClass(name, all, 0, all.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
