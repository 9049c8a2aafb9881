package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.store.Batch;
import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Origin;
import io.wwep.store.Store;
import io.wwep.store.StoreException;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Commits that fail: the caller hears of it, memory and file agree, and it heals. */
final class SqliteFailureTest {

  @TempDir private Path directory;

  @Test
  void shouldFailWritesWhileAnotherProgramLocksTheDatabaseAndThenHeal() throws Exception {
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT);
        Connection other = Sql.connect(directory.resolve("wwep.db"));
        Statement statement = other.createStatement()) {
      Call.write(1, 10).runOn(store);
      statement.execute("BEGIN IMMEDIATE");
      long start = System.nanoTime();
      Call refused = Call.write(1, 11).thenRead(1).thenGap(3).thenWrite(2, 5).runOn(store);
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(2));
      assertThat(refused.values()).containsExactly(Batch.FAILED, 10, 3, Batch.FAILED);
      assertThat(refused.failure())
          .isEqualTo(
              directory.resolve("wwep.db")
                  + " is locked by another program: end its transaction or close it");
      assertThat(store.read(1)).isEqualTo(10);
      assertThat(store.read(2)).isEqualTo(Store.ABSENT);
      statement.execute("ROLLBACK");
      assertThat(Call.write(1, 12).runOn(store).failure()).isNull();
      assertThat(store.read(1)).isEqualTo(12);
    }
    assertRegisters(1, 12);
  }

  @Test
  void shouldCloseInTimeWhileAnotherProgramLocksTheDatabase() throws Exception {
    Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT);
    Call.write(1, 10).runOn(store);
    try (Connection other = Sql.connect(directory.resolve("wwep.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      Call queued = Call.write(1, 11).startOn(store);
      long start = System.nanoTime();
      store.close();
      assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MILLISECONDS.toNanos(1500));
      assertThat(queued.await().values()).containsExactly(Batch.FAILED);
    }
    await().ignoreExceptionsInstanceOf(StoreException.class).untilAsserted(this::assertTen);
  }

  private void assertTen() {
    assertRegisters(1, 10);
  }

  @Test
  void shouldNotWaitForAReaderOfAnOldState() throws Exception {
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT);
        Connection other = Sql.connect(directory.resolve("wwep.db"));
        Statement statement = other.createStatement()) {
      Call.write(1, 10).runOn(store);
      statement.execute("BEGIN");
      assertThat(Sql.rows(other, "SELECT value FROM registers")).containsExactly("000A");
      for (int i = 0; i < 200; i++) {
        assertThat(Call.write(1, i).runOn(store).failure()).isNull();
      }
      assertThat(Sql.rows(other, "SELECT value FROM registers")).containsExactly("000A");
      statement.execute("COMMIT");
      assertThat(Sql.rows(other, "SELECT decimal FROM registers")).containsExactly("199");
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "ERROR"})
  void shouldKeepMemoryAndFileInAgreementWhenACommitFails(FaultyStore.Fault fault)
      throws Exception {
    try (FaultyStore faulty = new FaultyStore(directory)) {
      Store store = faulty.store();
      Call.write(1, 10).runOn(store);
      faulty.set(fault);
      Call failed = Call.write(1, 11).thenWrite(2, 2).runOn(store);
      assertThat(failed.values()).containsOnly(Batch.FAILED);
      assertThat(failed.failure()).startsWith(faulty.file().toString()).contains("disk");
      assertThat(store.read(1)).isEqualTo(10);
      assertThat(store.read(2)).isEqualTo(Store.ABSENT);
      faulty.set(FaultyStore.Fault.NONE);
      assertThat(Call.write(3, 3).runOn(store).failure()).isNull();
      assertThat(Sql.rows(faulty.file(), "SELECT register, value FROM registers"))
          .containsExactly("01|000A", "03|0003");
      assertThat(Sql.rows(faulty.file(), "SELECT seq, register, value FROM history"))
          .containsExactly("1|01|000A", "2|03|0003");
    }
    assertRegisters(1, 10, 3, 3);
  }

  @Test
  void shouldRemoveTheRowsOfAFailedCommitBeforeItsCallersHearOfIt() throws Exception {
    try (FaultyStore faulty = new FaultyStore(directory)) {
      faulty.set(FaultyStore.Fault.WRITTEN_BUT_FAILED);
      Call failed = Call.write(1, 11).startOn(faulty.store());
      failed.await();
      // What a crash at this very moment would leave behind.
      assertThat(Sql.rows(faulty.file(), "SELECT * FROM history")).isEmpty();
    }
  }

  @Test
  void shouldHealByItselfWhenTheFileCanBeOpenedAgain() throws Exception {
    try (FaultyStore faulty = new FaultyStore(directory)) {
      Store store = faulty.store();
      Call.write(1, 10).runOn(store);
      // With all folded, nothing else would make the thread open the file again.
      String folded = "SELECT value FROM meta WHERE key = 'folded_through'";
      await().until(() -> Sql.number(faulty.file(), folded) == 1);
      faulty.set(FaultyStore.Fault.WRITTEN_BUT_FAILED);
      faulty.setUnreachable(true);
      assertThat(Call.write(1, 11).runOn(store).failure()).contains("a sync failed");
      assertThat(Call.write(1, 12).runOn(store).failure()).contains("cannot be opened");
      assertThat(store.read(1)).isEqualTo(10);
      faulty.set(FaultyStore.Fault.NONE);
      faulty.setUnreachable(false);
      await()
          .atMost(10, TimeUnit.SECONDS)
          .until(
              () -> Sql.rows(faulty.file(), "SELECT decimal FROM registers").equals(List.of("10")));
      assertThat(Call.write(1, 13).runOn(store).failure()).isNull();
      assertThat(Sql.rows(faulty.file(), "SELECT value FROM history"))
          .containsExactly("000A", "000D");
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "ERROR"})
  void shouldForgetPeersOfATransactionThatWasUndone(FaultyStore.Fault fault) throws Exception {
    try (FaultyStore faulty = new FaultyStore(directory)) {
      Origin newcomer = new Origin("198.51.100.1", true);
      faulty.set(fault);
      Call.from(newcomer).thenWrite(1, 1).runOn(faulty.store());
      faulty.set(FaultyStore.Fault.NONE);
      Call.from(newcomer).thenWrite(1, 2).runOn(faulty.store());
      Call.from(Call.PLAIN).thenWrite(1, 3).runOn(faulty.store());
      assertThat(Sql.rows(faulty.file(), "SELECT value, peer, port FROM history"))
          .containsExactly("0002|198.51.100.1|tls", "0003|192.0.2.7|plain");
    }
  }

  @Test
  void shouldFailWritesWhenTheFileWasRemoved() throws Exception {
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      Call.write(1, 10).runOn(store);
      Path file = directory.resolve("wwep.db");
      Path aside = directory.resolve("aside.db");
      assumeTrue(File.separatorChar == '/', "an open file cannot be removed here");
      Files.move(file, aside);
      List<String> failures = new ArrayList<>();
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(
              () -> {
                String failure = Call.write(1, 11).runOn(store).failure();
                failures.add(String.valueOf(failure));
                return failure != null;
              });
      assertThat(failures.get(failures.size() - 1))
          .startsWith(file + " was removed or replaced while the server runs")
          .contains("put it back");
      Files.move(aside, file);
      assertThat(Call.write(1, 12).runOn(store).failure()).isNull();
    }
    assertRegisters(1, 12);
  }

  /**
   * Without its log a kill would lose what is not in the database yet, and without its lock a
   * second server would come; what a stop saves is not lost.
   */
  @ParameterizedTest
  @CsvSource({"wwep.db-wal, 1", "wwep.db-wal, 3000", "wwep.lock, 1"})
  void shouldFailWritesWhenAFileBesideItWasRemoved(String name, int writes) throws Exception {
    assumeTrue(File.separatorChar == '/', "an open file cannot be removed here");
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      for (int i = 0; i < writes; i++) {
        Call.write(1, 10).runOn(store);
      }
      Path file = directory.resolve(name);
      Files.delete(file);
      assertThat(store.health().failure()).contains(name + " was removed");
      assertThat(store.health().intact()).isTrue();
      String failure =
          await()
              .atMost(5, TimeUnit.SECONDS)
              .until(() -> Call.write(1, 10).runOn(store).failure(), Objects::nonNull);
      assertThat(failure)
          .contains(name + " was removed or replaced", "stop the server", "start it again");
      assertThat(Call.write(1, 11).runOn(store).failure()).isNotNull();
      assertThat(store.read(1)).isEqualTo(10);
    }
    assertRegisters(1, 10);
  }

  @Test
  void shouldNotRepairWithAnotherFile() throws Exception {
    assumeTrue(File.separatorChar == '/', "an open file cannot be replaced here");
    try (FaultyStore faulty = new FaultyStore(directory)) {
      Store store = faulty.store();
      Call.write(1, 10).runOn(store);
      Path copy = directory.resolve("copy.db");
      Sql.run(faulty.file(), "VACUUM INTO '" + copy + "'");
      Sql.run(copy, "INSERT INTO history_chunks VALUES(100, 0, x'0000010000010063', 0)");
      faulty.set(FaultyStore.Fault.REFUSED);
      faulty.setUnreachable(true);
      Call.write(1, 11).runOn(store);
      Files.delete(Path.of(faulty.file() + "-wal"));
      Files.delete(Path.of(faulty.file() + "-shm"));
      Files.move(copy, faulty.file(), StandardCopyOption.REPLACE_EXISTING);
      faulty.set(FaultyStore.Fault.NONE);
      faulty.setUnreachable(false);
      assertThat(Call.write(1, 12).runOn(store).failure()).contains("removed or replaced");
      assertThat(store.read(1)).isEqualTo(10);
      assertThat(Sql.number(faulty.file(), "SELECT max(seq) FROM history")).isEqualTo(100);
    }
  }

  /** Restarts and compares addresses and values, in turn. */
  private void assertRegisters(int... addressesAndValues) {
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.registerCount()).isEqualTo(addressesAndValues.length / 2);
      for (int i = 0; i < addressesAndValues.length; i += 2) {
        assertThat(store.read(addressesAndValues[i])).isEqualTo(addressesAndValues[i + 1]);
      }
    }
  }
}
