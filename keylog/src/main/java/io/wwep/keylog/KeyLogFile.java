package io.wwep.keylog;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.Objects;
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
      return isThere(file) ? ofBefore(file) : made(file);
    } catch (FileAlreadyExistsException madeMeanwhile) {
      return open(file);
    } catch (IOException e) {
      throw new KeyLogException(
          "the key log %s cannot be written (%s): give a file in a directory that is there and may be written to"
              .formatted(file, reason(e)),
          e);
    }
  }

  private static boolean isThere(Path file) {
    return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
  }

  /** A file of this process from its first moment. */
  private static FileChannel made(Path file) throws IOException {
    return FileChannel.open(
        file,
        Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
        mode(file));
  }

  /** What is opened is what was looked at: nobody may put another file in its place meanwhile. */
  private static FileChannel ofBefore(Path file) throws IOException {
    Object seen = requirePrivate(file);
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.APPEND, LinkOption.NOFOLLOW_LINKS));
    try {
      if (!Objects.equals(seen, requirePrivate(file))) {
        throw new IOException("another file took its place");
      }
      return channel;
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /** A pipe that nobody reads would hold everything up, and a device keeps no keys. */
  private static void requireFile(Path file) {
    if (Files.isSymbolicLink(file)) {
      throw new KeyLogException(
          "the key log %s is a symbolic link, and who may change it would say where the keys go: give the name of the file itself"
              .formatted(file));
    }
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      throw new KeyLogException(
          "the key log %s is %s: give the name of a file"
              .formatted(file, Files.isDirectory(file) ? "a directory" : "no regular file"));
    }
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

  /** Returns what tells the file from every other; null where nothing does. */
  private static Object requirePrivate(Path file) throws IOException {
    if (!hasPermissions(file)) {
      return null;
    }
    PosixFileAttributes given =
        Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    if (given.permissions().stream().anyMatch(OF_OTHERS::contains)) {
      throw new KeyLogException(
          "the key log %s is open to others (%s), who could read all TLS traffic with it: 'chmod 600 %s', or give another file"
              .formatted(file, PosixFilePermissions.toString(given.permissions()), file));
    }
    if (!given.owner().equals(self())) {
      throw new KeyLogException(
          "the key log %s belongs to %s, who could read all TLS traffic with it: give a file of your own"
              .formatted(file, given.owner().getName()));
    }
    return given.fileKey();
  }

  /** Returns as whom this process makes files: Java says it in no other way. */
  private static UserPrincipal self() throws IOException {
    Path own = Files.createTempFile("wwep-", null);
    try {
      return Files.getOwner(own);
    } finally {
      Files.delete(own);
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
