package io.wwep.store.sqlite;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * How long SQLite's log is.
 *
 * @param pages in the log, 0 or more
 * @param copied how many of them are in the database file too
 */
record LogLength(int pages, int copied) {

  /**
   * Checkpoints in one of SQLite's modes, and returns how long the log is.
   *
   * @param mode {@code NOOP} to look only, {@code PASSIVE} to copy what nobody holds up
   */
  static LogLength ask(Connection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery("PRAGMA wal_checkpoint(" + mode + ")")) {
      return result.next()
          ? new LogLength(Math.max(0, result.getInt(2)), Math.max(0, result.getInt(3)))
          : new LogLength(0, 0);
    }
  }

  int uncopied() {
    return pages - copied;
  }
}
