package io.wwep.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table {@code history_log}: every write in commit order. Rows are only appended at its end and
 * removed at its start, and their numbers have no holes.
 */
final class HistoryTable {

  private static final String INSERT =
      "INSERT INTO history_log(id, time_ms, address, value, peer) VALUES";

  private final Connection connection;
  private final MultiRowInsert insert;
  private final PreparedStatement firstFresh;
  private final PreparedStatement remove;

  // What is being appended, for the time of one call.
  private long[] rows;
  private long firstId;
  private long timeMillis;

  HistoryTable(Connection connection) throws SQLException {
    this.connection = connection;
    insert = new MultiRowInsert(connection, INSERT, new AppendedRow());
    firstFresh =
        connection.prepareStatement(
            "SELECT id FROM history_log WHERE id BETWEEN ? AND ? AND abs(? - time_ms) <= ?"
                + " ORDER BY id LIMIT 1");
    remove = connection.prepareStatement("DELETE FROM history_log WHERE id <= ?");
  }

  /** Appends the first {@code count} rows, packed by {@link HistoryRow}, numbered from firstId. */
  void append(long firstId, long timeMillis, long[] rows, int count) throws SQLException {
    this.firstId = firstId;
    this.timeMillis = timeMillis;
    this.rows = rows;
    insert.insert(0, count);
  }

  private final class AppendedRow implements MultiRowInsert.Row {

    @Override
    public String values(int slot) {
      return "?1 + %d, ?2, %s".formatted(slot, HistoryRow.columns("?" + (slot + 3)));
    }

    @Override
    public void bind(PreparedStatement statement, int slot, int index) throws SQLException {
      if (slot == 0) {
        statement.setLong(1, firstId + index);
        statement.setLong(2, timeMillis);
      }
      statement.setLong(slot + 3, rows[index]);
    }
  }

  /** Returns the number of the oldest row; 0 when there is none. */
  long firstId() throws SQLException {
    return number("SELECT min(id) FROM history_log");
  }

  /** Returns the number of the newest row; 0 when there is none. */
  long lastId() throws SQLException {
    return number("SELECT max(id) FROM history_log");
  }

  /**
   * Returns the number of the first row from {@code from} to {@code through} whose time is within
   * {@code ageMillis} of now, or {@code through + 1}. A time further ahead than that comes from a
   * clock that was wrong, and protects nothing.
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

  /** Removes the rows up to this number. */
  void removeThrough(long id) throws SQLException {
    remove.setLong(1, id);
    remove.executeUpdate();
  }

  /** Receives rows in the order of their numbers. */
  interface Visitor {
    void row(long address, int value, long timeMillis) throws SQLException;
  }

  /** Visits the rows after this number. */
  void visitAfter(long id, Visitor visitor) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "SELECT address, value, time_ms FROM history_log WHERE id > "
                    + id
                    + " ORDER BY id")) {
      while (result.next()) {
        visitor.row(result.getLong(1), result.getInt(2), result.getLong(3));
      }
    }
  }

  private long number(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
