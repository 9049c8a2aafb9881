package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryReaderTest {

  private static final int LAST_ADDRESS = 0xFF_FFFF;

  @TempDir private Path directory;

  private SqliteStore open(HistoryLimit limit) {
    return SqliteStore.openIn(directory, Fsync.NEVER, limit);
  }

  private SqliteStore open() {
    return open(HistoryLimit.DEFAULT);
  }

  private Path file() {
    return directory.resolve("wwep.db");
  }

  private void awaitIndexedThrough(long number) {
    await().atMost(Duration.ofSeconds(20)).until(() -> Sql.indexedThrough(file()) == number);
  }

  /** Writes value after value to a register, a thousand in a commit. */
  private static void write(SqliteStore store, int address, int count) {
    for (int i = 0; i < count; i += 1000) {
      Call call = Call.from(Call.PLAIN);
      for (int j = i; j < Math.min(count, i + 1000); j++) {
        call.thenWrite(address, j & 0xFFFF);
      }
      assertThat(call.runOn(store).failure()).isNull();
    }
  }

  private static List<Long> numbers(List<HistoryEntry> entries) {
    return entries.stream().map(HistoryEntry::number).toList();
  }

  @Test
  void shouldTellWhoWroteWhatAndWhen() {
    long start = System.currentTimeMillis();
    try (SqliteStore store = open();
        HistoryReader reader = store.historyReader()) {
      assertThat(Newest.of(reader, 7, Long.MAX_VALUE, 50)).isEmpty();
      Call.write(7, 0x1234).runOn(store);
      Call.from(Call.TLS).thenWrite(8, 1).thenWrite(7, 0xABCD).runOn(store);
      List<HistoryEntry> entries = Newest.of(reader, 7, Long.MAX_VALUE, 50);
      assertThat(numbers(entries)).containsExactly(3L, 1L);
      assertThat(entries).extracting(HistoryEntry::value).containsExactly(0xABCD, 0x1234);
      assertThat(entries).extracting(HistoryEntry::origin).containsExactly(Call.TLS, Call.PLAIN);
      assertThat(entries)
          .allSatisfy(
              entry -> assertThat(entry.timeMillis()).isBetween(start, System.currentTimeMillis()));
      assertThat(Newest.of(reader, 7, 3, 50)).containsExactly(entries.get(1));
      assertThat(Newest.of(reader, 7, Long.MAX_VALUE, 1)).containsExactly(entries.get(0));
      assertThat(numbers(Newest.ofDevice(reader, 0, Long.MAX_VALUE, 50)))
          .containsExactly(3L, 2L, 1L);
      assertThat(Newest.ofDevice(reader, 1, Long.MAX_VALUE, 50)).isEmpty();
    }
  }

  @Test
  void shouldReadTheFileOfAStoreThatIsClosed() {
    try (SqliteStore store = open()) {
      Call.write(LAST_ADDRESS, 5).runOn(store);
      Call.write(0, 6).runOn(store);
    }
    try (HistoryReader reader = HistoryReader.openIn(directory)) {
      assertThat(numbers(Newest.of(reader, LAST_ADDRESS, Long.MAX_VALUE, 9))).containsExactly(1L);
      assertThat(numbers(Newest.of(reader, 0, Long.MAX_VALUE, 9))).containsExactly(2L);
      assertThat(numbers(Newest.ofDevice(reader, 0xFFFF, Long.MAX_VALUE, 9))).containsExactly(1L);
    }
  }

  @Test
  void shouldPageThroughARegisterThatFillsManyBlocks() throws Exception {
    int writes = 2 * RunBlock.RUN_WRITES + 5000;
    try (SqliteStore store = open();
        HistoryReader reader = store.historyReader()) {
      Call.write(LAST_ADDRESS, 1).thenWrite(0, 1).runOn(store);
      write(store, 0x0FAC0B, writes);
      awaitIndexedThrough(2 * RunBlock.RUN_WRITES - 1);
      assertThat(Sql.number(file(), "SELECT count(*) FROM history_runs")).isGreaterThan(20);
      long before = Long.MAX_VALUE;
      long expected = writes + 2L;
      while (before > 3) {
        List<HistoryEntry> page = Newest.of(reader, 0x0FAC0B, before, 9999);
        for (HistoryEntry entry : page) {
          assertThat(entry.number()).isEqualTo(expected--);
          assertThat(entry.value()).isEqualTo((entry.number() - 3) & 0xFFFF);
        }
        before = page.get(page.size() - 1).number();
      }
      assertThat(Newest.of(reader, 0x0FAC0B, before, 9999)).isEmpty();
      assertThat(numbers(Newest.of(reader, LAST_ADDRESS, Long.MAX_VALUE, 50))).containsExactly(1L);
      assertThat(numbers(Newest.of(reader, 0, Long.MAX_VALUE, 50))).containsExactly(2L);
      assertThat(numbers(Newest.ofDevice(reader, 0, Long.MAX_VALUE, 50))).containsExactly(2L);
      assertThat(Newest.of(reader, 0x0FAC0A, Long.MAX_VALUE, 50)).isEmpty();
    }
  }

  @Test
  void shouldIndexAFileOfVersion2AfterTheStart() throws Exception {
    try (SqliteStore store = open()) {
      write(store, 1, RunBlock.RUN_WRITES + 10);
    }
    OldVersion.make(file(), 2);
    assertThatThrownBy(() -> HistoryReader.open(file()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("was written by an older wwep (schema 2, this one reads 4): start");
    try (SqliteStore store = open();
        HistoryReader reader = store.historyReader()) {
      assertThat(store.read(1)).isEqualTo(9);
      assertThat(Newest.of(reader, 1, Long.MAX_VALUE, 50)).hasSize(50);
      awaitIndexedThrough(RunBlock.RUN_WRITES - 1);
      assertThat(Newest.of(reader, 1, 51, 50)).hasSize(50);
    }
  }

  @Test
  void shouldRemoveRunsOfRemovedWritesAndWhatWasLeftOfOne() throws Exception {
    try (SqliteStore store = open(HistoryLimit.parse("100rows"))) {
      write(store, 5, 3 * RunBlock.RUN_WRITES);
      awaitIndexedThrough(3 * RunBlock.RUN_WRITES - 1);
      // Run 2 has the newest writes; number 0 is nobody's.
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Sql.number(file(), "SELECT min(key >> 32) FROM history_runs") == 2);
    }
    Sql.run(file(), "INSERT INTO history_runs VALUES(3 << 32, x'0005', 0, 1)");
    try (SqliteStore store = open(HistoryLimit.parse("100rows"));
        HistoryReader reader = store.historyReader()) {
      assertThat(Newest.of(reader, 0, Long.MAX_VALUE, 50)).isEmpty();
      write(store, 5, RunBlock.RUN_WRITES);
      awaitIndexedThrough(4 * RunBlock.RUN_WRITES - 1);
      assertThat(Sql.number(file(), "SELECT count(*) FROM history_runs WHERE pairs = x'0005'"))
          .isZero();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Newest.of(reader, 5, Long.MAX_VALUE, 1000).size() == 100);
    }
  }

  @Test
  void shouldReadWhileTheStoreCommits() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (SqliteStore store = open();
        HistoryReader reader = store.historyReader()) {
      AtomicBoolean writing = new AtomicBoolean(true);
      Future<Integer> pages = threads.submit(() -> readPages(reader, writing));
      int writes = 3 * RunBlock.RUN_WRITES;
      write(store, 3, writes);
      awaitIndexedThrough(3 * RunBlock.RUN_WRITES - 1);
      writing.set(false);
      assertThat(pages.get(20, TimeUnit.SECONDS)).isPositive();
      assertThat(Newest.of(reader, 3, Long.MAX_VALUE, 1).get(0).number()).isEqualTo(writes);
    } finally {
      threads.shutdownNow();
    }
    assertThat(Files.exists(directory.resolve("wwep.db-wal"))).isFalse();
  }

  /** Each page has the newest writes of a moment, none missing. */
  private static int readPages(HistoryReader reader, AtomicBoolean writing) {
    int pages = 0;
    long newest = 0;
    while (writing.get()) {
      List<HistoryEntry> page = Newest.of(reader, 3, Long.MAX_VALUE, 50);
      for (int i = 0; i < page.size(); i++) {
        assertThat(page.get(i).number()).isEqualTo(page.get(0).number() - i);
        assertThat(page.get(i).value()).isEqualTo((page.get(i).number() - 1) & 0xFFFF);
      }
      if (!page.isEmpty()) {
        assertThat(page.get(0).number()).isGreaterThanOrEqualTo(newest);
        newest = page.get(0).number();
        pages++;
      }
    }
    return pages;
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws Exception {
    assertRefused(directory.resolve("none.db"), "there is no database", "--data directory");
    Path text = Files.writeString(directory.resolve("text.db"), "no database ".repeat(500));
    assertRefused(text, "is not a wwep database", "choose another --data directory");
    Path other = directory.resolve("other.db");
    Sql.run(other, "CREATE TABLE notes(text)");
    assertRefused(other, "is not a wwep database", "choose another --data directory");
    open().close();
    Sql.run(file(), "PRAGMA user_version = 5");
    assertRefused(file(), "was written by a newer wwep", "run that version");
  }

  private static void assertRefused(Path file, String... parts) {
    assertThatThrownBy(() -> HistoryReader.open(file))
        .isInstanceOf(StoreException.class)
        .message()
        .doesNotContain("\n")
        .contains(parts);
  }

  @Test
  void shouldSayThatTheFileIsLocked() throws Exception {
    try (SqliteStore store = open()) {
      Call.write(1, 1).runOn(store);
    }
    try (Connection connection = Sql.connect(file());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA locking_mode = EXCLUSIVE");
      statement.execute("BEGIN EXCLUSIVE");
      assertRefused(file(), "is locked by another program", "close it");
    }
  }

  @Test
  void shouldNoticeAnIndexThatDoesNotFit() throws SQLException {
    try (SqliteStore store = open()) {
      write(store, 1, RunBlock.RUN_WRITES);
      awaitIndexedThrough(RunBlock.RUN_WRITES - 1);
    }
    Sql.run(file(), "UPDATE history_runs SET key = key + 256");
    try (HistoryReader reader = HistoryReader.open(file())) {
      assertThatThrownBy(() -> Newest.of(reader, 2, Long.MAX_VALUE, 50))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is damaged");
    }
  }

  @Test
  void shouldRefuseArgumentsOutOfTheirRange() {
    try (SqliteStore store = open();
        HistoryReader reader = store.historyReader()) {
      List<Runnable> calls = new ArrayList<>();
      calls.add(() -> Newest.of(reader, -1, 1, 1));
      calls.add(() -> Newest.of(reader, LAST_ADDRESS + 1, 1, 1));
      calls.add(() -> Newest.ofDevice(reader, 0x10000, 1, 1));
      calls.add(() -> Newest.of(reader, 1, 0, 1));
      calls.add(() -> Newest.of(reader, 1, 1, 0));
      calls.add(() -> Newest.of(reader, 1, 1, HistoryReader.LIMIT_MAX + 1));
      assertThat(calls)
          .allSatisfy(
              call ->
                  assertThatThrownBy(call::run)
                      .isInstanceOf(IllegalArgumentException.class)
                      .hasMessageContaining("must be"));
    }
  }

  @Test
  void shouldNoticeAPeerThatTheFileDoesNotKnow() throws SQLException {
    try (SqliteStore store = open()) {
      Call.write(1, 1).runOn(store);
    }
    Sql.run(file(), "DELETE FROM peers");
    try (HistoryReader reader = HistoryReader.openIn(directory)) {
      assertThatThrownBy(() -> Newest.of(reader, 1, Long.MAX_VALUE, 1))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is damaged (peer 1 is not what was written)");
    }
  }

  @Test
  void shouldReadAClosedFileWhereNothingCanBeWritten() throws Exception {
    assumeFalse("root".equals(System.getProperty("user.name")), "root may write everywhere");
    try (SqliteStore store = open()) {
      write(store, 7, 1000);
    }
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("r-xr-xr-x"));
    try (HistoryReader reader = HistoryReader.openIn(directory)) {
      assertThat(Newest.of(reader, 7, Long.MAX_VALUE, 3)).hasSize(3);
    } finally {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
  }
}
