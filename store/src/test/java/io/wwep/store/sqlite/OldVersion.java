package io.wwep.store.sqlite;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Makes a file of today one of a former version, with the same registers and history. */
final class OldVersion {

  private static final List<String> VERSION_3 =
      List.of(
          "DROP VIEW registers",
          "DROP VIEW history",
          "DROP VIEW recent",
          "DROP TABLE register_base",
          "CREATE TABLE register_base(address INTEGER PRIMARY KEY, value INTEGER NOT NULL,"
              + " time_ms INTEGER NOT NULL)",
          "ALTER TABLE history_chunks RENAME TO c",
          "CREATE TABLE history_chunks(id INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL,"
              + " writes BLOB NOT NULL)",
          "INSERT INTO history_chunks SELECT id, time_ms, writes FROM c",
          "DROP TABLE c",
          "ALTER TABLE history_runs RENAME TO r",
          "CREATE TABLE history_runs(key INTEGER PRIMARY KEY, pairs BLOB NOT NULL)",
          "INSERT INTO history_runs SELECT key, pairs FROM r",
          "DROP TABLE r",
          "ALTER TABLE peers RENAME TO p",
          "CREATE TABLE peers(id INTEGER PRIMARY KEY, address TEXT NOT NULL,"
              + " secure INTEGER NOT NULL, hex TEXT UNIQUE, UNIQUE(address, secure))",
          "INSERT INTO peers SELECT id, address, secure, hex FROM p",
          "DROP TABLE p",
          "ALTER TABLE meta RENAME TO m",
          "CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
          "INSERT INTO meta SELECT key, value FROM m"
              + " WHERE key IN ('folded_through', 'indexed_through', 'repairs')",
          "DROP TABLE m",
          "CREATE VIEW registers AS SELECT address FROM register_base",
          "CREATE VIEW history AS SELECT id FROM history_chunks",
          "CREATE VIEW recent AS SELECT id FROM history_chunks",
          "PRAGMA user_version = 3");

  private OldVersion() {}

  /** Makes a file that nobody has open one of version 2 or 3. */
  static void make(Path file, int version) throws SQLException {
    try (Connection connection = Sql.connect(file);
        Statement statement = connection.createStatement()) {
      List<String> registers = registersOf(connection);
      connection.setAutoCommit(false);
      Schema.run(statement, VERSION_3);
      Schema.run(statement, registers);
      if (version == 2) {
        statement.execute("DROP TABLE history_runs");
        statement.execute("DELETE FROM meta WHERE key = 'indexed_through'");
        statement.execute("PRAGMA user_version = 2");
      }
      connection.commit();
    }
  }

  private static List<String> registersOf(Connection connection) throws SQLException {
    List<String> inserts = new ArrayList<>();
    new BaseTable(connection, new MetaTable(connection))
        .visit(
            row ->
                row.visit(
                    (address, value, timeMillis) ->
                        inserts.add(
                            "INSERT INTO register_base VALUES(%d, %d, %d)"
                                .formatted(address, value, timeMillis))));
    return inserts;
  }
}
