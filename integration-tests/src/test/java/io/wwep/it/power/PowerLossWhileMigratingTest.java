package io.wwep.it.power;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.Scale;
import io.wwep.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A power loss while a file of version 1 becomes one of today leaves the one or the other. */
@Tag("staged")
@Timeout(300)
class PowerLossWhileMigratingTest {

  private static final int WRITES = 3000;
  private static final int REGISTERS = 100;

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
          "INSERT INTO peers VALUES(1, '192.0.2.1', 0)",
          "INSERT INTO meta VALUES('folded_through', 0), ('repairs', 0)",
          // Writes i = 1, 2, 3 ...: value i to register i modulo their number, four a millisecond.
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
                  .formatted(WRITES)
              + " INSERT INTO history_log SELECT i, i / 4, i %% %d, i, 1 FROM n"
                  .formatted(REGISTERS),
          "PRAGMA application_id = 1465337168",
          "PRAGMA user_version = 1");

  @Test
  void shouldLeaveOneVersionOrTheOther(@TempDir Path directory) throws Exception {
    long seed = Scale.seed("power loss while migrating");
    PowerRecorder recorder = PowerRecorder.build(directory);
    Path before = Files.createDirectory(directory.resolve("before"));
    Path after = Files.createDirectory(directory.resolve("after")).toRealPath();
    makeVersion1(before.resolve("wwep.db"));
    Files.copy(before.resolve("wwep.db"), after.resolve("wwep.db"));
    Path file = directory.resolve("trace");
    List<RecoveringServer.Write> writes =
        RecoveringServer.run(recorder.recording(after, file), List.of(after.resolve("wwep.db")));
    PowerCuts cuts = new PowerCuts(directory, new Random(seed));
    try (PowerTrace trace = PowerTrace.read(file)) {
      SimulatedDisk disk = new SimulatedDisk(after, trace, before);
      List<Integer> moments =
          new Moments(trace, trace.events().size(), new Random(seed))
              .anywhere(Scale.of(30, 300))
              .atTurns(Scale.of(10, 100))
              .sorted();
      for (int moment : moments) {
        disk.advanceThrough(moment);
        Recovery recovery = Recovery.at(trace.nanosBehind(moment), writes);
        cuts.cut(
            disk,
            (store, history) -> check(store, history, recovery),
            Path.of("wwep.db"),
            moment + " " + trace.events().get(moment));
      }
    }
    assertThat(cuts.failures()).isEmpty();
  }

  private static void makeVersion1(Path file) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : VERSION_1) {
        statement.execute(sql);
      }
    }
  }

  private static void check(Store store, History history, Recovery recovery) {
    int others = recovery.check(store) ? 1 : 0;
    assertThat(store.registerCount()).isEqualTo(REGISTERS + others);
    for (int address = 0; address < REGISTERS; address++) {
      int last = WRITES - REGISTERS + address + (address == 0 ? REGISTERS : 0);
      assertThat(store.read(address)).as("register %d", address).isEqualTo(last);
    }
    assertThat(history.firstNumber()).isOne();
    assertThat(history.size()).isGreaterThanOrEqualTo(WRITES);
    for (int i = 0; i < WRITES; i++) {
      assertThat(history.address(i)).isEqualTo((i + 1) % REGISTERS);
      assertThat(history.value(i)).isEqualTo(i + 1);
    }
  }
}
