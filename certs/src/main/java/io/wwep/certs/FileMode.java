package io.wwep.certs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Who may do what with a file, said as it is made, so that there is no time at which others could
 * open it.
 *
 * <p>Where the file system has no POSIX permissions, as on Windows, files have those that their
 * directory passes on.
 */
public enum FileMode {
  /** A file that its owner alone may read. */
  PRIVATE("rw-------"),
  /** A directory that its owner alone may look into. */
  PRIVATE_DIRECTORY("rwx------"),
  /** A file that everybody may read. */
  PUBLIC("rw-r--r--");

  private final String permissions;

  FileMode(String permissions) {
    this.permissions = permissions;
  }

  private Set<PosixFilePermission> permissions() {
    return PosixFilePermissions.fromString(permissions);
  }

  /** Whether files have permissions where this one is or would be. */
  public static boolean isKnownAt(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Returns what a file or directory is to be made with at this place. */
  public FileAttribute<?>[] at(Path path) {
    return isKnownAt(path)
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions())}
        : new FileAttribute<?>[0];
  }

  /**
   * Gives it to what is there already.
   *
   * @throws IOException when there is no such file, or it is somebody else's
   */
  public void giveTo(Path path) throws IOException {
    if (isKnownAt(path)) {
      Files.setPosixFilePermissions(path, permissions());
    }
  }
}
