package io.wwep.store.sqlite;

import io.wwep.store.RegisterTable;
import java.sql.SQLException;

/**
 * Brings register_base up to the history, in steps between commits.
 *
 * <p>A commit only appends to the history, which is why it is fast; the current registers are
 * register_base with the history behind {@code folded_through} laid over it. A round of folding
 * takes the registers written since the last round, in the order of the table so that each page is
 * touched once, and stores them as they are in memory. Only when all are stored does {@code
 * folded_through} move to where the history ended as the round began.
 *
 * <p>In the middle of a round, or after a crash there, some rows of the base are newer than {@code
 * folded_through} says. That does no harm: the writes that made them newer are still laid over
 * them. Every step may be repeated or lost for the same reason.
 *
 * <p>Commit thread only.
 */
final class Fold {

  /** Rows that are worth a round. */
  static final int ROUND_ROWS = 262_144;

  /**
   * Unfolded rows from which on folding keeps pace with the commits whatever it costs: they bound
   * what a start has to read and what the view of the registers has to sort.
   */
  static final int BACKLOG_ROWS_MAX = 1_048_576;

  /** Without a commit for so long, the rest is folded too. */
  private static final long IDLE_NANOS = 200_000_000;

  private final Session session;
  private final RegisterTable table;
  private final StepSize stepSize = new StepSize();

  /** Written since the current round began. */
  private WrittenTimes gathering = new WrittenTimes();

  /** What the current round stores; {@code addresses} is null between rounds. */
  private WrittenTimes pouring = new WrittenTimes();

  private int[] addresses;

  private final BaseRow.Source stored =
      new BaseRow.Source() {
        @Override
        public int value(int address) {
          return table.get(address);
        }

        @Override
        public long timeMillis(int address) {
          return pouring.timeOf(address);
        }
      };

  private int poured;
  private long roundThrough;
  private long foldedThrough;
  private long lastCommitNanos = System.nanoTime();

  Fold(Session session, RegisterTable table, long foldedThrough) {
    this.session = session;
    this.table = table;
    this.foldedThrough = foldedThrough;
  }

  /**
   * Makes room for the notes of so many writes. Called before they are committed: a note that found
   * no memory afterwards would be a register that is never folded.
   */
  void reserve(int writes) {
    gathering.reserve(writes);
  }

  /** Notes a write that is in the history and in memory, but not in the base. */
  void noteWritten(int address, long timeMillis) {
    gathering.put(address, timeMillis);
  }

  /** Notes when a commit ended. */
  void noteCommit(long nowNanos) {
    lastCommitNanos = nowNanos;
  }

  /** Returns the number of the last row of the history that the base has. */
  long foldedThrough() {
    return foldedThrough;
  }

  long backlogRows() {
    return session.lastSequence() - foldedThrough;
  }

  /** Returns after how many nanoseconds a step is due; 0 for now. */
  long nanosUntilDue(long nowNanos) {
    if (backlogRows() == 0) {
      return Long.MAX_VALUE;
    }
    if (addresses != null || backlogRows() >= ROUND_ROWS) {
      return 0;
    }
    return Math.max(0, IDLE_NANOS - (nowNanos - lastCommitNanos));
  }

  /**
   * Stores some registers.
   *
   * @param rowsCommitted how many rows the last commit appended
   */
  void step(int rowsCommitted) throws SQLException {
    if (addresses == null) {
      beginRound();
    }
    int rows = stepSize.rows();
    if (backlogRows() > BACKLOG_ROWS_MAX) {
      rows = Math.max(rows, 2 * rowsCommitted);
    }
    int end = (int) Math.min(addresses.length, (long) poured + rows);
    long start = System.nanoTime();
    session.commitLate(database -> store(database, end));
    if (end - poured == stepSize.rows()) {
      stepSize.took(System.nanoTime() - start);
    }
    poured = end;
    if (poured == addresses.length) {
      endRound();
    }
  }

  private void beginRound() {
    WrittenTimes empty = pouring;
    pouring = gathering;
    gathering = empty;
    addresses = pouring.sorted();
    poured = 0;
    roundThrough = session.lastSequence();
  }

  private void store(Database database, int end) throws SQLException {
    database.base().store(addresses, poured, end, stored);
    if (end == addresses.length) {
      database.base().setFoldedThrough(roundThrough);
    }
  }

  private void endRound() {
    foldedThrough = roundThrough;
    addresses = null;
    pouring.clear();
  }
}
