package io.wwep.store.sqlite;

import io.wwep.store.StoreException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

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
  static final int VERSION = 2;

  private static final String PEERS =
      """
      CREATE TABLE peers(
        id INTEGER PRIMARY KEY,
        address TEXT NOT NULL,
        secure INTEGER NOT NULL,
        hex TEXT UNIQUE,
        UNIQUE(address, secure)
      )""";

  private static final String REGISTER_BASE =
      """
      CREATE TABLE register_base(
        address INTEGER PRIMARY KEY,
        value INTEGER NOT NULL,
        time_ms INTEGER NOT NULL
      )""";

  private static final String META =
      """
      CREATE TABLE meta(
        key TEXT PRIMARY KEY,
        value INTEGER NOT NULL
      ) WITHOUT ROWID""";

  private static final String META_ROWS =
      "INSERT INTO meta(key, value) VALUES('folded_through', 0), ('repairs', 0)";

  /** What version 1 had too, in the form of today. */
  private static final List<String> TABLES = List.of(PEERS, REGISTER_BASE, META, META_ROWS);

  /** The history, and the views; what version 1 had in another form. */
  private static final List<String> HISTORY =
      List.of(
          """
          CREATE TABLE history_chunks(
            id INTEGER PRIMARY KEY,
            time_ms INTEGER NOT NULL,
            writes BLOB NOT NULL
          )""",
          "CREATE TABLE positions(i INTEGER PRIMARY KEY)",
          """
          INSERT INTO positions
          WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < %d)
          SELECT i FROM n"""
              .formatted(HistoryTable.CHUNK_WRITES_MAX - 1),
          """
          CREATE VIEW registers AS
          WITH unfolded AS (
            SELECT hex(substr(c.writes, 8 * p.i + 4, 3)) AS address,
              hex(substr(c.writes, 8 * p.i + 7, 2)) AS value,
              c.time_ms AS time_ms,
              max(c.id + p.i)
            FROM history_chunks c CROSS JOIN positions p
            WHERE c.id > (SELECT value FROM meta WHERE key = 'folded_through')
              AND p.i < length(c.writes) / 8
            GROUP BY 1
          ), newest AS (
            SELECT address, value, time_ms FROM unfolded
            UNION ALL
            SELECT printf('%06X', address), printf('%04X', value), time_ms FROM register_base
            WHERE printf('%06X', address) NOT IN (SELECT address FROM unfolded)
          )
          SELECT substr(address, 1, 4) AS device,
            substr(address, 5, 2) AS register,
            value,
            instr('123456789ABCDEF', substr(value, 1, 1)) * 4096
              + instr('123456789ABCDEF', substr(value, 2, 1)) * 256
              + instr('123456789ABCDEF', substr(value, 3, 1)) * 16
              + instr('123456789ABCDEF', substr(value, 4, 1)) AS decimal,
            strftime('%Y-%m-%dT%H:%M:%fZ', time_ms / 1000.0, 'unixepoch') AS time
          FROM newest ORDER BY address""",
          """
          CREATE VIEW history AS
          SELECT c.id + p.i AS seq,
            strftime('%Y-%m-%dT%H:%M:%fZ', c.time_ms / 1000.0, 'unixepoch') AS time,
            hex(substr(c.writes, 8 * p.i + 4, 2)) AS device,
            hex(substr(c.writes, 8 * p.i + 6, 1)) AS register,
            hex(substr(c.writes, 8 * p.i + 7, 2)) AS value,
            peers.address AS peer,
            CASE peers.secure WHEN 1 THEN 'tls' WHEN 0 THEN 'plain' END AS port
          FROM history_chunks c CROSS JOIN positions p
            LEFT JOIN peers ON peers.hex = hex(substr(c.writes, 8 * p.i + 1, 3))
          WHERE p.i < length(c.writes) / 8
          ORDER BY c.id, p.i""",
          """
          CREATE VIEW recent AS
          SELECT c.id + p.i AS seq,
            strftime('%Y-%m-%dT%H:%M:%fZ', c.time_ms / 1000.0, 'unixepoch') AS time,
            hex(substr(c.writes, 8 * p.i + 4, 2)) AS device,
            hex(substr(c.writes, 8 * p.i + 6, 1)) AS register,
            hex(substr(c.writes, 8 * p.i + 7, 2)) AS value,
            peers.address AS peer,
            CASE peers.secure WHEN 1 THEN 'tls' WHEN 0 THEN 'plain' END AS port
          FROM (SELECT id, time_ms, writes FROM history_chunks ORDER BY id DESC LIMIT 1000) c
            CROSS JOIN positions p
            LEFT JOIN peers ON peers.hex = hex(substr(c.writes, 8 * p.i + 1, 3))
          WHERE p.i < length(c.writes) / 8
          ORDER BY c.id DESC, p.i DESC LIMIT 1000""",
          "PRAGMA application_id = " + APPLICATION_ID,
          "PRAGMA user_version = " + VERSION);

  /** From rows of version 1 to chunks; the rows are copied in between. */
  private static final List<String> FROM_VERSION_1 =
      List.of(
          "DROP VIEW registers",
          "DROP VIEW history",
          "ALTER TABLE peers ADD COLUMN hex TEXT",
          "UPDATE peers SET hex = printf('%06X', id)",
          "CREATE UNIQUE INDEX peers_by_hex ON peers(hex)");

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
      if (number(statement, "PRAGMA user_version") == 1) {
        migrate(connection, statement);
      }
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
    run(statement, TABLES);
    run(statement, HISTORY);
    statement.execute("COMMIT");
  }

  /** One transaction: a crash leaves a file of version 1, or a complete one of this version. */
  private static void migrate(Connection connection, Statement statement) throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    try {
      run(statement, FROM_VERSION_1);
      run(statement, HISTORY);
      copyRows(connection);
      statement.execute("DROP TABLE history_log");
      statement.execute("COMMIT");
    } catch (SQLException | RuntimeException | Error e) {
      statement.execute("ROLLBACK");
      throw e;
    }
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

  private static void run(Statement statement, List<String> sql) throws SQLException {
    for (String one : sql) {
      statement.execute(one);
    }
  }

  private static long number(Statement statement, String sql) throws SQLException {
    try (ResultSet result = statement.executeQuery(sql)) {
      return result.next() ? result.getLong(1) : 0;
    }
  }
}
