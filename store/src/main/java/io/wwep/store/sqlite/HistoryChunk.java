package io.wwep.store.sqlite;

import io.wwep.store.Origin;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A row of {@code history_chunks}: some writes of one commit.
 *
 * @param id number of the first write
 * @param timeMillis when they were committed, milliseconds since 1970
 * @param rows one or more, see {@link HistoryRow}
 */
record HistoryChunk(long id, long timeMillis, LongBuffer rows) {

  /** What {@link #from} needs of a query, in this order. */
  static final String COLUMNS = "id, time_ms, writes, crc";

  /**
   * Takes a chunk from the current row.
   *
   * @throws SQLException also when it is not what was written
   */
  static HistoryChunk from(ResultSet found) throws SQLException {
    return verified(found.getLong(1), found.getLong(2), found.getBytes(3), found.getInt(4));
  }

  /**
   * Accepts a chunk as it was read.
   *
   * @throws SQLException when it is not what was written
   */
  static HistoryChunk verified(long id, long timeMillis, byte[] writes, int crc)
      throws SQLException {
    boolean whole =
        writes != null
            && writes.length > 0
            && writes.length % Long.BYTES == 0
            && crc == Checksum.of(id, timeMillis, writes);
    if (!whole) {
      throw Damage.of("the history from write %d on is not what was written".formatted(id));
    }
    return new HistoryChunk(id, timeMillis, ByteBuffer.wrap(writes).asLongBuffer());
  }

  /** Returns the number of the last write. */
  long lastId() {
    return id + rows.limit() - 1;
  }

  boolean has(long number) {
    return number >= id && number <= lastId();
  }

  /** Returns a write that it has. */
  long row(long number) {
    return rows.get((int) (number - id));
  }

  /** Returns a write that it has, by this peer. */
  HistoryEntry entry(long number, Origin origin) {
    long row = row(number);
    return new HistoryEntry(
        number, timeMillis, HistoryRow.address(row), HistoryRow.value(row), origin);
  }
}
