package io.wwep.store.sqlite;

import io.wwep.store.Fsync;
import java.sql.SQLException;

/**
 * Brings SQLite's log to the disk once a second, for {@link Fsync#EVERYSEC}. A checkpoint would do
 * so too, but not while somebody reads an old state of the database.
 *
 * <p>Commit thread only.
 */
final class WalSync {

  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final Session session;
  private final boolean enabled;

  /** When the oldest commit that is not on disk was made. */
  private long firstUnsyncedNanos;

  private boolean unsynced;

  WalSync(Session session, Fsync fsync) {
    this.session = session;
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
  void sync() throws SQLException {
    if (unsynced) {
      session.syncLog();
      unsynced = false;
    }
  }
}
