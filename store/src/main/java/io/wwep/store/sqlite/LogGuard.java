package io.wwep.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Keeps SQLite's log there. Whoever closes a database as the last one copies the log to the file
 * and removes it, as it is; but a log that may have a hole has to be written anew first, and one
 * that is damaged may hold what nobody else has. While this connection is open, nobody is the last;
 * when it is the last one itself, it leaves the log alone, because it can only read.
 *
 * <p>One thread at a time.
 */
final class LogGuard implements AutoCloseable {

  private final Connection connection;

  /** Guards the log of a file that exists. */
  LogGuard(Path file) throws SQLException {
    connection = Connections.toRead(file);
    try {
      takePart();
    } catch (SQLException e) {
      // A creation that was cut off left a journal, which only who can write rolls back.
      if (!SqliteFailure.isReadOnly(e)) {
        close();
        throw e;
      }
    }
  }

  /** To be called again when the file has become one with a log. */
  void takePart() throws SQLException {
    Connections.number(connection, "PRAGMA schema_version");
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      // It has changed nothing.
    }
  }
}
