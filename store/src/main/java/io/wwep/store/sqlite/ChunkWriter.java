package io.wwep.store.sqlite;

import java.sql.SQLException;

/**
 * Appends writes to the history that come one after the other; those of one time share chunks, as
 * if one commit had made them.
 */
final class ChunkWriter {

  private final HistoryTable history;
  private final long startsChunk;
  private final long[] rows = new long[HistoryTable.CHUNK_WRITES_MAX];
  private int count;
  private long firstId;
  private long timeMillis;

  /**
   * @param startsChunk number of a write with which a chunk begins in any case
   */
  ChunkWriter(HistoryTable history, long startsChunk) {
    this.history = history;
    this.startsChunk = startsChunk;
  }

  /**
   * Appends a write.
   *
   * @param id its number: one more than that of the write before
   * @param row packed by {@link HistoryRow}
   */
  void add(long id, long time, long row) throws SQLException {
    if (count == rows.length || time != timeMillis || id == startsChunk) {
      flush();
    }
    if (count == 0) {
      firstId = id;
      timeMillis = time;
    }
    rows[count++] = row;
  }

  /** Appends what has come since the last chunk. */
  void flush() throws SQLException {
    history.append(firstId, timeMillis, rows, count);
    count = 0;
  }
}
