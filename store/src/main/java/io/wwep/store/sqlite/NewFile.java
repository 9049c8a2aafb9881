package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Writes files that are there whole or not at all: under another name, until all is on the disk.
 */
public final class NewFile {

  private NewFile() {}

  /** Writes what the file shall have. */
  public interface Content {
    /**
     * Writes everything; need not close the stream.
     *
     * @throws IOException when the stream does
     */
    void writeTo(OutputStream stream) throws IOException;
  }

  /**
   * Makes a file, for its owner alone.
   *
   * @param replace whether a file of that name may be replaced
   * @throws StoreException when it is there, or cannot be written
   */
  public static void write(Path target, boolean replace, Content content) {
    requireNone(target, replace);
    Path part = partOf(target);
    try {
      Files.deleteIfExists(part);
      DataFiles.makeFile(part);
      try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
        content.writeTo(Channels.newOutputStream(channel));
        channel.force(true);
      }
      Backup.move(part, target);
    } catch (UncheckedIOException e) {
      throw discard(part, failed(target, e.getCause()));
    } catch (IOException e) {
      throw discard(part, failed(target, e));
    } catch (RuntimeException | Error e) {
      discard(part, e);
      throw e;
    }
  }

  private static StoreException failed(Path target, IOException e) {
    return new StoreException(
        "cannot write %s (%s): make room there, or choose another place"
            .formatted(target, DataFiles.reason(e)),
        e);
  }

  private static <T extends Throwable> T discard(Path part, T reason) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      reason.addSuppressed(e);
    }
    return reason;
  }

  /** Returns the name that a file has until it is whole. */
  static Path partOf(Path target) {
    return target.resolveSibling(target.getFileName() + ".part");
  }

  /**
   * Makes sure that there is no such file, unless it may be replaced, and that one can be: a
   * server's data may not be, nor a directory.
   *
   * @throws StoreException when there is, or there is no directory for it
   */
  public static void requireNone(Path target, boolean replace) {
    requireForeign(target);
    requirePlace(target);
    if (Files.exists(target) && !replace) {
      throw new StoreException(
          "%s is there already: choose another name, or add --force to replace it"
              .formatted(target));
    }
  }

  /** Else the name of the part would be told, which nobody gave, or a right that is there. */
  private static void requirePlace(Path target) {
    if (Files.isDirectory(target)) {
      throw new StoreException(
          "%s is a directory: choose another name, as that of a file in it".formatted(target));
    }
    Path directory = DataFiles.directoryOf(target);
    Optional<Path> file = DataDirectory.fileAt(directory);
    if (file.isPresent()) {
      throw new StoreException(
          "cannot write %s (%s is a file): choose another place".formatted(target, file.get()));
    }
    if (!Files.isDirectory(directory)) {
      throw new StoreException(
          "cannot write %s (there is no directory %s): make it, or choose another place"
              .formatted(target, directory));
    }
  }

  /**
   * Makes sure that a file that is to be written is none of a server's data, there or not.
   *
   * @throws StoreException when it is
   */
  public static void requireForeign(Path target) {
    if (DataFiles.belongsToADatabase(target)) {
      throw new StoreException(
          "%s is one of a server's own files: choose another name or directory".formatted(target));
    }
  }
}
