package io.wwep.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes a file of this version of an older one, in one transaction: a crash leaves the old file, or
 * a complete new one. What takes long and is not needed at once, as the index of the history, is
 * made after the start.
 */
final class Migration {

  /** From rows of version 1 to chunks; the rows are copied behind this. */
  private static final List<String> FROM_VERSION_1 =
      List.of(
          "DROP VIEW registers",
          "DROP VIEW history",
          "ALTER TABLE peers ADD COLUMN hex TEXT",
          "UPDATE peers SET hex = printf('%06X', id)",
          "CREATE UNIQUE INDEX peers_by_hex ON peers(hex)");

  private Migration() {}

  /** Brings a file of an older version up to date. */
  static void run(Connection connection, long version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      try {
        if (version == 1) {
          makeChunks(connection, statement);
        }
        Schema.run(statement, Schema.INDEX);
        statement.execute("COMMIT");
      } catch (SQLException | RuntimeException | Error e) {
        Connections.undo(statement, e);
        throw e;
      }
    }
  }

  private static void makeChunks(Connection connection, Statement statement) throws SQLException {
    Schema.run(statement, FROM_VERSION_1);
    Schema.run(statement, Schema.HISTORY);
    copyRows(connection);
    statement.execute("DROP TABLE history_log");
  }

  /** Copies what version 1 kept as a row for each write; those of one commit have one time. */
  private static void copyRows(Connection connection) throws SQLException {
    HistoryTable history = new HistoryTable(connection);
    long[] rows = new long[HistoryTable.CHUNK_WRITES_MAX];
    int count = 0;
    long firstId = 0;
    long timeMillis = 0;
    try (Statement statement = connection.createStatement();
        ResultSet old =
            statement.executeQuery(
                "SELECT id, time_ms, address, value, peer FROM history_log ORDER BY id")) {
      while (old.next()) {
        if (count == rows.length || old.getLong(2) != timeMillis) {
          history.append(firstId, timeMillis, rows, count);
          count = 0;
        }
        if (count == 0) {
          firstId = old.getLong(1);
          timeMillis = old.getLong(2);
        }
        rows[count++] = HistoryRow.pack(old.getInt(3), old.getInt(4), old.getInt(5));
      }
    }
    history.append(firstId, timeMillis, rows, count);
  }
}
