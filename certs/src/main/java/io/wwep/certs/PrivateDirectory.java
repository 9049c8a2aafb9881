package io.wwep.certs;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Writes files that are whole or not there, and private from their first moment: the permission is
 * given at creation, so that there is no time at which others could open a key.
 *
 * <p>Where the file system has no POSIX permissions, as on Windows, files have those that their
 * directory passes on.
 */
final class PrivateDirectory {

  private static final String DIRECTORY_MODE = "rwx------";
  private static final String KEY_MODE = "rw-------";
  private static final String CERTIFICATE_MODE = "rw-r--r--";

  private PrivateDirectory() {}

  /** Makes the directory, and those above it that are missing; leaves one that is there as is. */
  static void create(Path directory) {
    try {
      Files.createDirectories(directory, mode(directory, DIRECTORY_MODE));
    } catch (FileAlreadyExistsException e) {
      throw new IdentityException(
          "%s is a file where a directory for certificates is needed: give another directory"
              .formatted(e.getMessage()),
          e);
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  static void writeKey(Path file, String pem) {
    write(file, pem, KEY_MODE);
  }

  static void writeCertificate(Path file, String pem) {
    write(file, pem, CERTIFICATE_MODE);
  }

  private static void write(Path file, String text, String mode) {
    Path directory = file.toAbsolutePath().getParent();
    try {
      Path temporary = Files.createTempFile(directory, ".new-", ".tmp", mode(directory, mode));
      try {
        fill(temporary, text);
        move(temporary, file);
        syncNames(directory);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw unwritable(directory, e);
    }
  }

  /** On the disk before it gets its name, lest a power cut leaves a name with nothing behind it. */
  private static void fill(Path file, String text) throws IOException {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
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

  private static FileAttribute<?>[] mode(Path path, String mode) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))
        }
        : new FileAttribute<?>[0];
  }

  static IdentityException unwritable(Path directory, IOException cause) {
    return new IdentityException(
        "certificates cannot be written to %s (%s): give a directory that this user may write to"
            .formatted(directory, IdentityException.reason(cause)),
        cause);
  }
}
