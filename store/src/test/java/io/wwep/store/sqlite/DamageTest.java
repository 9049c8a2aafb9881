package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Origin;
import io.wwep.store.Store;
import io.wwep.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Flips bits in each page of a database and of its log, and cuts both everywhere: a start refuses
 * the file with a next step, or what it serves is what was written. So does a look into the
 * history. Nothing is ever served wrong.
 */
final class DamageTest {

  private static final HistoryLimit NO_LIMIT = new HistoryLimit(Long.MAX_VALUE, Long.MAX_VALUE);
  private static final int PAGE_BYTES = 4096;
  private static final int FLIPS_PER_PAGE = 2;
  private static final int DEVICES = 8;
  private static final int ADDRESSES = DEVICES << 8;
  private static final int BATCH = 2000;
  private static final int WRITES = 34 * BATCH;
  private static final int KEPT = 4000;

  /** Of writes that the history has, the one in the middle. */
  private static final long PAST = WRITES - KEPT / 2;

  @TempDir private Path directory;

  private final Map<Integer, Integer> registers = new HashMap<>();
  private final Map<Integer, List<HistoryEntry>> history = new HashMap<>();
  private final Map<Integer, List<RegisterState>> states = new HashMap<>();
  private final Map<String, Integer> outcomes = new HashMap<>();
  private final Random random = new Random(1);

  /** What was damaged how, for a message. */
  private String damage;

  @Test
  void shouldNeverServeAFlippedBitOfADatabase() throws Exception {
    makeDatabase();
    takeDownTruth(directory);
    byte[] good = Files.readAllBytes(directory.resolve("wwep.db"));
    assertThat(good.length / PAGE_BYTES).isGreaterThan(30);
    for (int page = 0; page < good.length / PAGE_BYTES; page++) {
      for (int i = 0; i < FLIPS_PER_PAGE; i++) {
        tryFile("wwep.db", flipped(good, page * PAGE_BYTES, PAGE_BYTES));
      }
      // Where SQLite keeps what a page is and how many rows it has.
      tryFile("wwep.db", flipped(good, page * PAGE_BYTES + (page == 0 ? 100 : 0), 12));
    }
    assertOutcomes("flipped bits");
  }

  @Test
  void shouldNeverServeACutDatabase() throws Exception {
    makeDatabase();
    takeDownTruth(directory);
    byte[] good = Files.readAllBytes(directory.resolve("wwep.db"));
    for (int length = 0; length < good.length; length += PAGE_BYTES) {
      damage = "cut to " + length;
      tryFile("wwep.db", Arrays.copyOf(good, length));
      damage = "cut to " + (length + 1000);
      tryFile("wwep.db", Arrays.copyOf(good, length + 1000));
    }
    // Nothing may be in use of the last page.
    assertThat(outcomes.get("refused"))
        .as("cut: " + outcomes)
        .isGreaterThan(good.length / PAGE_BYTES);
  }

  @Test
  void shouldNeverServeADamagedLog() throws Exception {
    makeDatabase();
    Path crashed = Files.createDirectory(directory.resolve("crashed"));
    crashWithALog(crashed);
    takeDownTruth(crashed);
    byte[] log = Files.readAllBytes(crashed.resolve("wwep.db-wal"));
    byte[] good = Files.readAllBytes(crashed.resolve("wwep.db"));
    copyTo(directory, crashed);
    int frameBytes = 24 + PAGE_BYTES;
    assertThat(log.length / frameBytes).isGreaterThan(20);
    tryFile("wwep.db-wal", flipped(log, 0, 32));
    for (int at = 32; at + frameBytes <= log.length; at += frameBytes) {
      tryFile("wwep.db-wal", flipped(log, at, 24));
      tryFile("wwep.db-wal", flipped(log, at, frameBytes));
      damage = "log cut to " + at;
      tryFile("wwep.db-wal", Arrays.copyOf(log, at));
    }
    for (int page = 0; page < good.length / PAGE_BYTES; page++) {
      tryFile("wwep.db", flipped(good, page * PAGE_BYTES, PAGE_BYTES));
    }
    damage = "log removed";
    tryFile("wwep.db-wal", new byte[0]);
    assertOutcomes("log");
  }

  private void assertOutcomes(String what) {
    System.out.println("DamageTest " + what + ": " + outcomes);
    assertThat(outcomes.get("refused")).as(what).isPositive();
    assertThat(outcomes.get("served as written")).as(what).isPositive();
  }

  /** With registers, a history that was pruned, an index of it, and peers. */
  private void makeDatabase() throws Exception {
    try (Store store =
        SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.parse(KEPT + "rows"))) {
      for (int i = 0; i < WRITES; i += BATCH) {
        write(store, i / BATCH, BATCH);
      }
      Path file = directory.resolve("wwep.db");
      await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () ->
                  Sql.indexedThrough(file) == RunBlock.RUN_WRITES - 1
                      && Sql.number(file, "SELECT min(id) FROM history_chunks")
                          == WRITES - KEPT + 1);
    }
  }

  /** Leaves in a directory what a killed server leaves. */
  private void crashWithALog(Path crashed) throws Exception {
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, NO_LIMIT)) {
      for (int i = 0; i < 20; i++) {
        write(store, 7 * i, 100 + i);
      }
      // Folded or not, as it comes: both must hold.
      copyTo(crashed, directory);
      Files.copy(directory.resolve("wwep.db-wal"), crashed.resolve("wwep.db-wal"));
    }
  }

  private static void copyTo(Path to, Path from) throws IOException {
    for (String name : new String[] {"wwep.db", "wwep.mark"}) {
      Files.deleteIfExists(to.resolve(name));
      Files.copy(from.resolve(name), to.resolve(name));
    }
  }

  private void write(Store store, int seed, int count) {
    Call call = Call.from(new Origin("192.0.2." + seed % 250, seed % 2 == 0));
    for (int i = 0; i < count; i++) {
      int address = random.nextInt(ADDRESSES);
      call.thenWrite(address, random.nextInt(0x10000));
    }
    assertThat(call.runOn(store).failure()).isNull();
  }

  private void takeDownTruth(Path good) throws Exception {
    Path copy = Files.createDirectory(directory.resolve("truth"));
    copyTo(copy, good);
    if (Files.exists(good.resolve("wwep.db-wal"))) {
      Files.copy(good.resolve("wwep.db-wal"), copy.resolve("wwep.db-wal"));
    }
    try (SqliteStore store = SqliteStore.openIn(copy, Fsync.ALWAYS, NO_LIMIT);
        HistoryReader reader = store.historyReader()) {
      for (int address = 0; address < ADDRESSES; address++) {
        registers.put(address, store.read(address));
      }
      for (int device = 0; device < DEVICES; device++) {
        history.put(device, Newest.ofDevice(reader, device, Long.MAX_VALUE, 9999));
        states.put(device, reader.stateAt(PAST, device));
      }
    }
    assertThat(history.values()).allSatisfy(each -> assertThat(each).hasSizeGreaterThan(100));
  }

  private byte[] flipped(byte[] good, int from, int length) {
    int bit = random.nextInt(8 * length);
    byte[] bad = good.clone();
    bad[from + bit / 8] ^= (byte) (1 << (bit % 8));
    damage = "bit %d of byte %d flipped".formatted(bit % 8, from + bit / 8);
    return bad;
  }

  private void tryFile(String name, byte[] content) throws IOException {
    Path bad = Files.createTempDirectory(directory, "bad");
    copyTo(bad, directory);
    if (!name.equals("wwep.db")) {
      Files.write(bad.resolve(name), content);
    } else {
      Files.write(bad.resolve("wwep.db"), content);
      Path log = directory.resolve("crashed/wwep.db-wal");
      if (Files.exists(log)) {
        Files.copy(log, bad.resolve("wwep.db-wal"));
      }
    }
    outcomes.merge(outcomeOf(bad), 1, Integer::sum);
  }

  private String outcomeOf(Path bad) throws IOException {
    byte[] log = logOf(bad);
    Fsync fsync = log.length == 0 ? Fsync.NEVER : Fsync.ALWAYS;
    try (SqliteStore store = SqliteStore.openIn(bad, fsync, NO_LIMIT);
        HistoryReader reader = store.historyReader()) {
      registers.forEach(
          (address, value) ->
              assertThat(store.read(address))
                  .as("%s: register %06X", damage, address)
                  .isEqualTo(value));
      boolean whole = true;
      for (int device = 0; device < DEVICES; device++) {
        whole &= isHistoryWhole(reader, device);
      }
      return whole ? "served as written" : "history refused";
    } catch (StoreException e) {
      assertThat(e.getMessage()).as(damage).contains(": ").doesNotContain("\n");
      if (e.getMessage().contains("lacks writes")) {
        // What is behind the damage is nowhere else, and can be salvaged.
        assertThat(logOf(bad)).as(damage + ": the log").isEqualTo(log);
      }
      return "refused";
    }
  }

  private static byte[] logOf(Path directory) throws IOException {
    Path log = directory.resolve("wwep.db-wal");
    return Files.exists(log) ? Files.readAllBytes(log) : new byte[0];
  }

  private boolean isHistoryWhole(HistoryReader reader, int device) {
    try {
      assertThat(Newest.ofDevice(reader, device, Long.MAX_VALUE, 9999))
          .as("%s: history of device %04X", damage, device)
          .isEqualTo(history.get(device));
      assertThat(reader.stateAt(PAST, device))
          .as("%s: past of device %04X", damage, device)
          .isEqualTo(states.get(device));
      return true;
    } catch (StoreException e) {
      assertThat(e.getMessage()).as(damage).contains("is damaged");
      return false;
    }
  }
}
