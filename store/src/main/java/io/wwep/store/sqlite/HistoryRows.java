package io.wwep.store.sqlite;

import java.sql.SQLException;
import java.util.Arrays;

/**
 * Writes whose numbers follow each other, taken out of their chunks: at most as many as a run has.
 * One thread at a time.
 */
final class HistoryRows {

  private static final int CAPACITY_MIN = 256;

  private long first;
  private int count;
  private long[] rows = new long[CAPACITY_MIN];
  private long[] times = new long[CAPACITY_MIN];

  /** Forgets all, to begin with this number. */
  void clear(long firstNumber) {
    first = firstNumber;
    count = 0;
  }

  /** Returns the number of the first write. */
  long first() {
    return first;
  }

  /** Returns the number behind that of the last write. */
  long end() {
    return first + count;
  }

  /** Returns a write that is there, see {@link HistoryRow}. */
  long row(long number) {
    return rows[(int) (number - first)];
  }

  /** Returns when a write that is there was committed, milliseconds since 1970. */
  long timeMillis(long number) {
    return times[(int) (number - first)];
  }

  /** Adds the writes that follow, up to this one. */
  void readThrough(long last, ChunkCursor chunks) throws SQLException {
    while (end() <= last) {
      HistoryChunk chunk = chunks.at(end());
      int added = (int) (Math.min(chunk.lastId(), last) - end()) + 1;
      if (count + added > rows.length) {
        int capacity = Math.max(count + added, Math.min(2 * rows.length, RunBlock.RUN_WRITES));
        rows = Arrays.copyOf(rows, capacity);
        times = Arrays.copyOf(times, capacity);
      }
      chunk.rows().get((int) (end() - chunk.id()), rows, count, added);
      Arrays.fill(times, count, count + added, chunk.timeMillis());
      count += added;
    }
  }
}
