package io.wwep.keylog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Opens the file of a key log, which nobody but its owner may read.
 *
 * <p>It is private from its first moment: the permission is given at creation. Where the file
 * system has no POSIX permissions, as on Windows, it has those that its directory passes on.
 */
final class KeyLogFile {

  private static final String MODE = "rw-------";

  private static final Set<PosixFilePermission> OF_OTHERS =
      EnumSet.of(
          PosixFilePermission.GROUP_READ,
          PosixFilePermission.GROUP_WRITE,
          PosixFilePermission.OTHERS_READ,
          PosixFilePermission.OTHERS_WRITE);

  private KeyLogFile() {}

  /**
   * Opens it for appending, and makes it where it is missing.
   *
   * @throws KeyLogException when it cannot be written to, or others may read it
   */
  static FileChannel open(Path file) {
    requireFile(file);
    try {
      FileChannel channel = FileChannel.open(file, how(), mode(file));
      try {
        requirePrivate(file);
        return channel;
      } catch (IOException | RuntimeException e) {
        channel.close();
        throw e;
      }
    } catch (IOException e) {
      throw new KeyLogException(
          "the key log %s cannot be written (%s): give a file in a directory that is there and may be written to"
              .formatted(file, reason(e)),
          e);
    }
  }

  /** A pipe that nobody reads would hold everything up, and a device keeps no keys. */
  private static void requireFile(Path file) {
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new KeyLogException(
          "the key log %s is %s: give the name of a file"
              .formatted(file, Files.isDirectory(file) ? "a directory" : "no regular file"));
    }
  }

  private static Set<StandardOpenOption> how() {
    return EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static FileAttribute<?>[] mode(Path file) {
    return hasPermissions(file)
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(MODE))
        }
        : new FileAttribute<?>[0];
  }

  private static boolean hasPermissions(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  private static void requirePrivate(Path file) throws IOException {
    if (!hasPermissions(file)) {
      return;
    }
    Set<PosixFilePermission> given = Files.getPosixFilePermissions(file);
    if (given.stream().anyMatch(OF_OTHERS::contains)) {
      throw new KeyLogException(
          "the key log %s is open to others (%s), who could read all TLS traffic with it: 'chmod 600 %s', or give another file"
              .formatted(file, PosixFilePermissions.toString(given), file));
    }
  }

  /** Returns the operating system's words, without the file's name. */
  static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "no such directory";
    }
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    String words = e instanceof FileSystemException failed ? failed.getReason() : e.getMessage();
    return words == null ? e.getClass().getSimpleName() : words;
  }
}
