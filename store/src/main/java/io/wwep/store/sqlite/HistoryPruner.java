package io.wwep.store.sqlite;

import io.wwep.store.HistoryLimit;
import java.sql.SQLException;

/**
 * Removes history beyond its limit, oldest first, in steps between commits. Only rows that are
 * folded are removed, so the current value of a register outlives its row. Freed pages are used for
 * later rows; the file does not shrink.
 *
 * <p>Commit thread only, but for {@link #prunedThrough}.
 */
final class HistoryPruner {

  /** How often it is looked whether there is something to remove. */
  private static final long INTERVAL_NANOS = 1_000_000_000;

  private final Session session;
  private final Fold fold;
  private final HistoryLimit limit;
  private final StepSize stepSize = new StepSize();
  private volatile long firstId;
  private long dueNanos = System.nanoTime();

  /**
   * @param firstId number of the oldest row; 0 when there is none
   */
  HistoryPruner(Session session, Fold fold, HistoryLimit limit, long firstId) {
    this.session = session;
    this.fold = fold;
    this.limit = limit;
    this.firstId = firstId == 0 ? session.lastSequence() + 1 : firstId;
  }

  /** Returns the number of the last write that was removed; 0 when none was. Any thread. */
  long prunedThrough() {
    return firstId - 1;
  }

  /** Returns after how many nanoseconds a step is due; 0 for now. */
  long nanosUntilDue(long nowNanos) {
    if (limit.ageMillisMax() == Long.MAX_VALUE && limit.rowsMax() == Long.MAX_VALUE) {
      return Long.MAX_VALUE;
    }
    return firstId > fold.foldedThrough() ? Long.MAX_VALUE : Math.max(0, dueNanos - nowNanos);
  }

  /**
   * Removes some rows.
   *
   * @param rowsCommitted how many rows the last commit appended; as many may be removed, so that
   *     the history does not outgrow its limit
   */
  void step(int rowsCommitted) throws SQLException {
    long start = System.nanoTime();
    int rows = Math.max(stepSize.rows(), rowsCommitted);
    long stepEnd = Math.min(firstId + rows - 1, fold.foldedThrough());
    long through = lastToRemove(stepEnd);
    if (through >= firstId) {
      session.commitLate(
          database -> {
            database.history().removeThrough(through);
            // A commit before this one may have come true though it was reported as failed.
            long pruned = database.meta().get(MetaTable.PRUNED_THROUGH);
            database.meta().put(MetaTable.PRUNED_THROUGH, Math.max(through, pruned));
            database.runs().removeBefore(RunBlock.runOf(through + 1));
          });
      firstId = through + 1;
    }
    long end = System.nanoTime();
    if (rows == stepSize.rows() && through == stepEnd) {
      stepSize.took(end - start);
    }
    dueNanos = through == stepEnd ? end : end + INTERVAL_NANOS;
  }

  private long lastToRemove(long stepEnd) throws SQLException {
    long byRows = session.lastSequence() - Math.min(limit.rowsMax(), session.lastSequence());
    if (byRows >= stepEnd || limit.ageMillisMax() == Long.MAX_VALUE) {
      return Math.min(byRows, stepEnd);
    }
    long now = System.currentTimeMillis();
    long from = firstId;
    long byAge =
        session.query(
                database -> database.history().firstFresh(from, stepEnd, now, limit.ageMillisMax()))
            - 1;
    return Math.max(Math.min(byRows, stepEnd), byAge);
  }
}
