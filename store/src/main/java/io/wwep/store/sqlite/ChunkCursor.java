package io.wwep.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A place in the table {@code history_chunks}. It goes on to a chunk that lies a little ahead, and
 * seeks any other, so that writes are cheap to get in ascending order, be they many or few.
 *
 * <p>For the time of one transaction; one thread at a time.
 */
final class ChunkCursor {

  private static final String FROM =
      "SELECT "
          + HistoryChunk.COLUMNS
          + " FROM history_chunks"
          + " WHERE id >= ifnull((SELECT max(id) FROM history_chunks WHERE id <= ?1), ?1)"
          + " ORDER BY id";

  /** A seek costs as much as going on over a few chunks. */
  private static final int STEPS_MAX = 4;

  private final PreparedStatement from;

  /** Null when there is nothing to go on with. */
  private ResultSet found;

  private HistoryChunk chunk;

  ChunkCursor(Connection connection) throws SQLException {
    from = connection.prepareStatement(FROM);
  }

  /**
   * Returns the chunk that has a write.
   *
   * @throws SQLException also when there is none, or it is not what was written
   */
  HistoryChunk at(long number) throws SQLException {
    if (chunk == null || !chunk.has(number)) {
      if (!isLittleAhead(number)) {
        seek(number);
      }
      while (chunk.lastId() < number) {
        step();
      }
      if (!chunk.has(number)) {
        throw lacking(number);
      }
    }
    return chunk;
  }

  private boolean isLittleAhead(long number) {
    return chunk != null
        && number > chunk.lastId()
        && number - chunk.lastId() <= (long) STEPS_MAX * chunk.rows().limit();
  }

  private void seek(long number) throws SQLException {
    close();
    from.setLong(1, number);
    found = from.executeQuery();
    if (!found.next()) {
      throw lacking(number);
    }
    chunk = HistoryChunk.from(found);
  }

  private void step() throws SQLException {
    long next = chunk.lastId() + 1;
    if (!found.next()) {
      throw lacking(next);
    }
    chunk = HistoryChunk.from(found);
    if (chunk.id() != next) {
      throw lacking(next);
    }
  }

  private static SQLException lacking(long number) {
    return Damage.of("the history lacks write %d".formatted(number));
  }

  /** Leaves its place, before the transaction ends. */
  void close() throws SQLException {
    chunk = null;
    if (found != null) {
      found.close();
      found = null;
    }
  }
}
