package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The tables of a database file, and whether a file has them; docs/schema.md explains them to
 * people.
 *
 * <p>Nothing here needs a newer SQLite than 3.8.3, so that the shells of older systems read the
 * views too.
 */
final class Schema {

  /** Marks the file as ours in its header: the letters WWEP. */
  static final int APPLICATION_ID = 0x57574550;

  /** Version of the tables, kept as {@code user_version}. */
  static final int VERSION = 1;

  private static final String[] STATEMENTS = {
    """
    CREATE TABLE history_log(
      id INTEGER PRIMARY KEY,
      time_ms INTEGER NOT NULL,
      address INTEGER NOT NULL,
      value INTEGER NOT NULL,
      peer INTEGER NOT NULL
    )""",
    """
    CREATE TABLE peers(
      id INTEGER PRIMARY KEY,
      address TEXT NOT NULL,
      secure INTEGER NOT NULL,
      UNIQUE(address, secure)
    )""",
    """
    CREATE TABLE register_base(
      address INTEGER PRIMARY KEY,
      value INTEGER NOT NULL,
      time_ms INTEGER NOT NULL
    )""",
    """
    CREATE TABLE meta(
      key TEXT PRIMARY KEY,
      value INTEGER NOT NULL
    ) WITHOUT ROWID""",
    "INSERT INTO meta(key, value) VALUES('folded_through', 0), ('repairs', 0)",
    """
    CREATE VIEW registers AS
    WITH unfolded AS (
      SELECT address, value, time_ms, max(id) FROM history_log
      WHERE id > (SELECT value FROM meta WHERE key = 'folded_through')
      GROUP BY address
    ), newest AS (
      SELECT address, value, time_ms FROM unfolded
      UNION ALL
      SELECT address, value, time_ms FROM register_base
      WHERE address NOT IN (SELECT address FROM unfolded)
    )
    SELECT printf('%04X', address >> 8) AS device,
      printf('%02X', address & 255) AS register,
      printf('%04X', value) AS value,
      value AS decimal,
      strftime('%Y-%m-%dT%H:%M:%fZ', time_ms / 1000.0, 'unixepoch') AS time
    FROM newest ORDER BY address""",
    """
    CREATE VIEW history AS
    SELECT h.id AS seq,
      strftime('%Y-%m-%dT%H:%M:%fZ', h.time_ms / 1000.0, 'unixepoch') AS time,
      printf('%04X', h.address >> 8) AS device,
      printf('%02X', h.address & 255) AS register,
      printf('%04X', h.value) AS value,
      p.address AS peer,
      CASE p.secure WHEN 1 THEN 'tls' WHEN 0 THEN 'plain' END AS port
    FROM history_log h LEFT JOIN peers p ON p.id = h.peer ORDER BY h.id""",
    "PRAGMA application_id = " + APPLICATION_ID,
    "PRAGMA user_version = " + VERSION,
  };

  private Schema() {}

  /**
   * Makes the tables in an empty file and accepts a file that has them.
   *
   * @throws StoreException when the file belongs to another program or to a newer version
   */
  static void prepare(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (isEmpty(statement)) {
        create(statement);
      }
      check(statement, file);
    }
  }

  /**
   * Accepts a file that has the tables.
   *
   * @throws StoreException when it has others, or none
   */
  static void check(Statement statement, Path file) throws SQLException {
    if (number(statement, "PRAGMA application_id") != APPLICATION_ID) {
      throw new StoreException(
          "%s is not a wwep database: move it away or choose another --data directory"
              .formatted(file));
    }
    long version = number(statement, "PRAGMA user_version");
    if (version > VERSION) {
      throw new StoreException(
          "%s was written by a newer wwep (schema %d, this one knows %d): run that version, or choose another --data directory"
              .formatted(file, version, VERSION));
    }
  }

  private static boolean isEmpty(Statement statement) throws SQLException {
    return number(statement, "PRAGMA application_id") == 0
        && number(statement, "PRAGMA user_version") == 0
        && number(statement, "SELECT count(*) FROM sqlite_master") == 0;
  }

  /** One transaction: a crash leaves an empty file or a complete one. */
  private static void create(Statement statement) throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    for (String sql : STATEMENTS) {
      statement.execute(sql);
    }
    statement.execute("COMMIT");
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
