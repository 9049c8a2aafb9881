package io.wwep.store.sqlite;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips bits in a database and its log, cuts them, and wipes pages: what is salvaged is what was
 * written, nearly all of it is, and when something is not, that is told.
 */
final class SalvageTest {

  private static final HistoryLimit NO_LIMIT = new HistoryLimit(Long.MAX_VALUE, Long.MAX_VALUE);
  private static final int PAGE_BYTES = 4096;
  private static final int BATCHES = 200;
  private static final int ADDRESSES = 6 << 8;

  @TempDir private Path directory;

  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  /** All that was ever written, and what was ever in each register. */
  private final List<HistoryEntry> written = new ArrayList<>();

  private final Map<Integer, Set<Integer>> values = new HashMap<>();
  private List<HistoryEntry> history;
  private List<RegisterEntry> registers;

  /** What a killed server left. */
  private byte[] database;

  private byte[] log;
  private byte[] mark;
  private int tries;
  private long saved;
  private int complete;

  @BeforeEach
  void makeDatabase() throws Exception {
    System.out.println("SalvageTest seed " + seed);
    Path data = directory.resolve("good");
    try (Store store = SqliteStore.openIn(data, Fsync.ALWAYS, NO_LIMIT)) {
      write(store, BATCHES / 2);
    }
    try (Store store = SqliteStore.openIn(data, Fsync.ALWAYS, NO_LIMIT)) {
      write(store, BATCHES / 2);
      database = Files.readAllBytes(data.resolve("wwep.db"));
      log = Files.readAllBytes(data.resolve("wwep.db-wal"));
      mark = Files.readAllBytes(data.resolve("wwep.mark"));
    }
    Path copy = damaged(database, log);
    history = new ArrayList<>();
    registers = new ArrayList<>();
    Export.history(copy, history::add);
    Export.registers(copy, registers::add);
    assertThat(history).hasSameSizeAs(written);
  }

  private void write(Store store, int batches) {
    for (int i = 0; i < batches; i++) {
      Origin origin = new Origin("192.0.2." + random.nextInt(20), random.nextBoolean());
      Call call = Call.from(origin);
      for (int left = 1 + random.nextInt(100); left > 0; left--) {
        int address = random.nextInt(ADDRESSES);
        int value = random.nextInt(0x10000);
        call.thenWrite(address, value);
        written.add(new HistoryEntry(written.size() + 1, 0, address, value, origin));
        values.computeIfAbsent(address, any -> new HashSet<>()).add(value);
      }
      assertThat(call.runOn(store).failure()).isNull();
    }
  }

  private Path damaged(byte[] databaseBytes, byte[] logBytes) throws Exception {
    Path data = Files.createTempDirectory(directory, "damaged");
    Files.write(data.resolve("wwep.db"), databaseBytes);
    Files.write(data.resolve("wwep.db-wal"), logBytes);
    Files.write(data.resolve("wwep.mark"), mark);
    return data;
  }

  @Test
  void shouldGiveAllOfAGoodDatabaseWithItsLog() throws Exception {
    assertThat(log.length).isGreaterThan(10 * PAGE_BYTES);
    trySalvage("nothing", database, log);
    assertThat(complete).isEqualTo(1);
    Path stopped = directory.resolve("good");
    try (Salvage salvage = Salvage.in(stopped)) {
      List<HistoryEntry> found = new ArrayList<>();
      salvage.history(found::add);
      assertThat(found).isEqualTo(history);
    }
    assertThat(stopped.toFile().list())
        .containsExactlyInAnyOrder("wwep.db", "wwep.lock", "wwep.mark");
  }

  @Test
  void shouldSaveNearlyAllWhenBitsAreFlipped() throws Exception {
    for (int page = 0; page < database.length / PAGE_BYTES; page++) {
      for (int i = 0; i < 2; i++) {
        trySalvage("page " + page, flipped(database, page * PAGE_BYTES, PAGE_BYTES), log);
      }
      trySalvage("head of page " + page, flipped(database, page * PAGE_BYTES, 12), log);
    }
    for (int at = 0; at < log.length - PAGE_BYTES; at += PAGE_BYTES) {
      trySalvage("log " + at, database, flipped(log, at, PAGE_BYTES));
    }
    for (int at = 0; at < 32; at += 2) {
      trySalvage("head of the log " + at, database, flipped(log, at, 2));
    }
    assertThat(saved).isGreaterThan(tries * 95L * history.size() / 100);
    assertThat(complete).isBetween(1, tries - 10);
  }

  /** SQLite finds no table at all without its first page. */
  @Test
  void shouldSaveWhatIsInThePagesThatAreLeft() throws Exception {
    for (int page = 0; page < database.length / PAGE_BYTES; page++) {
      byte[] wiped = database.clone();
      Arrays.fill(wiped, page * PAGE_BYTES, (page + 1) * PAGE_BYTES, (byte) 0);
      trySalvage("wiped page " + page, wiped, log);
    }
    for (int length = 0; length < database.length; length += PAGE_BYTES) {
      trySalvage("cut to " + length, Arrays.copyOf(database, length + 77), log);
    }
    trySalvage("without a log", database, new byte[0]);
    assertThat(saved).isGreaterThan(tries * 60L * history.size() / 100);
  }

  private byte[] flipped(byte[] good, int from, int length) {
    byte[] bad = good.clone();
    int bit = random.nextInt(8 * length);
    bad[from + bit / 8] ^= (byte) (1 << (bit % 8));
    return bad;
  }

  private void trySalvage(String what, byte[] databaseBytes, byte[] logBytes) throws Exception {
    Path data = damaged(databaseBytes, logBytes);
    tries++;
    List<HistoryEntry> foundHistory = new ArrayList<>();
    List<RegisterEntry> foundRegisters = new ArrayList<>();
    List<String> leftOut;
    try (Salvage salvage = Salvage.in(data)) {
      salvage.history(foundHistory::add);
      salvage.registers(foundRegisters::add);
      leftOut = salvage.leftOut();
    }
    saved += foundHistory.size();
    if (leftOut.isEmpty()) {
      complete++;
      assertThat(foundHistory).as(what).isEqualTo(history);
      assertThat(foundRegisters).as(what).isEqualTo(registers);
      return;
    }
    long before = 0;
    for (HistoryEntry each : foundHistory) {
      HistoryEntry truth = history.get((int) each.number() - 1);
      assertThat(each.number()).as(what).isGreaterThan(before);
      before = each.number();
      assertThat(each.address()).as(what).isEqualTo(truth.address());
      assertThat(each.value()).as(what).isEqualTo(truth.value());
      assertThat(each.timeMillis()).as(what).isEqualTo(truth.timeMillis());
      assertThat(each.origin()).as(what).isIn(truth.origin(), SalvagedRows.UNKNOWN);
    }
    for (RegisterEntry each : foundRegisters) {
      assertThat(each.value()).as(what).isIn(values.get(each.address()));
    }
    if (tries % 10 == 0) {
      assertTheWayBack(foundHistory);
    }
  }

  private void assertTheWayBack(List<HistoryEntry> found) throws Exception {
    Path anew = Files.createTempDirectory(directory, "anew");
    Import.history(anew, sink -> found.forEach(sink::take));
    assertThat(DatabaseCheck.runIn(anew).damages()).isEmpty();
    assertThat(DatabaseCheck.runIn(anew).writes()).isEqualTo(found.size());
  }

  @Test
  void shouldRefuseARunningServersAndWhatIsNotOurs() throws Exception {
    Path data = directory.resolve("good");
    try (Store running = SqliteStore.openIn(data, Fsync.ALWAYS, NO_LIMIT)) {
      assertThat(running.registerCount()).isPositive();
      assertThatThrownBy(() -> Salvage.in(data))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("is in use");
    }
    Path other = damaged("no database ".repeat(5000).getBytes(US_ASCII), new byte[0]);
    assertThatThrownBy(() -> Salvage.in(other))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("nothing in")
        .hasMessageContaining("'wwep restore'");
  }
}
