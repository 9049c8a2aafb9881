package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Backups of running and stopped stores, and how they come back. */
final class BackupTest {

  @TempDir private Path directory;

  private Path data() {
    return directory.resolve("data");
  }

  private Path copy() {
    return directory.resolve("copy.db");
  }

  private Store open() {
    return SqliteStore.openIn(data(), Fsync.ALWAYS, HistoryLimit.DEFAULT);
  }

  private void write(int value) {
    try (Store store = open()) {
      Call.write(1, value).runOn(store);
    }
  }

  private List<String> names(Path in) throws IOException {
    try (var all = Files.list(in)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  private void assertRegister(int value) {
    try (Store store = open()) {
      assertThat(store.read(1)).isEqualTo(value);
    }
  }

  @Test
  void shouldCopyOneMomentWhileTheStoreCommits() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try (Store store = open()) {
      AtomicBoolean writing = new AtomicBoolean(true);
      Call.write(1, 0).thenWrite(2, 0).runOn(store);
      Future<Integer> written = thread.submit(() -> writePairs(store, writing));
      for (int i = 0; i < 5; i++) {
        CheckReport report = Backup.makeOf(data(), copy(), true);
        assertThat(report.isSound()).isTrue();
        // Both are written in one commit each time.
        assertThat(Sql.number(copy(), "SELECT count(DISTINCT value) FROM registers")).isEqualTo(1);
      }
      writing.set(false);
      assertThat(written.get()).isPositive();
    } finally {
      thread.shutdownNow();
    }
    assertThat(names(directory)).containsExactly("copy.db", "data");
  }

  private static int writePairs(Store store, AtomicBoolean writing) {
    int rounds = 0;
    while (writing.get()) {
      rounds++;
      Call.write(1, rounds & 0xFFFF).thenWrite(2, rounds & 0xFFFF).runOn(store);
    }
    return rounds;
  }

  @Test
  void shouldLeaveNoTraceBesideAStoppedDatabase() throws Exception {
    write(7);
    List<String> before = names(data());
    Backup.makeOf(data(), copy(), false);
    assertThat(names(data())).isEqualTo(before);
    assertThat(names(directory)).containsExactly("copy.db", "data");
  }

  @Test
  void shouldReplaceAFileOnlyWhenTold() throws Exception {
    write(7);
    Files.writeString(copy(), "mine");
    assertThatThrownBy(() -> Backup.makeOf(data(), copy(), false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is there already")
        .hasMessageContaining("--force");
    assertThat(copy()).hasContent("mine");
    Backup.makeOf(data(), copy(), true);
    assertThat(Sql.number(copy(), "SELECT decimal FROM registers")).isEqualTo(7);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wwep.db",
        "wwep.db-wal",
        "wwep.db-shm",
        "wwep.db-journal",
        "wwep.db-restore",
        "wwep.db-restore.part",
        "wwep.lock",
        "wwep.mark",
        "wwep.control",
        "tls/ec.key.pem"
      })
  void shouldNotTakeANameOfAServersFilesEvenWhenTold(String name) throws Exception {
    write(7);
    Files.createDirectories(data().resolve("tls"));
    Path link = Files.createSymbolicLink(directory.resolve("link"), data());
    for (Path place : List.of(data(), link)) {
      assertThatThrownBy(() -> Backup.makeOf(data(), place.resolve(name), true))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is one of a server's own files: choose another name");
    }
    assertRegister(7);
  }

  @Test
  void shouldTakeOtherNamesInADataDirectory() throws Exception {
    write(7);
    Files.createFile(data().resolve("rows.csv.lock"));
    Files.createFile(data().resolve("rows.csv"));
    for (String name :
        List.of("backup.db", "wwep-backup.db", "wwep.db.backup", "wal", "rows.csv")) {
      assertThat(Backup.makeOf(data(), data().resolve(name), true).isSound()).isTrue();
    }
    assertRegister(7);
  }

  /**
   * Of a restore that was cut off, the only copy of the data; of one that is done, the old ones.
   */
  @ParameterizedTest
  @ValueSource(strings = {"wwep.db-restore", "wwep-replaced-20261127-010203-004.db"})
  void shouldNotReplaceWhatARestoreHasKept(String name) throws Exception {
    write(7);
    Backup.makeOf(data(), copy(), false);
    Path kept = Files.copy(copy(), data().resolve(name));
    if (name.endsWith("-restore")) {
      Files.delete(data().resolve("wwep.db"));
    }
    assertThatThrownBy(() -> NewFile.write(kept, true, stream -> stream.write(1)))
        .hasMessageContaining("is one of a server's own files");
    assertThat(kept).hasSameBinaryContentAs(copy());
  }

  @Test
  void shouldNotMakeACopyBesideTheLogOfAnother() throws Exception {
    write(7);
    Files.writeString(directory.resolve("copy.db-wal"), "a log");
    assertThatThrownBy(() -> Backup.makeOf(data(), copy(), true))
        .hasMessageContaining("copy.db-wal is there, the log of another database");
    assertThatThrownBy(() -> NewFile.write(Path.of("/"), true, stream -> stream.write(1)))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void shouldSayWhatIsWrongWithWhatIsToBeRestored() throws Exception {
    write(7);
    Path text =
        Files.writeString(directory.resolve("text.db"), "this is no database at all\n".repeat(9));
    Path empty = Files.createFile(directory.resolve("empty.db"));
    Path other = directory.resolve("other.db");
    Sql.run(other, "CREATE TABLE t(a)");
    for (Path each : List.of(text, empty, other)) {
      assertThatThrownBy(() -> Restore.into(data(), each))
          .hasMessage(each + " is no backup of wwep: give a file that 'wwep backup' made");
    }
    for (Path each : List.of(directory.resolve("nowhere.db"), directory)) {
      assertThatThrownBy(() -> Restore.into(data(), each))
          .hasMessageContaining(each + "")
          .hasMessageEndingWith("give a file that 'wwep backup' made");
    }
    assertRegister(7);
  }

  @Test
  void shouldNotCallACopyOfDamagedDataABackup() throws Exception {
    write(7);
    Sql.run(data().resolve("wwep.db"), "UPDATE register_base SET crc = crc + 1");
    assertThatThrownBy(() -> Backup.makeOf(data(), copy(), false))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is damaged");
    assertThat(names(directory)).containsExactly("data");
  }

  @Test
  void shouldRestoreAndKeepWhatWasThere() throws Exception {
    write(7);
    Backup.makeOf(data(), copy(), false);
    write(8);
    Restore.Restored restored = Restore.into(data(), copy());
    assertRegister(7);
    assertThat(restored.kept().getFileName().toString()).startsWith("wwep-replaced-");
    assertThat(Sql.number(restored.kept(), "SELECT decimal FROM registers")).isEqualTo(8);
    write(9);
    assertRegister(9);
  }

  @Test
  void shouldRestoreIntoADirectoryThatIsNotThere() {
    write(7);
    Backup.makeOf(data(), copy(), false);
    Path other = directory.resolve("other");
    assertThat(Restore.into(other, copy()).kept()).isNull();
    try (Store store = SqliteStore.openIn(other, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.read(1)).isEqualTo(7);
    }
  }

  @Test
  void shouldNotRestoreUnderARunningStoreNorADamagedBackup() throws Exception {
    write(7);
    Backup.makeOf(data(), copy(), false);
    try (Store store = open()) {
      assertThatThrownBy(() -> Restore.into(data(), copy()))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is in use");
      assertThat(Call.write(1, 8).runOn(store).failure()).isNull();
    }
    Sql.run(copy(), "UPDATE register_base SET crc = crc + 1");
    assertThatThrownBy(() -> Restore.into(data(), copy()))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("copy.db is damaged");
    assertThat(names(data())).containsExactly("wwep.db", "wwep.lock", "wwep.mark");
    assertRegister(8);
  }

  /** As a kill leaves it at each step behind the decision. */
  @Test
  void shouldBringADecidedRestoreToItsEndAtTheNextStart() throws Exception {
    write(7);
    Backup.makeOf(data(), copy(), false);
    for (int step = 0; step < 2; step++) {
      write(8);
      Files.copy(copy(), data().resolve("wwep.db-restore"));
      if (step == 1) {
        Files.move(data().resolve("wwep.db"), data().resolve("wwep-replaced-by-hand.db"));
      }
      try (Store store = open()) {
        assertThat(store.read(1)).isEqualTo(7);
        assertThat(store.notes())
            .hasSize(step == 0 ? 1 : 0)
            .allMatch(n -> n.contains("is kept as "));
      }
      assertRegister(7);
      assertThat(data().resolve("wwep.db-restore")).doesNotExist();
    }
  }

  @Test
  void shouldTakeACopyPutInPlaceByHand() throws Exception {
    write(7);
    Backup.makeOf(data(), copy(), false);
    write(8);
    Files.delete(data().resolve("wwep.db"));
    Files.copy(copy(), data().resolve("wwep.db"));
    assertRegister(7);
  }
}
