package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file of version 1, which had a row for each write, becomes one of today and loses nothing. */
final class MigrationTest {

  private static final List<String> VERSION_1 =
      List.of(
          "PRAGMA journal_mode = WAL",
          "CREATE TABLE history_log(id INTEGER PRIMARY KEY, time_ms INTEGER NOT NULL,"
              + " address INTEGER NOT NULL, value INTEGER NOT NULL, peer INTEGER NOT NULL)",
          "CREATE TABLE peers(id INTEGER PRIMARY KEY, address TEXT NOT NULL,"
              + " secure INTEGER NOT NULL, UNIQUE(address, secure))",
          "CREATE TABLE register_base(address INTEGER PRIMARY KEY, value INTEGER NOT NULL,"
              + " time_ms INTEGER NOT NULL)",
          "CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID",
          "CREATE VIEW registers AS SELECT address FROM register_base",
          "CREATE VIEW history AS SELECT id FROM history_log",
          "PRAGMA application_id = 1465337168",
          "PRAGMA user_version = 1",
          "INSERT INTO peers VALUES(1, '192.0.2.1', 0), (2, '192.0.2.2', 1)");

  /** Older than the limit of the history would be removed; this is not. */
  private static final HistoryLimit NO_LIMIT = new HistoryLimit(Long.MAX_VALUE, Long.MAX_VALUE);

  private static final int FIRST = 1000;
  private static final int ROWS = 2345;
  private static final int FOLDED = 1700;

  @TempDir private Path directory;

  private final List<String> history = new ArrayList<>();
  private Path file;

  @BeforeEach
  void makeFileOfVersion1() throws Exception {
    file = directory.resolve("wwep.db");
    try (Connection connection = Sql.connect(file);
        Statement statement = connection.createStatement()) {
      for (String sql : VERSION_1) {
        statement.execute(sql);
      }
      connection.setAutoCommit(false);
      for (int i = 0; i < ROWS; i++) {
        insert(statement, FIRST + i, i);
      }
      statement.execute(
          "INSERT INTO register_base SELECT address, value, time_ms FROM"
              + " (SELECT *, max(id) FROM history_log WHERE id <= %d GROUP BY address)"
                  .formatted(FOLDED));
      statement.execute("INSERT INTO meta VALUES('folded_through', %d)".formatted(FOLDED));
      statement.execute("INSERT INTO meta VALUES('repairs', 0)");
      connection.commit();
    }
  }

  /** Commits of 1, 2, 3 ... writes, and two that are longer than a chunk. */
  private void insert(Statement statement, int id, int i) throws Exception {
    int time = i < 1200 ? (int) Math.sqrt(2.0 * i) : 100 + i / 600;
    int register = i % 321;
    int value = (i * 31) & 0xFFFF;
    int peer = 1 + i % 2;
    statement.execute(
        "INSERT INTO history_log VALUES(%d, %d, %d, %d, %d)"
            .formatted(id, time, 0xAB00 + register, value, peer));
    int address = 0xAB00 + register;
    history.add(
        "%d|1970-01-01T00:00:00.%03dZ|%04X|%02X|%04X|192.0.2.%d|%s"
            .formatted(
                id, time, address >> 8, address & 255, value, peer, peer == 1 ? "plain" : "tls"));
  }

  private Store open() {
    return SqliteStore.open(file, Fsync.ALWAYS, NO_LIMIT);
  }

  @Test
  void shouldKeepHistoryAndRegisters() throws Exception {
    for (int round = 0; round < 2; round++) {
      try (Store store = open()) {
        assertThat(store.registerCount()).isEqualTo(321);
        for (int i = ROWS - 321; i < ROWS; i++) {
          assertThat(store.read(0xAB00 + i % 321)).isEqualTo((i * 31) & 0xFFFF);
        }
        assertThat(Sql.rows(file, "SELECT * FROM history")).isEqualTo(history);
        assertThat(Sql.number(file, "SELECT count(*) FROM registers")).isEqualTo(321);
      }
    }
    assertThat(Sql.rows(file, "PRAGMA user_version")).containsExactly("4");
    assertThat(Sql.rows(file, "PRAGMA integrity_check")).containsExactly("ok");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3})
  void shouldKeepAllOfLaterVersionsTooAndLeaveNothingOfTheOldForm(int version) throws Exception {
    open().close();
    List<String> registers = Sql.rows(file, "SELECT * FROM registers");
    OldVersion.make(file, version);
    open().close();
    assertThat(Sql.rows(file, "SELECT * FROM registers")).isEqualTo(registers).hasSize(321);
    assertThat(Sql.rows(file, "SELECT * FROM history")).isEqualTo(history);
    assertThat(DatabaseCheck.run(file).damages()).isEmpty();
    assertThat(Sql.rows(file, "SELECT name FROM sqlite_master WHERE name LIKE '%old%'")).isEmpty();
  }

  @Test
  void shouldLeaveViewsOfPeoplesOwnAlone() throws Exception {
    Sql.run(
        file,
        "CREATE VIEW mine AS SELECT count(*) AS registers FROM registers",
        "CREATE VIEW old AS SELECT id FROM history_log");
    open().close();
    assertThat(Sql.rows(file, "SELECT registers FROM mine")).containsExactly("321");
  }

  @Test
  void shouldGoOnWithTheNextNumberAndTheSamePeers() throws Exception {
    try (Store store = open()) {
      assertThat(Call.from(Call.PLAIN).thenWrite(1, 7).runOn(store).failure()).isNull();
      assertThat(Sql.rows(file, "SELECT seq, device, register, value FROM recent LIMIT 1"))
          .containsExactly((FIRST + ROWS) + "|0000|01|0007");
      assertThat(Sql.number(file, "SELECT count(DISTINCT peer) FROM history")).isEqualTo(3);
    }
  }

  @Test
  void shouldNameAFullDiskAsTheReasonAndLeaveTheFileAsItWas() throws Exception {
    try (Connection connection = Sql.connect(file);
        Statement statement = connection.createStatement()) {
      long pages = Connections.number(statement, "PRAGMA page_count");
      statement.execute("PRAGMA max_page_count = " + (pages + 5));
      assertThatThrownBy(() -> Migration.run(connection, 1))
          .satisfies(e -> assertThat(SqliteFailure.sentence(e, file)).contains("disk is full"));
      assertThat(Connections.number(statement, "PRAGMA user_version")).isEqualTo(1);
      assertThat(Connections.number(statement, "SELECT count(*) FROM history_log")).isEqualTo(ROWS);
    }
  }
}
