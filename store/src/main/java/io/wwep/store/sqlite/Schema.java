package io.wwep.store.sqlite;

import io.wwep.store.DamagedDataException;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

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

  /** Where SQLite keeps that in a file. */
  private static final int APPLICATION_ID_AT = 68;

  /** Version of the tables, kept as {@code user_version}. */
  static final int VERSION = 4;

  private static final String PEERS =
      """
      CREATE TABLE peers(
        id INTEGER PRIMARY KEY,
        address TEXT NOT NULL,
        secure INTEGER NOT NULL,
        hex TEXT UNIQUE,
        crc INTEGER NOT NULL,
        UNIQUE(address, secure)
      )""";

  private static final String REGISTER_BASE =
      """
      CREATE TABLE register_base(
        device INTEGER PRIMARY KEY,
        registers BLOB NOT NULL,
        crc INTEGER NOT NULL
      )""";

  private static final String META =
      """
      CREATE TABLE meta(
        key TEXT PRIMARY KEY,
        value INTEGER NOT NULL,
        crc INTEGER NOT NULL
      ) WITHOUT ROWID""";

  /** Tables and views, without the rows of meta. */
  private static final List<String> TABLES =
      List.of(
          PEERS,
          REGISTER_BASE,
          META,
          """
          CREATE TABLE history_chunks(
            id INTEGER PRIMARY KEY,
            time_ms INTEGER NOT NULL,
            writes BLOB NOT NULL,
            crc INTEGER NOT NULL
          )""",
          """
          CREATE TABLE history_runs(
            key INTEGER PRIMARY KEY,
            pairs BLOB NOT NULL,
            next INTEGER NOT NULL,
            crc INTEGER NOT NULL
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
          ), base AS (
            SELECT printf('%04X', b.device) || hex(substr(b.registers, 10 * p.i + 1, 1)) AS address,
              hex(substr(b.registers, 10 * p.i + 2, 2)) AS value,
              CAST(hex(substr(b.registers, 10 * p.i + 4, 7)) AS INTEGER) AS time_ms
            FROM register_base b CROSS JOIN positions p
            WHERE p.i < length(b.registers) / 10
          ), newest AS (
            SELECT address, value, time_ms FROM unfolded
            UNION ALL
            SELECT address, value, time_ms
            FROM base WHERE address NOT IN (SELECT address FROM unfolded)
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
          ORDER BY c.id DESC, p.i DESC LIMIT 1000""");

  private static final List<String> MARKS =
      List.of("PRAGMA application_id = " + APPLICATION_ID, "PRAGMA user_version = " + VERSION);

  private Schema() {}

  /**
   * Makes the tables in an empty file and accepts a file that has them.
   *
   * @throws StoreException when the file belongs to another program or to a newer version
   */
  static void prepare(Connection connection, Path file) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      if (isEmpty(statement)) {
        create(connection, statement);
      }
      check(statement, file);
      long version = Connections.number(statement, "PRAGMA user_version");
      if (version < VERSION) {
        Migration.run(connection, version);
      }
      requireTables(connection);
    }
  }

  /**
   * Whether a file says in its header that it is ours; where there is a log beside it, that may say
   * so. One that this process has open is not opened: closing it would release SQLite's locks.
   *
   * @throws IOException when it cannot be read
   */
  static boolean isOurs(Path file) throws IOException {
    if (StoreLock.isHeld(file) || Files.exists(LogFile.of(file))) {
      return true;
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(APPLICATION_ID_AT + Integer.BYTES);
      return header.length == APPLICATION_ID_AT + Integer.BYTES
          && ByteBuffer.wrap(header).getInt(APPLICATION_ID_AT) == APPLICATION_ID;
    }
  }

  /**
   * Accepts a file that has the tables.
   *
   * @throws StoreException when it has others, or none
   */
  static void check(Statement statement, Path file) throws SQLException {
    if (Connections.number(statement, "PRAGMA application_id") != APPLICATION_ID) {
      throw new StoreException(file + " " + SqliteFailure.NOT_OURS);
    }
    long version = Connections.number(statement, "PRAGMA user_version");
    if (version > VERSION) {
      throw new StoreException(
          "%s was written by a newer wwep (schema %d, this one knows %d): run that version, or choose another --data directory"
              .formatted(file, version, VERSION));
    }
    if (version < 1) {
      throw new DamagedDataException(
          "%s is damaged (there is no schema %d): %s"
              .formatted(file, version, SqliteFailure.DAMAGE_REMEDY));
    }
  }

  /**
   * Accepts a file of this version, for who cannot change it.
   *
   * @throws StoreException when it is another one
   */
  static void requireCurrent(Statement statement, Path file) throws SQLException {
    check(statement, file);
    long version = Connections.number(statement, "PRAGMA user_version");
    if (version < VERSION) {
      throw new StoreException(
          "%s was written by an older wwep (schema %d, this one reads %d): start this version's server on it once (as wwep.db of a directory), which brings it up to date"
              .formatted(file, version, VERSION));
    }
  }

  /**
   * Accepts a file whose tables and views are those of this version; there may be others.
   *
   * @throws SQLException when they are not
   */
  static void requireTables(Connection connection) throws SQLException {
    Set<String> present = new HashSet<>();
    try (Statement statement = connection.createStatement();
        ResultSet all = statement.executeQuery("SELECT sql FROM sqlite_master")) {
      while (all.next()) {
        present.add(all.getString(1));
      }
    }
    for (String each : TABLES) {
      if (each.startsWith("CREATE") && !present.contains(each)) {
        throw Damage.of("the definition of %s is not what was written".formatted(nameIn(each)));
      }
    }
  }

  /** Returns {@code history} of {@code CREATE VIEW history AS}. */
  private static String nameIn(String definition) {
    return definition.split("[ (]", 4)[2];
  }

  private static boolean isEmpty(Statement statement) throws SQLException {
    return Connections.number(statement, "PRAGMA application_id") == 0
        && Connections.number(statement, "PRAGMA user_version") == 0
        && Connections.number(statement, "SELECT count(*) FROM sqlite_master") == 0;
  }

  /** One transaction: a crash leaves an empty file or a complete one. */
  private static void create(Connection connection, Statement statement) throws SQLException {
    statement.execute("BEGIN IMMEDIATE");
    createTables(connection, statement);
    statement.execute("COMMIT");
  }

  /** Makes the tables as they are without a write, and marks the file as ours. */
  static void createTables(Connection connection, Statement statement) throws SQLException {
    run(statement, TABLES);
    run(statement, MARKS);
    MetaTable meta = new MetaTable(connection);
    for (String zero :
        List.of(
            MetaTable.FOLDED_THROUGH,
            MetaTable.PRUNED_THROUGH,
            MetaTable.REPAIRS,
            MetaTable.BASE_SUM,
            MetaTable.PEERS)) {
      meta.put(zero, 0);
    }
    meta.put(MetaTable.DATABASE, new SecureRandom().nextLong());
  }

  static void run(Statement statement, List<String> sql) throws SQLException {
    for (String one : sql) {
      statement.execute(one);
    }
  }
}
