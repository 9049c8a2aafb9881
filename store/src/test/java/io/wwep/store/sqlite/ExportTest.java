package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Origin;
import io.wwep.store.Store;
import io.wwep.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is read out of a database, and what is written into one, at once. */
final class ExportTest {

  private static final Origin PEER = new Origin("192.0.2.7", false);

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private static Store open(Path data) {
    return SqliteStore.openIn(data, Fsync.ALWAYS, HistoryLimit.DEFAULT);
  }

  private void write(int... values) {
    try (Store store = open(data())) {
      for (int value : values) {
        assertThat(Call.write(1, value).runOn(store).failure()).isNull();
      }
    }
  }

  private static List<RegisterEntry> registers(Path data) {
    List<RegisterEntry> all = new ArrayList<>();
    Export.registers(data, all::add);
    return all;
  }

  private static List<HistoryEntry> history(Path data) {
    List<HistoryEntry> all = new ArrayList<>();
    Export.history(data, all::add);
    return all;
  }

  private Map<String, byte[]> files() throws Exception {
    Map<String, byte[]> files = new TreeMap<>();
    try (var all = Files.list(data())) {
      for (Path each : all.toList()) {
        files.put(each.getFileName().toString(), Files.readAllBytes(each));
      }
    }
    return files;
  }

  /** Each commit writes two registers; both are folded or not, as it comes. */
  @Test
  void shouldReadOneMomentWhileTheStoreCommits() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Store store = open(data())) {
      AtomicBoolean writing = new AtomicBoolean(true);
      Call.write(1, 0).thenWrite(0xFFFFFF, 0).runOn(store);
      Future<Integer> rounds = thread.submit(() -> writePairs(store, writing));
      for (int i = 0; i < 20; i++) {
        List<RegisterEntry> found = registers(data());
        assertThat(found).extracting(RegisterEntry::address).containsExactly(1, 0xFFFFFF);
        assertThat(found.get(0).value()).isEqualTo(found.get(1).value());
        assertThat(history(data()).size() % 2).isZero();
      }
      writing.set(false);
      assertThat(rounds.get()).isPositive();
    } finally {
      thread.shutdownNow();
    }
  }

  private static int writePairs(Store store, AtomicBoolean writing) {
    int rounds = 0;
    while (writing.get()) {
      rounds++;
      Call.write(1, rounds & 0xFFFF).thenWrite(0xFFFFFF, rounds & 0xFFFF).runOn(store);
    }
    return rounds;
  }

  @Test
  void shouldReadWhatTheViewsShow() throws Exception {
    try (Store store = open(data())) {
      for (int i = 0; i < 3000; i++) {
        Call.from(i % 2 == 0 ? Call.TLS : PEER).thenWrite((i * 7919) & 0xFFF, i).runOn(store);
      }
      List<String> read = new ArrayList<>();
      Export.registers(
          data(),
          entry ->
              read.add(
                  "%04X|%02X|%04X"
                      .formatted(entry.address() >> 8, entry.address() & 0xFF, entry.value())));
      assertThat(read)
          .isEqualTo(
              Sql.rows(data().resolve("wwep.db"), "SELECT device, register, value FROM registers"));
    }
  }

  @Test
  void shouldLeaveNoTraceAndRefuseWhatIsDamaged() throws Exception {
    write(7, 8);
    Map<String, byte[]> before = files();
    assertThat(history(data())).hasSize(2);
    assertThat(registers(data())).hasSize(1);
    assertThat(files()).containsExactlyEntriesOf(before);
    Sql.run(data().resolve("wwep.db"), "UPDATE register_base SET crc = crc + 1");
    assertThatThrownBy(() -> registers(data()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is damaged")
        .hasMessageContaining("'wwep export --salvage'");
  }

  @Test
  void shouldNoticeThatAcknowledgedWritesAreMissing() throws Exception {
    write(7, 8);
    Path file = data().resolve("wwep.db");
    long database = Sql.number(file, "SELECT value FROM meta WHERE key = 'database'");
    try (SyncMark mark = SyncMark.open(file, database)) {
      mark.moveTo(9);
    }
    for (Runnable export : List.<Runnable>of(() -> history(data()), () -> registers(data()))) {
      assertThatThrownBy(export::run)
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("lacks writes 3 to 9");
    }
  }

  @Test
  void shouldKeepTheNumbersOfAHistoryThatBeginsLater() {
    // A start removes what is older than ninety days.
    long time = System.currentTimeMillis();
    List<HistoryEntry> given =
        List.of(
            new HistoryEntry(5001, time, 1, 2, PEER),
            new HistoryEntry(5002, time, 2, 3, Call.TLS),
            new HistoryEntry(5003, time - 100, 1, 4, PEER));
    Import.Imported done = Import.history(data(), sink -> given.forEach(sink::take));
    assertThat(done).isEqualTo(new Import.Imported(5001, 5003, 0));
    assertThat(history(data())).isEqualTo(given);
    assertThat(registers(data()))
        .containsExactly(new RegisterEntry(1, 4, time - 100), new RegisterEntry(2, 3, time));
    assertThat(DatabaseCheck.runIn(data()).damages()).isEmpty();
    write(9);
    assertThat(history(data())).hasSize(4).last().extracting(HistoryEntry::number).isEqualTo(5004L);
  }

  @Test
  void shouldCloseGapsAndSayFromWhereOn() {
    Import.Imported done =
        Import.history(
            data(),
            sink -> {
              for (long number : new long[] {3, 4, 9, 10}) {
                sink.take(new HistoryEntry(number, 1, 1, (int) number, PEER));
              }
            });
    assertThat(done).isEqualTo(new Import.Imported(3, 6, 5));
    assertThat(history(data())).extracting(HistoryEntry::value).containsExactly(3, 4, 9, 10);
    assertThat(DatabaseCheck.runIn(data()).damages()).isEmpty();
  }

  @Test
  void shouldAddRegistersBehindTheHistoryAndMoveTheMark() throws Exception {
    write(7);
    long before = System.currentTimeMillis();
    Import.registers(
        data(),
        sink -> {
          sink.take(new RegisterEntry(2, 20, 0));
          sink.take(new RegisterEntry(1, 10, 0));
        });
    List<HistoryEntry> all = history(data());
    assertThat(all).extracting(HistoryEntry::value).containsExactly(7, 20, 10);
    assertThat(all.get(2).origin()).isEqualTo(Import.ORIGIN);
    assertThat(all.get(2).timeMillis()).isBetween(before, System.currentTimeMillis());
    long database =
        Sql.number(data().resolve("wwep.db"), "SELECT value FROM meta WHERE key = 'database'");
    assertThat(SyncMark.read(data().resolve("wwep.db"), database)).isEqualTo(3);
    assertThat(DatabaseCheck.runIn(data()).damages()).isEmpty();
    try (Store store = open(data())) {
      assertThat(store.read(1)).isEqualTo(10);
      assertThat(store.read(2)).isEqualTo(20);
    }
  }

  @Test
  void shouldChangeNothingWhenTheSourceFails() throws Exception {
    write(7);
    List<String> before = Sql.rows(data().resolve("wwep.db"), "SELECT * FROM history");
    Import.Source<RegisterEntry> failing =
        sink -> {
          for (int i = 0; i < 100_000; i++) {
            sink.take(new RegisterEntry(i, 1, 0));
          }
          throw new IllegalStateException("line 100001 is wrong");
        };
    assertThatThrownBy(() -> Import.registers(data(), failing))
        .isInstanceOf(IllegalStateException.class);
    assertThat(Sql.rows(data().resolve("wwep.db"), "SELECT * FROM history")).isEqualTo(before);
    assertThat(DatabaseCheck.runIn(data()).damages()).isEmpty();
    assertThat(registers(data())).hasSize(1);
    assertThatThrownBy(() -> Import.registers(directory.resolve("other"), failing))
        .isInstanceOf(IllegalStateException.class);
    assertThat(directory.toFile().list()).containsExactly("data");
  }

  @Test
  void shouldRefuseARunningServersDatabaseAndAHistoryOnTopOfAnother() throws Exception {
    write(7);
    Map<String, byte[]> before = files();
    assertThatThrownBy(
            () -> Import.history(data(), sink -> sink.take(new HistoryEntry(1, 1, 1, 1, PEER))))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("has a history already")
        .hasMessageContaining("--data");
    assertThat(files().keySet()).isEqualTo(before.keySet());
    assertThat(history(data())).hasSize(1);
    try (Store running = open(data())) {
      assertThat(running.read(1)).isEqualTo(7);
      assertThatThrownBy(
              () -> Import.registers(data(), sink -> sink.take(new RegisterEntry(1, 1, 1))))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is in use")
          .hasMessageContaining("stop it");
    }
  }
}
