package io.wwep.store;

import io.wwep.store.Histogram.Snapshot;

/**
 * What a store has done since it was opened, and how large it is; see {@link Store#figures}.
 * Immutable.
 *
 * @param commitTimes how long each commit took that succeeded, the wait for the disk included where
 *     there is one (not with {@link Fsync#EVERYSEC}, whose waits are between commits)
 * @param commitWrites how many writes each of them had
 * @param failedCommits how many have failed; none of their writes was stored
 * @param waitingBatches batches with writes that wait behind the commit under way
 * @param fileBytes size of the database file; 0 when there is none
 * @param logBytes size of its log, which keeps its size when it starts over; 0 when there is none
 * @param lastWrite number of the last durable write, also of those before the start; 0 where writes
 *     have no numbers, or there is none
 * @param prunedThrough number of the last write that was removed from the history; 0 when none was
 */
public record StoreFigures(
    Snapshot commitTimes,
    Snapshot commitWrites,
    long failedCommits,
    int waitingBatches,
    long fileBytes,
    long logBytes,
    long lastWrite,
    long prunedThrough) {

  /** Of a store that has no commits and no files. */
  public static final StoreFigures NONE =
      new StoreFigures(Snapshot.EMPTY, Snapshot.EMPTY, 0, 0, 0, 0, 0, 0);

  /** Returns how many commits have succeeded. */
  public long commits() {
    return commitTimes.count();
  }

  /** Returns how many writes they had. */
  public long committedWrites() {
    return (long) commitWrites.sum();
  }

  /** Returns how many writes the history has. */
  public long historyWrites() {
    return lastWrite - prunedThrough;
  }
}
