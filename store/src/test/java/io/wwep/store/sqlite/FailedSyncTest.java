package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HealthListener;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A sync that failed: the system's cache may show what the disk does not have, and later syncs do
 * not say so. Nothing is acknowledged before all of it was written anew and compared with memory.
 */
final class FailedSyncTest {

  @TempDir private Path directory;

  private final List<String> news = new CopyOnWriteArrayList<>();

  private FaultyStore open() {
    FaultyStore faulty = new FaultyStore(directory);
    faulty
        .store()
        .addListener(
            new HealthListener() {
              @Override
              public void failing(String sentence) {
                news.add("failing: " + sentence);
              }

              @Override
              public void healed(String sentence) {
                news.add("healed: " + sentence);
              }
            });
    return faulty;
  }

  @Test
  void shouldWriteTheWholeLogAnewBeforeAnythingIsAcknowledgedAgain() throws Exception {
    try (FaultyStore faulty = open();
        // While somebody has the file open, a connection that is closed copies nothing.
        Connection other = Sql.connect(faulty.file())) {
      Sql.rows(other, "SELECT * FROM registers");
      Call.write(1, 10).runOn(faulty.store());
      faulty.set(FaultyStore.Fault.WRITTEN_BUT_FAILED);
      assertThat(Call.write(1, 11).runOn(faulty.store()).failure())
          .startsWith(faulty.file() + " may not be on disk (a sync failed)")
          .contains("check the disk");
      faulty.set(FaultyStore.Fault.NONE);
      assertThat(Call.write(2, 20).runOn(faulty.store()).failure()).isNull();
      // The log may have a hole now where 10 was: the file alone must have it.
      assertThat(rowsWithoutLog(faulty.file(), "SELECT register, value FROM registers"))
          .contains("01|000A");
    }
  }

  /**
   * While a reader holds a checkpoint up, SQLite counts pages as copied before the file is synced,
   * and copies them never again.
   */
  @Test
  void shouldWriteAnewWhatACheckpointHasCopiedAndNotSynced() throws Exception {
    try (FaultyStore faulty = open();
        Connection other = Sql.connect(faulty.file());
        Statement statement = other.createStatement()) {
      failBehindAHeldUpCheckpoint(faulty, other, statement);
      Marks marks = new Marks(faulty.file());
      assertThat(marks.put()).isGreaterThan(1);
      statement.execute("COMMIT");
      faulty.set(FaultyStore.Fault.NONE);
      assertThat(Call.write(3, 31).runOn(faulty.store()).failure()).isNull();
      assertThat(marks.count()).as("pages that nobody wrote again").isZero();
      assertThat(rowsWithoutLog(faulty.file(), "PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  /** A reader, whose transaction stays open, holds a checkpoint up; then a sync fails. */
  private static void failBehindAHeldUpCheckpoint(
      FaultyStore faulty, Connection other, Statement statement) throws Exception {
    // So many that the last page is not the only one.
    for (int value = 1; value <= 200; value++) {
      Call.write(1, value).runOn(faulty.store());
    }
    statement.execute("BEGIN");
    Sql.rows(other, "SELECT * FROM registers");
    Call.write(2, 20).runOn(faulty.store());
    Sql.rows(faulty.file(), "PRAGMA wal_checkpoint(PASSIVE)");
    faulty.set(FaultyStore.Fault.WRITTEN_BUT_FAILED);
    Call.write(3, 30).runOn(faulty.store());
  }

  /** Marks in a file's pages, where nothing else is; they go when a page is written. */
  private record Marks(Path file) {

    private static final int PAGE_BYTES = 4096;
    private static final int LEAF = 0x0D;
    private static final int HEADER_BYTES = 8;
    private static final byte[] MARK = "as it was".getBytes(StandardCharsets.US_ASCII);

    /** Marks the leaves of tables that have room, and returns how many. */
    int put() throws IOException {
      ByteBuffer content = ByteBuffer.wrap(Files.readAllBytes(file));
      int marked = 0;
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        for (int page = PAGE_BYTES; page < content.limit(); page += PAGE_BYTES) {
          int gap = page + HEADER_BYTES + 2 * content.getShort(page + 3);
          int gapEnd = page + Short.toUnsignedInt(content.getShort(page + 5));
          if (content.get(page) == LEAF && gapEnd - gap >= MARK.length) {
            channel.write(ByteBuffer.wrap(MARK), gapEnd - MARK.length);
            marked++;
          }
        }
      }
      return marked;
    }

    int count() throws IOException {
      String text = Files.readString(file, StandardCharsets.ISO_8859_1);
      return text.split(new String(MARK, StandardCharsets.US_ASCII), -1).length - 1;
    }
  }

  private List<String> rowsWithoutLog(Path file, String sql) throws Exception {
    Path alone = directory.resolve("alone.db");
    Files.copy(file, alone, StandardCopyOption.REPLACE_EXISTING);
    return Sql.rows(alone, sql);
  }

  @Test
  void shouldSayThatItFailsAndThatTheFileWasChecked() throws Exception {
    try (FaultyStore faulty = open()) {
      Call.write(1, 10).runOn(faulty.store());
      faulty.set(FaultyStore.Fault.WRITTEN_BUT_FAILED);
      Call.write(1, 11).runOn(faulty.store());
      Call.write(1, 12).runOn(faulty.store());
      faulty.set(FaultyStore.Fault.NONE);
      // Without a further write: who waits for the good news may not send one.
      await().until(() -> news.size() == 2);
      assertThat(news.get(0)).startsWith("failing: " + faulty.file() + " may not be on disk");
      assertThat(news.get(1))
          .startsWith(
              "healed: " + faulty.file() + " was opened again and checked: its 1 registers");
    }
  }

  /** A full disk first, and then a sync that fails while that is got over. */
  @Test
  void shouldCheckTheFileWhenTheSyncOfARepairHasFailed() throws Exception {
    try (FaultyStore faulty = open()) {
      Call.write(1, 10).runOn(faulty.store());
      faulty.setNext(FaultyStore.Fault.REFUSED, FaultyStore.Fault.WRITTEN_BUT_FAILED);
      assertThat(Call.write(1, 11).runOn(faulty.store()).failure()).contains("the disk is full");
      assertThat(Call.write(1, 12).runOn(faulty.store()).failure()).isNull();
      await().until(() -> news.size() == 2);
      assertThat(news.get(1)).contains("was opened again and checked: its 1 registers");
    }
  }

  /** Whoever closes a database last copies the log and removes it, as it is. */
  @Test
  void shouldKeepTheLogUntilItWasWrittenAnew() throws Exception {
    try (FaultyStore faulty = open()) {
      Path log = Path.of(faulty.file() + "-wal");
      for (int i = 0; i < 50; i++) {
        Call.write(1, i).runOn(faulty.store());
      }
      long before = Files.size(log);
      faulty.set(FaultyStore.Fault.WRITTEN_BUT_FAILED);
      faulty.setUnreachable(true);
      Call.write(1, 11).runOn(faulty.store());
      assertThat(Files.size(log)).isGreaterThan(before);
    }
    assertThat(Path.of(directory.resolve("wwep.db") + "-wal")).isNotEmptyFile();
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.registerCount()).isEqualTo(1);
    }
  }

  /** The pages that were copied and not synced are nowhere else. */
  @Test
  void shouldKeepTheLogWhenTheLastCheckpointFails() throws Exception {
    Path log = directory.resolve("wwep.db-wal");
    try (FaultyStore faulty = open()) {
      for (int i = 0; i < 50; i++) {
        Call.write(1, i).runOn(faulty.store());
      }
      faulty.failCheckpoints();
    }
    assertThat(log).isNotEmptyFile();
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.read(1)).isEqualTo(49);
    }
    await("the log to be gone after a start that could copy it").until(() -> Files.notExists(log));
  }

  @Test
  void shouldRemoveWhatWasRefusedAlsoWithoutRoomForACopy() throws Exception {
    try (FaultyStore faulty = open();
        Connection other = Sql.connect(faulty.file());
        Statement statement = other.createStatement()) {
      faulty.setNoRoom(true);
      failBehindAHeldUpCheckpoint(faulty, other, statement);
      faulty.set(FaultyStore.Fault.NONE);
      statement.execute("COMMIT");
      assertThat(Call.write(1, 12).runOn(faulty.store()).failure()).contains("free some space");
      assertThat(Sql.number(faulty.file(), "SELECT max(id) FROM history_chunks"))
          .as("the last write in the file, which was not refused")
          .isEqualTo(201);
      faulty.setNoRoom(false);
      await().until(() -> Call.write(1, 13).runOn(faulty.store()).failure() == null);
    }
  }

  /** Who watches the thread must not take it for stuck. */
  @Test
  void shouldTellThatItGoesOnWhileTheFileIsLookedThroughAndWrittenAnew() throws Exception {
    Path file = directory.resolve("wwep.db");
    try (Store store = SqliteStore.openIn(directory, Fsync.NEVER, HistoryLimit.DEFAULT)) {
      for (int i = 0; i < 20_000; i++) {
        Call.write(i & 0xFFF, i & 0xFFFF).runOn(store);
      }
    }
    AtomicInteger told = new AtomicInteger();
    try (Database database = new Database(file, Fsync.NEVER)) {
      assertThat(database.damage(told::incrementAndGet)).isNull();
      assertThat(told.getAndSet(0)).as("times told during the check").isPositive();
      database.begin(false);
      database.removeHistoryAfter(20_000);
      database.commit();
      database.checkpointWhatIsFree();
      database.writePagesAnew(told::incrementAndGet);
      assertThat(told.get()).as("times told while all was written").isPositive();
    }
  }

  /** Each attempt would make the log longer by the whole file. */
  @Test
  void shouldWriteEachPageAnewOnceWhileAnotherProgramReads() throws Exception {
    try (FaultyStore faulty = open();
        Connection other = Sql.connect(faulty.file());
        Statement statement = other.createStatement()) {
      failBehindAHeldUpCheckpoint(faulty, other, statement);
      faulty.set(FaultyStore.Fault.NONE);
      Call.write(3, 31).runOn(faulty.store());
      long once = Files.size(Path.of(faulty.file() + "-wal"));
      for (int i = 0; i < 5; i++) {
        assertThat(Call.write(3, 32).runOn(faulty.store()).failure()).contains("another program");
      }
      long more = Files.size(Path.of(faulty.file() + "-wal")) - once;
      assertThat(more).as("growth by five attempts").isLessThan(Files.size(faulty.file()) * 2);
      statement.execute("COMMIT");
    }
  }

  @Test
  void shouldTellOfAFullDiskOnceAndWhenItTakesWritesAgain() {
    try (FaultyStore faulty = open()) {
      faulty.set(FaultyStore.Fault.REFUSED);
      Call.write(1, 11).runOn(faulty.store());
      Call.write(1, 12).runOn(faulty.store());
      assertThat(news).singleElement().asString().contains("the disk is full: free some space");
      faulty.set(FaultyStore.Fault.NONE);
      Call.write(1, 13).runOn(faulty.store());
      // What could not be done between the commits is tried again within a second.
      await().until(() -> news.size() == 2);
      assertThat(news.get(1)).isEqualTo("healed: " + faulty.file() + " takes writes again");
    }
  }

  @Test
  void shouldFindOutByItselfThatThereIsRoomAgain() {
    try (FaultyStore faulty = open()) {
      faulty.set(FaultyStore.Fault.BROKEN_OFF);
      Call.write(1, 11).runOn(faulty.store());
      assertThat(news).singleElement().asString().startsWith("failing: ");
      faulty.set(FaultyStore.Fault.NONE);
      await().until(() -> news.size() == 2);
      assertThat(faulty.store().health().failure()).isNull();
    }
  }

  @Test
  void shouldNotAcknowledgeAnythingWhenTheFileLacksWhatWasAcknowledged() throws Exception {
    Path other = directory.resolve("other");
    try (Store store = SqliteStore.openIn(other, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      Call.write(1, 9).runOn(store);
    }
    try (FaultyStore faulty = open()) {
      Store store = faulty.store();
      Call.write(1, 10).runOn(store);
      faulty.set(FaultyStore.Fault.WRITTEN_BUT_FAILED);
      faulty.setUnreachable(true);
      Call.write(1, 11).runOn(store);
      // Sound, with as many writes, and in the same place: only the register gives it away.
      Sql.run(
          faulty.file(),
          "UPDATE history_chunks SET writes = x'%s' WHERE id = 1".formatted(writesOf(other)));
      Sql.renewChecksums(faulty.file());
      faulty.set(FaultyStore.Fault.NONE);
      faulty.setUnreachable(false);
      assertThat(Call.write(2, 20).runOn(store).failure())
          .startsWith(
              faulty.file() + " does not hold what was acknowledged (register 000001 differs)")
          .contains("wwep dump");
      assertThat(store.read(1)).isEqualTo(10);
      assertThat(store.read(2)).isEqualTo(Store.ABSENT);
    }
  }

  private static String writesOf(Path data) throws Exception {
    return Sql.rows(data.resolve("wwep.db"), "SELECT hex(writes) FROM history_chunks").get(0);
  }

  @Test
  void shouldNotAcknowledgeAnythingWhenTheFileIsDamaged() throws Exception {
    try (FaultyStore faulty = open()) {
      Store store = faulty.store();
      Call.write(1, 10).runOn(store);
      String folded = "SELECT value FROM meta WHERE key = 'folded_through'";
      await().until(() -> Sql.number(faulty.file(), folded) == 1);
      faulty.set(FaultyStore.Fault.WRITTEN_BUT_FAILED);
      faulty.setUnreachable(true);
      Call.write(1, 11).runOn(store);
      Sql.run(faulty.file(), "UPDATE register_base SET registers = zeroblob(length(registers))");
      faulty.set(FaultyStore.Fault.NONE);
      faulty.setUnreachable(false);
      assertThat(Call.write(2, 20).runOn(store).failure()).contains("damaged", "wwep restore");
      assertThat(store.read(1)).isEqualTo(10);
    }
  }

  @Test
  void shouldWaitForAnotherProgramThatReadsAnOldState() throws Exception {
    try (FaultyStore faulty = open();
        Connection other = Sql.connect(faulty.file());
        Statement statement = other.createStatement()) {
      Call.write(1, 10).runOn(faulty.store());
      statement.execute("BEGIN");
      Sql.rows(other, "SELECT * FROM registers");
      Call.write(1, 11).runOn(faulty.store());
      faulty.set(FaultyStore.Fault.WRITTEN_BUT_FAILED);
      Call.write(1, 12).runOn(faulty.store());
      faulty.set(FaultyStore.Fault.NONE);
      assertThat(Call.write(1, 13).runOn(faulty.store()).failure())
          .contains("cannot be copied while another program reads it");
      statement.execute("COMMIT");
      assertThat(Call.write(1, 14).runOn(faulty.store()).failure()).isNull();
    }
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.read(1)).isEqualTo(14);
    }
  }
}
