package io.wwep.certs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Writes files that are whole or not there, and keys that are private from their first moment. */
final class PrivateDirectory {

  private PrivateDirectory() {}

  /** Makes the directory, and those above it that are missing; leaves one that is there as is. */
  static void create(Path directory) {
    try {
      Files.createDirectories(directory, FileMode.PRIVATE_DIRECTORY.at(directory));
    } catch (FileAlreadyExistsException e) {
      throw new UnwritableException(
          "%s is a file where a directory for certificates is needed: give another directory"
              .formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  /** Writes what is to become a key, under another name beside it. */
  static Path stageKey(Path file, byte[] key) {
    return stage(file, key, FileMode.PRIVATE);
  }

  /** Writes what is to become a certificate, under another name beside it. */
  static Path stageCertificate(Path file, byte[] certificate) {
    return stage(file, certificate, FileMode.PUBLIC);
  }

  private static Path stage(Path file, byte[] content, FileMode mode) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      Path staged = Files.createTempFile(directory, ".new-", ".tmp", mode.at(directory));
      try {
        fill(staged, content);
        return staged;
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(staged);
        throw e;
      }
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  /** Gives what was staged its name, in place of what has it. */
  static void replace(Path staged, Path file) {
    publish(file, () -> move(staged, file));
  }

  /**
   * Gives what was staged its name, which nothing may have; where it can be, it has both.
   *
   * @throws IdentityException when something has
   */
  static void publishNew(Path staged, Path file) {
    publish(file, () -> linkUnlessThere(staged, file));
  }

  /** A step that gives a file its name. */
  @FunctionalInterface
  private interface Naming {
    void run() throws IOException;
  }

  private static void publish(Path file, Naming naming) {
    try {
      naming.run();
      syncNames(file.toAbsolutePath().getParent());
    } catch (FileAlreadyExistsException e) {
      throw new UnwritableException("%s is there already: choose another name".formatted(file), e);
    } catch (IOException e) {
      throw unwritable(file.toAbsolutePath().getParent(), e);
    }
  }

  /** A link is made only where there is no such name, which a move does not promise. */
  private static void linkUnlessThere(Path from, Path to) throws IOException {
    try {
      Files.createLink(to, from);
    } catch (FileAlreadyExistsException taken) {
      throw taken;
    } catch (UnsupportedOperationException | FileSystemException noLinks) {
      Files.move(from, to); // As on FAT, which says so in words of the system.
    }
  }

  /** On the disk before it gets its name, lest a power cut leaves a name with nothing behind it. */
  private static void fill(Path file, byte[] content) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  /** Copies a file with its permissions, and onto the disk, to a name that nothing may have. */
  static void copyNew(Path from, Path to) throws IOException {
    Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    // Some keys may not be written to, and Windows syncs nothing that was opened to be read.
    StandardOpenOption how =
        Files.isWritable(to) ? StandardOpenOption.WRITE : StandardOpenOption.READ;
    try (FileChannel channel = FileChannel.open(to, how)) {
      channel.force(true);
    }
  }

  /** Takes the place of what is there, at once where the file system can. */
  static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /**
   * Brings the file's name and those of its directories to the disk, lest a power cut leaves boards
   * with a certificate that the server has no longer.
   */
  private static void syncNames(Path innermost) {
    for (Path directory = innermost; directory != null; directory = directory.getParent()) {
      try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
        channel.force(true);
      } catch (IOException e) {
        // Windows opens no directories, and nobody makes one in what may not be read.
      }
    }
  }

  static UnwritableException unwritable(Path directory, IOException cause) {
    return new UnwritableException(
        "certificates cannot be written to %s (%s): %s"
            .formatted(
                directory,
                IdentityException.reason(cause),
                cause instanceof NoSuchFileException
                    ? "make it, or give another directory"
                    : "give a directory that this user may write to"),
        cause);
  }
}
