package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Notices that the database file was removed or replaced, or one of those beside it without which
 * it is not safe. The operating system lets a process write on into a removed file, and all of that
 * is lost when it ends; and a lock on a removed file keeps nobody out.
 *
 * <p>Commit thread only, but for what says otherwise.
 */
final class FileIdentity {

  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final Known database;
  private final Known lock;

  /** Whoever has the database open keeps it there. */
  private final Known log;

  private long checkedNanos = System.nanoTime();
  private boolean same = true;

  /** A file, and what tells it from others of its name. */
  private static final class Known {

    private final Path path;

    /** Null where the file system has no such key; there an open file cannot be removed. */
    private final Object key;

    Known(Path path) throws IOException {
      this.path = path;
      key = keyOf(path);
    }

    private static Object keyOf(Path path) throws IOException {
      return Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    }

    boolean isSame() {
      try {
        return Objects.equals(key, keyOf(path));
      } catch (NoSuchFileException e) {
        return false;
      } catch (IOException e) {
        // Not a sign of another file; a commit says what is wrong.
        return true;
      }
    }
  }

  /**
   * @param file the database, which is locked and open, so that its log is there
   */
  FileIdentity(Path file) throws IOException {
    database = new Known(file);
    lock = new Known(StoreLock.fileOf(file));
    log = new Known(LogFile.of(file));
  }

  /**
   * Looks about once a second, and each time while something is wrong.
   *
   * @throws StoreException when a file is gone or another one
   */
  void check() {
    if (!same || System.nanoTime() - checkedNanos >= INTERVAL_NANOS) {
      checkNow();
    }
  }

  /**
   * Looks.
   *
   * @throws StoreException when a file is gone or another one
   */
  void checkNow() {
    checkedNanos = System.nanoTime();
    same = false;
    if (!database.isSame()) {
      throw new StoreException(loss());
    }
    String beside = lossBeside();
    if (beside != null) {
      throw new StoreException(beside);
    }
    same = true;
  }

  /** Says what happened to the database when it is gone or another one. */
  String loss() {
    return "%s was removed or replaced while the server runs: put it back, or restart the server to begin with what is there"
        .formatted(database.path);
  }

  /** Whether the database is there, and the one that was opened. Any thread. */
  boolean isSame() {
    return database.isSame();
  }

  /** Says which file beside the database is gone or another one; null when none is. Any thread. */
  String lossBeside() {
    for (Known beside : new Known[] {lock, log}) {
      if (!beside.isSame()) {
        return "%s was removed or replaced while the server runs: stop the server, which saves what it has, and start it again"
            .formatted(beside.path);
      }
    }
    return null;
  }

  /** Whether the next start finds the log. */
  boolean isLogSame() {
    return log.isSame();
  }
}
