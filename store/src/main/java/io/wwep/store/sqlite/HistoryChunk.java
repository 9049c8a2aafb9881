package io.wwep.store.sqlite;

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
    long id = found.getLong(1);
    long timeMillis = found.getLong(2);
    byte[] writes = found.getBytes(3);
    boolean whole =
        writes != null
            && writes.length > 0
            && writes.length % Long.BYTES == 0
            && found.getInt(4) == Checksum.of(id, timeMillis, writes);
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
}
