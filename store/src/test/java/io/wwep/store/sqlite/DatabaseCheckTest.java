package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import io.wwep.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a check finds, and that it finds nothing where nothing is wrong. */
final class DatabaseCheckTest {

  private static final int WRITES = RunBlock.RUN_WRITES + 4000;

  @TempDir private Path directory;

  private Path file;

  @BeforeEach
  void makeDatabase() {
    file = directory.resolve("wwep.db");
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      for (int i = 0; i < WRITES; i += 2000) {
        Call call = Call.from(i % 4000 == 0 ? Call.PLAIN : Call.TLS);
        for (int j = i; j < Math.min(WRITES, i + 2000); j++) {
          call.thenWrite(j % 3000, j & 0xFFFF);
        }
        call.runOn(store);
      }
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> Sql.indexedThrough(file) == RunBlock.RUN_WRITES - 1);
    }
  }

  private CheckReport check() {
    return DatabaseCheck.runIn(directory);
  }

  @Test
  void shouldCountWhatIsThereAndLeaveNoTrace() throws Exception {
    Map<String, byte[]> before = files();
    CheckReport report = check();
    assertThat(report.damages()).isEmpty();
    assertThat(report.isSound()).isTrue();
    assertThat(report.registers()).isEqualTo(3000);
    assertThat(report.devices()).isEqualTo(12);
    assertThat(report.writes()).isEqualTo(WRITES);
    assertThat(report.indexed()).isEqualTo(RunBlock.RUN_WRITES - 1);
    assertThat(report.peers()).isEqualTo(2);
    Map<String, byte[]> after = files();
    assertThat(after.keySet()).isEqualTo(before.keySet());
    after.forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(before.get(name)));
  }

  private Map<String, byte[]> files() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    try (var all = Files.list(directory)) {
      for (Path each : all.toList()) {
        files.put(each.getFileName().toString(), Files.readAllBytes(each));
      }
    }
    return files;
  }

  @Test
  void shouldFindNothingWhileAServerWritesFoldsAndPrunes() {
    HistoryLimit limit = HistoryLimit.parse("20000rows");
    try (Store store = SqliteStore.openIn(directory, Fsync.NEVER, limit)) {
      for (int round = 0; round < 40; round++) {
        Call call = Call.from(Call.PLAIN);
        for (int i = 0; i < 5000; i++) {
          call.thenWrite(7 * i, round);
        }
        call.runOn(store);
        if (round % 8 == 0) {
          assertThat(check().damages()).isEmpty();
        }
      }
    }
    assertThat(check().damages()).isEmpty();
  }

  /** Each with checksums that fit, as only a fault of ours would leave it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DELETE FROM history_chunks WHERE id > 9000 AND id < 9500 | the history lacks writes",
        "DELETE FROM history_chunks WHERE id < 5 | the history lacks write 1",
        "DELETE FROM register_base WHERE device = 3 | does not have the devices",
        "UPDATE register_base SET registers = x'00123400000000000000' WHERE device = 3 | device 0003",
        "DELETE FROM peers WHERE id = 2 | by peer 2, which is not there",
        "UPDATE peers SET address = '192.0.2.99' WHERE id = 1 | peer 1 is not what was written",
        "UPDATE meta SET value = value - 1 WHERE key = 'folded_through' | folded_through in meta",
        "DELETE FROM history_runs WHERE key % 4294967296 > 0 | the index of the history lacks a part",
        "UPDATE history_runs SET pairs = x'00' | the index of the history is not",
        "DELETE FROM positions WHERE i = 77 | positions are not 0 to 499",
        "DROP VIEW recent | the definition of recent",
        "UPDATE history_chunks SET time_ms = 1 WHERE id = 1 | the history from write 1 on",
      })
  void shouldFind(String damage, String finding) throws Exception {
    Sql.run(file, damage);
    assertThat(check().damages()).anySatisfy(each -> assertThat(each).contains(finding));
  }

  @Test
  void shouldFindARegisterThatTheHistoryContradicts() throws Exception {
    // The last write to register 5 of device 0 becomes another one, and its checksum fits.
    Sql.run(
        file,
        "UPDATE history_chunks SET writes = CAST(x'0000010000050001' || substr(writes, 9) AS BLOB)"
            + " WHERE id = (SELECT max(id) FROM history_chunks)");
    Sql.renewChecksums(file);
    assertThat(check().damages())
        .contains("register 05 of device 0000 is not what the history says");
  }

  @Test
  void shouldFindThatAcknowledgedWritesAreMissing() throws Exception {
    Path copy = Files.createDirectory(directory.resolve("copy"));
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      Files.copy(file, copy.resolve("wwep.db"));
      Call.write(1, 1).runOn(store);
      Files.copy(directory.resolve("wwep.mark"), copy.resolve("wwep.mark"));
    }
    assertThat(DatabaseCheck.runIn(copy).damages())
        .anySatisfy(each -> assertThat(each).startsWith("writes %d to".formatted(WRITES + 1)));
    assertThatThrownBy(() -> SqliteStore.openIn(copy, Fsync.ALWAYS, HistoryLimit.DEFAULT))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("lacks writes %d to %d".formatted(WRITES + 1, WRITES + 1))
        .hasMessageContaining("remove wwep.mark");
    try (HistoryReader reader = HistoryReader.openIn(copy)) {
      assertThatThrownBy(() -> Newest.of(reader, 1, Long.MAX_VALUE, 1))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("lacks writes");
    }
  }

  @Test
  void shouldCountTheRegistersOfAFileWhoseHistoryIsDamaged() throws Exception {
    Sql.run(file, "UPDATE history_chunks SET crc = crc + 1 WHERE id = 1");
    assertThat(check().registers()).isEqualTo(3000);
    assertThat(check().damages()).hasSize(1);
  }

  @Test
  void shouldFindADamagedPage() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = 8192; i < 8192 + 4096; i++) {
      bytes[i] ^= 0x5A;
    }
    Files.write(file, bytes, StandardOpenOption.TRUNCATE_EXISTING);
    List<String> damages = check().damages();
    assertThat(damages).anySatisfy(each -> assertThat(each).startsWith("SQLite's structure: "));
  }
}
