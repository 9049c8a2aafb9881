package io.wwep.store.sqlite;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The table {@code history_chunks}: every write in commit order, the writes of one commit together
 * in chunks. A row for each write would cost several times as much to append. Chunks are only
 * appended at the end and removed at the start, and the numbers of their writes have no holes.
 *
 * <pre>
 *   id: number of the first write    time_ms    writes: 8 bytes for each, see {@link HistoryRow}
 *   crc: of all three
 * </pre>
 */
final class HistoryTable {

  /** As many as fit into one page of 4 KiB, where SQLite reads them without copying. */
  static final int CHUNK_WRITES_MAX = 500;

  private static final String SELECT = "SELECT " + HistoryChunk.COLUMNS + " FROM history_chunks ";

  private final Connection connection;
  private final PreparedStatement insert;
  private final PreparedStatement firstFresh;
  private final PreparedStatement before;
  private final PreparedStatement after;
  private final PreparedStatement remove;

  HistoryTable(Connection connection) throws SQLException {
    this.connection = connection;
    insert =
        connection.prepareStatement(
            "INSERT INTO history_chunks(id, time_ms, writes, crc) VALUES(?, ?, ?, ?)");
    firstFresh =
        connection.prepareStatement(
            "SELECT id FROM history_chunks WHERE id BETWEEN ? AND ? AND abs(? - time_ms) <= ?"
                + " ORDER BY id LIMIT 1");
    before = connection.prepareStatement(SELECT + "WHERE id <= ? ORDER BY id DESC LIMIT 1");
    after = connection.prepareStatement(SELECT + "WHERE id > ? ORDER BY id");
    remove = connection.prepareStatement("DELETE FROM history_chunks WHERE id <= ?");
  }

  /** Appends the first {@code count} rows, packed by {@link HistoryRow}, numbered from firstId. */
  void append(long firstId, long timeMillis, long[] rows, int count) throws SQLException {
    for (int from = 0; from < count; from += CHUNK_WRITES_MAX) {
      int length = Math.min(CHUNK_WRITES_MAX, count - from);
      byte[] writes = new byte[length * Long.BYTES];
      ByteBuffer.wrap(writes).asLongBuffer().put(rows, from, length);
      append(firstId + from, timeMillis, writes);
    }
  }

  /** Appends rows as they are in the file. */
  void append(long id, long timeMillis, byte[] writes) throws SQLException {
    insert.setLong(1, id);
    insert.setLong(2, timeMillis);
    insert.setBytes(3, writes);
    insert.setInt(4, Checksum.of(id, timeMillis, writes));
    insert.executeUpdate();
  }

  /** Returns the number of the oldest row; 0 when there is none. */
  long firstId() throws SQLException {
    return Connections.number(connection, "SELECT min(id) FROM history_chunks");
  }

  /** Returns the number of the newest row; 0 when there is none. */
  long lastId() throws SQLException {
    HistoryChunk last = chunkOf(Long.MAX_VALUE);
    return last == null ? 0 : last.lastId();
  }

  /** Returns the last chunk that begins with this number or before it; null when there is none. */
  HistoryChunk chunkOf(long number) throws SQLException {
    before.setLong(1, number);
    try (ResultSet found = before.executeQuery()) {
      return found.next() ? HistoryChunk.from(found) : null;
    }
  }

  /**
   * Makes sure that the history begins behind what was removed, and reaches as far as it is folded.
   * Where it ends beyond that it does not tell; {@link SyncMark} does.
   *
   * @throws SQLException when some of it is missing
   */
  void requireEnds(long prunedThrough, long foldedThrough) throws SQLException {
    long first = firstId();
    long last = lastId();
    boolean whole = first == 0 ? prunedThrough == foldedThrough : first == prunedThrough + 1;
    if (!whole) {
      throw Damage.of("the history lacks write %d".formatted(prunedThrough + 1));
    }
    if (first != 0 && last < foldedThrough) {
      throw Damage.of("the history lacks writes %d to %d".formatted(last + 1, foldedThrough));
    }
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
    HistoryChunk chunk = chunkOf(id);
    if (chunk != null && chunk.lastId() > id) {
      byte[] rest = new byte[(int) (chunk.lastId() - id) * Long.BYTES];
      ByteBuffer.wrap(rest)
          .asLongBuffer()
          .put(chunk.rows().slice((int) (id + 1 - chunk.id()), rest.length / Long.BYTES));
      append(id + 1, chunk.timeMillis(), rest);
    }
    remove.setLong(1, id);
    remove.executeUpdate();
  }

  /** Receives chunks in the order of their numbers. */
  interface Visitor {
    void chunk(HistoryChunk chunk) throws SQLException;
  }

  /**
   * Visits the chunks after this number, behind which one begins.
   *
   * @throws SQLException also when one is missing or not what was written
   */
  void visitAfter(long id, Visitor visitor) throws SQLException {
    long next = id + 1;
    after.setLong(1, id);
    try (ResultSet found = after.executeQuery()) {
      while (found.next()) {
        HistoryChunk chunk = HistoryChunk.from(found);
        if (chunk.id() != next) {
          throw Damage.of("the history lacks writes %d to %d".formatted(next, chunk.id() - 1));
        }
        next = chunk.lastId() + 1;
        visitor.chunk(chunk);
      }
    }
  }
}
