package io.wwep.store.sqlite;

import java.sql.SQLException;

/**
 * What the commit thread does between commits and when nothing comes: folding, removing old
 * history, indexing it, bringing the log to the disk, having it copied to the file, and trying
 * whether commits work again. Each call is short. What fails is tried again a second later; nothing
 * is lost by waiting.
 *
 * <p>Commit thread only.
 */
final class Housekeeping {

  private static final long RETRY_NANOS = 1_000_000_000;

  private final Session session;
  private final Fold fold;
  private final HistoryPruner pruner;
  private final Indexer indexer;
  private final WalSync walSync;
  private final Checkpointer checkpointer;
  private long pausedUntilNanos = System.nanoTime();

  Housekeeping(
      Session session,
      Fold fold,
      HistoryPruner pruner,
      Indexer indexer,
      WalSync walSync,
      Checkpointer checkpointer) {
    this.session = session;
    this.fold = fold;
    this.pruner = pruner;
    this.indexer = indexer;
    this.walSync = walSync;
    this.checkpointer = checkpointer;
  }

  /** Makes room for {@link #noteCommit}, before the commit. */
  void reserve(int writes) {
    fold.reserve(writes);
  }

  /** Notes what a commit wrote: the first {@code count} rows, packed by {@link HistoryRow}. */
  void noteCommit(long[] rows, int count, long timeMillis) {
    for (int i = 0; i < count; i++) {
      fold.noteWritten(HistoryRow.address(rows[i]), timeMillis);
    }
    long now = System.nanoTime();
    fold.noteCommit(now);
    indexer.noteCommit(rows, count);
    walSync.noteCommit(now);
  }

  /** Returns for how many nanoseconds there is nothing to do; 0 when there is something now. */
  long nanosUntilDue() {
    long now = System.nanoTime();
    long due = session.isSound() ? Long.MAX_VALUE : 0;
    due = Math.min(due, session.notes().nanosUntilProbe(now));
    due = Math.min(due, fold.nanosUntilDue(now));
    due = Math.min(due, pruner.nanosUntilDue(now));
    due = Math.min(due, indexer.nanosUntilDue(now));
    due = Math.min(due, walSync.nanosUntilDue(now));
    return Math.max(due, pausedUntilNanos - now);
  }

  /**
   * Does a little of each thing that is due.
   *
   * @param rowsCommitted how many rows the last commit appended; 0 when there was none
   */
  void step(int rowsCommitted) {
    if (System.nanoTime() - pausedUntilNanos < 0) {
      return;
    }
    try {
      doWhatIsDue(rowsCommitted);
      session.notes().keptHouse(null);
    } catch (SQLException | RuntimeException e) {
      session.notes().keptHouse(e);
      pause();
    }
  }

  private void doWhatIsDue(int rowsCommitted) throws SQLException {
    long now = System.nanoTime();
    session.repair();
    // First, so that the log has its bound whatever fails of the rest.
    checkpointer.step(session);
    if (session.notes().nanosUntilProbe(now) == 0) {
      session.probe();
    }
    if (walSync.nanosUntilDue(now) == 0) {
      walSync.sync();
    }
    if (fold.nanosUntilDue(now) == 0) {
      fold.step(rowsCommitted);
    }
    if (pruner.nanosUntilDue(now) == 0) {
      pruner.step(rowsCommitted);
    }
    if (indexer.nanosUntilDue(now) == 0) {
      indexer.step();
    }
  }

  private void pause() {
    pausedUntilNanos = System.nanoTime() + RETRY_NANOS;
  }

  /**
   * Ends the checkpoints, folds what is left, until {@code deadlineNanos} of {@link
   * System#nanoTime}, and syncs.
   */
  void finish(long deadlineNanos) {
    checkpointer.close();
    try {
      while (fold.backlogRows() > 0 && System.nanoTime() - deadlineNanos < 0) {
        fold.step(0);
      }
    } catch (SQLException | RuntimeException e) {
      // The next start folds the rest.
    }
    try {
      walSync.sync();
    } catch (SQLException | RuntimeException e) {
      // Closing brings the log to the disk in another way.
    }
  }

  /** Ends what runs beside the commit thread; returns whether all of it that writes has ended. */
  boolean close() {
    indexer.close();
    return checkpointer.close();
  }
}
