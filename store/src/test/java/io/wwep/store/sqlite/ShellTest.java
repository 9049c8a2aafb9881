package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The system's sqlite3 shell, which people query the database with. */
final class ShellTest {

  @TempDir private Path directory;

  @BeforeEach
  void requireShell() throws Exception {
    try {
      assertThat(new ProcessBuilder("sqlite3", "-version").start().waitFor()).isZero();
    } catch (IOException e) {
      assumeTrue(false, "sqlite3 is not installed");
    }
  }

  private List<String> shell(String sql) throws Exception {
    return shell(directory.resolve("wwep.db"), sql);
  }

  private static List<String> shell(Path database, String sql) throws Exception {
    Process process =
        new ProcessBuilder("sqlite3", "-batch", "-noheader", database.toString(), sql)
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output.lines().toList();
  }

  private Store open() {
    return SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT);
  }

  @Test
  void shouldShowAWriteMadeAMomentAgoWhileTheServerRunsAndAfterwards() throws Exception {
    String registers = "select device, register, value, decimal from registers";
    String history = "select seq, device, register, value, peer, port from history";
    try (Store store = open()) {
      assertThat(shell("select * from registers")).isEmpty();
      Call.write(0x0FAC0B, 0x1234).runOn(store);
      assertThat(shell(registers)).containsExactly("0FAC|0B|1234|4660");
      assertThat(shell(history)).containsExactly("1|0FAC|0B|1234|192.0.2.7|plain");
      Call.from(Call.TLS).thenWrite(0x0FAC0B, 0xABCD).thenWrite(0, 0).runOn(store);
      assertThat(shell(registers)).containsExactly("0000|00|0000|0", "0FAC|0B|ABCD|43981");
      assertThat(shell("select value from registers where device = '0FAC' and register = '0B'"))
          .containsExactly("ABCD");
    }
    assertThat(shell(registers)).containsExactly("0000|00|0000|0", "0FAC|0B|ABCD|43981");
    assertThat(shell(history))
        .containsExactly(
            "1|0FAC|0B|1234|192.0.2.7|plain",
            "2|0FAC|0B|ABCD|2001:db8::9|tls",
            "3|0000|00|0000|2001:db8::9|tls");
  }

  @Test
  void shouldShowTimesInIso8601WithMilliseconds() throws Exception {
    Instant before = Instant.ofEpochMilli(System.currentTimeMillis());
    try (Store store = open()) {
      Call.write(1, 1).runOn(store);
      Instant after = Instant.now();
      String time = shell("select time from history").get(0);
      assertThat(time).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");
      assertThat(Instant.parse(time)).isBetween(before, after);
      assertThat(shell("select time from registers")).containsExactly(time);
    }
    Sql.run(directory.resolve("wwep.db"), "UPDATE history_chunks SET time_ms = 1767225599999");
    assertThat(shell("select time from history")).containsExactly("2025-12-31T23:59:59.999Z");
  }

  @Test
  void shouldShowAllAfterAKill() throws Exception {
    try (ChildServer child = ChildServer.start(List.of(), directory, Fsync.ALWAYS, 1, 20, 0)) {
      String line = child.readLine();
      while (!line.equals("ack 0 19")) {
        line = child.readLine();
      }
      child.kill();
    }
    assertThat(shell("select device, register, value from registers"))
        .containsExactly("0000|00|0013");
    assertThat(shell("select count(*), max(value) from history")).containsExactly("20|0013");
  }

  @Test
  void shouldReadABackupAloneThatWasMadeWhileTheServerRan() throws Exception {
    Path copy = Files.createDirectory(directory.resolve("elsewhere")).resolve("copy.db");
    try (Store store = open()) {
      Call.write(0x0FAC0B, 0x1234).runOn(store);
      assertThat(Backup.makeOf(directory, copy, false).isSound()).isTrue();
      Call.write(0x0FAC0B, 0x9999).runOn(store);
    }
    assertThat(shell(copy, "pragma integrity_check")).containsExactly("ok");
    assertThat(shell(copy, "select device, register, value from registers"))
        .containsExactly("0FAC|0B|1234");
    assertThat(shell(copy, "select seq, device, register, value, peer, port from history"))
        .containsExactly("1|0FAC|0B|1234|192.0.2.7|plain");
  }

  @Test
  void shouldBackUpAConsistentCopyWhileTheServerRuns() throws Exception {
    Path copy = directory.resolve("copy/wwep.db");
    Files.createDirectory(copy.getParent());
    try (Store store = open()) {
      for (int i = 0; i < 300; i++) {
        Call.write(i, i).runOn(store);
      }
      shell("vacuum into '" + copy + "'");
      Call.write(1, 99).runOn(store);
    }
    try (Store restored =
        SqliteStore.openIn(copy.getParent(), Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(restored.registerCount()).isEqualTo(300);
      assertThat(restored.read(1)).isEqualTo(1);
    }
  }
}
