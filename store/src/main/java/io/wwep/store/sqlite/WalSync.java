package io.wwep.store.sqlite;

import io.wwep.store.Fsync;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Brings SQLite's log to the disk once a second, for {@link Fsync#EVERYSEC}. A checkpoint would do
 * so too, but not while somebody reads an old state of the database.
 *
 * <p>Commit thread only.
 */
final class WalSync {

  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final Path log;
  private final boolean enabled;

  /** When the oldest commit that is not on disk was made. */
  private long firstUnsyncedNanos;

  private boolean unsynced;

  WalSync(Path database, Fsync fsync) {
    // SQLite holds no locks on this file, so opening and closing it releases none.
    log = Path.of(database + "-wal");
    enabled = fsync == Fsync.EVERYSEC;
  }

  /** Notes a commit. */
  void noteCommit(long nowNanos) {
    if (enabled && !unsynced) {
      unsynced = true;
      firstUnsyncedNanos = nowNanos;
    }
  }

  /** Returns after how many nanoseconds a call of {@link #sync} is due; 0 for now. */
  long nanosUntilDue(long nowNanos) {
    return unsynced
        ? Math.max(0, INTERVAL_NANOS - (nowNanos - firstUnsyncedNanos))
        : Long.MAX_VALUE;
  }

  /** Waits until what was committed is on disk. */
  void sync() throws IOException {
    if (!unsynced) {
      return;
    }
    try (FileChannel channel = FileChannel.open(log, StandardOpenOption.WRITE)) {
      channel.force(false);
    } catch (NoSuchFileException e) {
      // A checkpoint has brought all to the database file and removed the log.
    }
    unsynced = false;
  }
}
