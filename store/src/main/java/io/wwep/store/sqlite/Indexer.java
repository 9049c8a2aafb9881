package io.wwep.store.sqlite;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings the index of the history up to it, a run at a time: as soon as all writes of a run are
 * committed, {@link RunBuilder} makes its blocks, and they are inserted here, a few after each
 * commit. The last of them comes in one transaction with the mark that says that the run is there.
 *
 * <p>Only writes that memory has too are indexed, so none that {@link Session#repair} might remove.
 * Every step may be repeated or lost: what is there of a run without its mark is removed before the
 * run is inserted.
 *
 * <p>Commit thread only.
 */
final class Indexer implements AutoCloseable {

  /** At most 64 KB, which take a fraction of a millisecond. */
  private static final int STEP_BLOCKS = 16;

  private static final long RETRY_NANOS = 1_000_000_000;

  private final Session session;
  private final RunBuilder builder;
  private final RunGathering gathering = new RunGathering();

  /** The run that comes next, and what is there of it: being made, or ready, or neither. */
  private long run;

  private CompletableFuture<List<RunBlock>> building;
  private List<RunBlock> blocks;
  private int inserted;
  private long pausedUntilNanos = System.nanoTime();

  /**
   * @param indexedThrough number of the last write that the index has
   * @param firstId number of the oldest write of the history; 0 when there is none
   */
  Indexer(Session session, RunBuilder builder, long indexedThrough, long firstId) {
    this.session = session;
    this.builder = builder;
    run = RunBlock.runOf(Math.max(indexedThrough + 1, firstId));
  }

  /** Notes what a commit wrote: the first {@code count} rows, packed by {@link HistoryRow}. */
  void noteCommit(long[] rows, int count) {
    gathering.note(session.lastSequence() - count + 1, rows, count);
  }

  /** Returns after how many nanoseconds a step is due; 0 for now. */
  long nanosUntilDue(long nowNanos) {
    boolean due =
        building == null
            ? blocks != null || lastNumber() <= session.lastSequence()
            : building.isDone();
    return due ? Math.max(0, pausedUntilNanos - nowNanos) : Long.MAX_VALUE;
  }

  /** Returns the number of the last write of the run that comes next. */
  private long lastNumber() {
    return RunBlock.firstNumber(run + 1) - 1;
  }

  /** Whether there is nothing to do until the builder is done. */
  boolean isBuilding() {
    return building != null && !building.isDone();
  }

  /** Does one of these: has a run made, takes it when it is made, inserts some of it. */
  void step() throws SQLException {
    if (blocks != null) {
      insert();
    } else if (building != null) {
      take();
    } else {
      build();
    }
  }

  private void build() {
    Thread commitThread = Thread.currentThread();
    building = builder.build(run, gathering.lend(run), () -> LockSupport.unpark(commitThread));
  }

  private void take() {
    if (building.isCompletedExceptionally()) {
      // Tried again; until then, lookups read more of the history itself.
      pausedUntilNanos = System.nanoTime() + RETRY_NANOS;
    } else {
      blocks = building.join();
      inserted = 0;
    }
    building = null;
    gathering.giveBack();
  }

  private void insert() throws SQLException {
    int end = Math.min(blocks.size(), inserted + STEP_BLOCKS);
    session.commitLate(database -> insert(database.runs(), end));
    inserted = end;
    if (inserted == blocks.size()) {
      blocks = null;
      run++;
    }
  }

  private void insert(HistoryRuns runs, int end) throws SQLException {
    if (inserted == 0) {
      runs.removeFrom(run);
    }
    runs.insert(blocks.subList(inserted, end));
    if (end == blocks.size()) {
      runs.setIndexedThrough(lastNumber());
    }
  }

  /** Breaks off what is being made; the next start makes it again. */
  @Override
  public void close() {
    builder.close();
  }
}
