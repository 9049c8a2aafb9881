package io.wwep.store.sqlite;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The table {@code history_chunks}: every write in commit order, the writes of one commit together
 * in chunks. A row for each write would cost several times as much to append. Chunks are only
 * appended at the end and removed at the start, and the numbers of their writes have no holes.
 *
 * <pre>
 *   id: number of the first write    time_ms    writes: 8 bytes for each, see {@link HistoryRow}
 * </pre>
 */
final class HistoryTable {

  /** As many as fit into one page of 4 KiB, where SQLite reads them without copying. */
  static final int CHUNK_WRITES_MAX = 500;

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement firstFresh;
  private final PreparedStatement split;
  private final PreparedStatement remove;

  HistoryTable(Connection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepareStatement(
            "INSERT INTO history_chunks(id, time_ms, writes) VALUES(?, ?, ?)");
    firstFresh =
        connection.prepareStatement(
            "SELECT id FROM history_chunks WHERE id BETWEEN ? AND ? AND abs(? - time_ms) <= ?"
                + " ORDER BY id LIMIT 1");
    split =
        connection.prepareStatement(
            "INSERT INTO history_chunks(id, time_ms, writes)"
                + " SELECT ?1 + 1, time_ms, substr(writes, 8 * (?1 + 1 - id) + 1)"
                + " FROM (SELECT * FROM history_chunks WHERE id <= ?1 ORDER BY id DESC LIMIT 1)"
                + " WHERE id + length(writes) / 8 > ?1 + 1");
    remove = connection.prepareStatement("DELETE FROM history_chunks WHERE id <= ?");
  }

  /** Appends the first {@code count} rows, packed by {@link HistoryRow}, numbered from firstId. */
  void append(long firstId, long timeMillis, long[] rows, int count) throws SQLException {
    for (int from = 0; from < count; from += CHUNK_WRITES_MAX) {
      int length = Math.min(CHUNK_WRITES_MAX, count - from);
      byte[] writes = new byte[length * Long.BYTES];
      ByteBuffer.wrap(writes).asLongBuffer().put(rows, from, length);
      insert.setLong(1, firstId + from);
      insert.setLong(2, timeMillis);
      insert.setBytes(3, writes);
      insert.executeUpdate();
    }
  }

  /** Returns the number of the oldest row; 0 when there is none. */
  long firstId() throws SQLException {
    return Connections.number(connection, "SELECT min(id) FROM history_chunks");
  }

  /** Returns the number of the newest row; 0 when there is none. */
  long lastId() throws SQLException {
    return Connections.number(
        connection,
        "SELECT id + length(writes) / 8 - 1 FROM history_chunks ORDER BY id DESC LIMIT 1");
  }

  /**
   * Returns the number of the first row from {@code from}, where a chunk begins, to {@code through}
   * whose time is within {@code ageMillis} of now, or {@code through + 1}. A time further ahead
   * than that comes from a clock that was wrong, and protects nothing.
   */
  long firstFresh(long from, long through, long nowMillis, long ageMillis) throws SQLException {
    firstFresh.setLong(1, from);
    firstFresh.setLong(2, through);
    firstFresh.setLong(3, nowMillis);
    firstFresh.setLong(4, ageMillis);
    try (ResultSet result = firstFresh.executeQuery()) {
      return result.next() ? result.getLong(1) : through + 1;
    }
  }

  /** Removes the rows up to this number; what is behind it in its chunk becomes a chunk. */
  void removeThrough(long id) throws SQLException {
    split.setLong(1, id);
    split.executeUpdate();
    remove.setLong(1, id);
    remove.executeUpdate();
  }

  /** Receives rows in the order of their numbers, packed by {@link HistoryRow}. */
  interface Visitor {
    void row(long row, long timeMillis) throws SQLException;
  }

  /** Visits the rows after this number, behind which a chunk begins. */
  void visitAfter(long id, Visitor visitor) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT time_ms, writes FROM history_chunks WHERE id > " + id + " ORDER BY id")) {
      while (result.next()) {
        long timeMillis = result.getLong(1);
        LongBuffer writes = writesOf(result.getBytes(2));
        while (writes.hasRemaining()) {
          visitor.row(writes.get(), timeMillis);
        }
      }
    }
  }

  /** Returns the rows of a chunk. */
  static LongBuffer writesOf(byte[] chunk) throws SQLException {
    if (chunk == null || chunk.length % Long.BYTES != 0) {
      throw new SQLiteException("a chunk of the history is cut", SQLiteErrorCode.SQLITE_CORRUPT);
    }
    return ByteBuffer.wrap(chunk).asLongBuffer();
  }
}
