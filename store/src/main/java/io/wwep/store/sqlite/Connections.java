package io.wwep.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteOpenMode;

/** Connections to a file that exists; the caller closes them. */
final class Connections {

  /** Readers wait for nobody but a program that repairs the log, or locks the whole file. */
  private static final int READER_BUSY_TIMEOUT_MILLIS = 1000;

  private Connections() {}

  /**
   * Opens one that can write, and copies nothing of the log by itself: what goes wrong when a
   * commit does so is told to nobody.
   */
  static Connection toWrite(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.resetOpenMode(SQLiteOpenMode.CREATE);
    // One thread at a time, so that each call need not take a lock.
    config.setOpenMode(SQLiteOpenMode.NOMUTEX);
    Connection connection = config.createConnection(url(file));
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = 0");
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens one beside the commit thread's, which can read and nothing else. */
  static Connection toRead(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(READER_BUSY_TIMEOUT_MILLIS);
    return config.createConnection(url(file));
  }

  /**
   * Opens one to a file that nobody can change, as on a medium that is only read: without its log,
   * which SQLite would have to make.
   */
  static Connection toReadUnchanged(Path file) throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    return config.createConnection(url(file) + "?immutable=1");
  }

  /** A URI, because the driver takes a '?' in a plain path for the start of its settings. */
  private static String url(Path file) {
    return "jdbc:sqlite:" + file.toAbsolutePath().toUri();
  }

  /**
   * Ends a transaction that failed; SQLite may have undone it, and the reason must not get lost.
   */
  static void undo(Statement statement, Throwable reason) {
    try {
      statement.execute("ROLLBACK");
    } catch (SQLException e) {
      reason.addSuppressed(e);
    }
  }

  /** Returns the first column of the first row, or 0. */
  static long number(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      return number(statement, sql);
    }
  }

  /** As above, with a statement that is there. */
  static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
