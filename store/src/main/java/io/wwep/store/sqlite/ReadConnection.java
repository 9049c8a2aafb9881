package io.wwep.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** Connections beside the commit thread's, which can read and nothing else. */
final class ReadConnection {

  /** Readers wait for nobody but a program that repairs the log, or locks the whole file. */
  private static final int BUSY_TIMEOUT_MILLIS = 1000;

  private ReadConnection() {}

  /** Opens a file that exists; the caller closes. */
  static Connection open(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(BUSY_TIMEOUT_MILLIS);
    return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath().toUri());
  }

  /** Returns the first column of the first row, or 0. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
