package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Notices that the database file was removed or replaced. The operating system lets a process write
 * on into a removed file, and all of that is lost when it ends.
 *
 * <p>Commit thread only, but for what says otherwise.
 */
final class FileIdentity {

  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final Path file;

  /** Null where the file system has no such key; there an open file cannot be removed. */
  private final Object key;

  private long checkedNanos = System.nanoTime();
  private boolean same = true;

  FileIdentity(Path file) throws IOException {
    this.file = file;
    key = keyOf(file);
  }

  private static Object keyOf(Path file) throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  /**
   * Looks about once a second, and each time while the file is not there.
   *
   * @throws StoreException when it is gone or another one
   */
  void check() {
    if (!same || System.nanoTime() - checkedNanos >= INTERVAL_NANOS) {
      checkNow();
    }
  }

  /**
   * Looks.
   *
   * @throws StoreException when it is gone or another one
   */
  void checkNow() {
    checkedNanos = System.nanoTime();
    same = isSame();
    if (!same) {
      throw new StoreException(loss());
    }
  }

  /** Says what happened to the file when it is gone or another one. */
  String loss() {
    return "%s was removed or replaced while the server runs: put it back, or restart the server to begin with what is there"
        .formatted(file);
  }

  /** Whether the file is there, and the one that was opened. Any thread. */
  boolean isSame() {
    try {
      return Objects.equals(key, keyOf(file));
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      // Not a sign of another file; a commit says what is wrong.
      return true;
    }
  }
}
