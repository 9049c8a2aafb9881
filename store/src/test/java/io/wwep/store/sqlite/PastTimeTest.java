package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Origin;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long looks at the past take among many writes, in full chunks and in chunks of one write. The
 * first registers have half of all writes. {@code -Dwwep.history.writes=10000000} makes it ten
 * million.
 */
final class PastTimeTest {

  private static final int WRITES = Integer.getInteger("wwep.history.writes", 200_000);
  private static final int REGISTERS = 16_000;
  private static final int LOOKS = 10;
  private static final long START_MILLIS = 1_700_000_000_000L;
  private static final int WRITE_MILLIS = 100;
  private static final int BUCKETS = 1_000;

  /** Far more than measured: a busy build machine. */
  private static final long MILLIS_MAX = 20_000;

  @TempDir private Path directory;
  private String shape;
  private final Random random = new Random(1);

  @ParameterizedTest
  @ValueSource(ints = {HistoryTable.CHUNK_WRITES_MAX, 1})
  void shouldLookBackQuickly(int chunkWrites) throws Exception {
    shape = "chunks of " + chunkWrites;
    SqliteStore.openIn(directory, Fsync.NEVER, HistoryLimit.DEFAULT).close();
    fill(chunkWrites);
    HistoryLimit all = new HistoryLimit(Long.MAX_VALUE, Long.MAX_VALUE);
    SqliteStore.openIn(directory, Fsync.NEVER, all).close(); // folds
    try (SqliteStore store = SqliteStore.openIn(directory, Fsync.NEVER, all)) {
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> Sql.indexedThrough(file()) > WRITES - RunBlock.RUN_WRITES);
      look(store);
    }
  }

  private Path file() {
    return directory.resolve("wwep.db");
  }

  /** Straight to the file; a commit for each write would take hours. */
  private void fill(int chunkWrites) throws SQLException {
    try (Database database = new Database(file(), Fsync.NEVER)) {
      for (int i = 0; i < WRITES; ) {
        database.begin(true);
        int peer = database.peers().idOf(new Origin("192.0.2.1", false));
        for (int end = Math.min(WRITES, i + 100_000); i < end; i += chunkWrites) {
          long[] rows = random.longs(Math.min(chunkWrites, end - i)).toArray();
          for (int j = 0; j < rows.length; j++) {
            rows[j] = HistoryRow.pack(address(rows[j]), i + j & 0xFFFF, peer);
          }
          database.history().append(i + 1, time(i + 1), rows, rows.length);
        }
        database.commit();
      }
    }
  }

  private static int address(long chance) {
    return (int) (chance & 1) * ((int) (chance >>> 1) & 0xF)
        + (1 - (int) (chance & 1)) * (int) ((chance >>> 8) % REGISTERS);
  }

  private static long time(long number) {
    return START_MILLIS + number * WRITE_MILLIS;
  }

  private void look(SqliteStore store) {
    try (HistoryReader reader = store.historyReader()) {
      int[] one = {3};
      int[] sixteen = new int[HistoryReader.SERIES_MAX];
      Arrays.setAll(sixteen, i -> i);
      int[] rare = {5_000};
      time("state of a device, first", 1, () -> reader.stateAt(WRITES / 2, 0));
      time("state of a device", LOOKS, () -> reader.stateAt(1 + random.nextInt(WRITES), 7));
      time("state of all", 3, () -> all(reader));
      time("moment", LOOKS, () -> reader.numberAt(time(random.nextInt(WRITES))));
      time("a hundredth changes", 3, () -> changes(reader, WRITES / 100));
      time("all changes", 3, () -> changes(reader, WRITES));
      time("series of a rare register, first", 1, () -> series(reader, rare, 1, BUCKETS));
      time("series of a rare register", LOOKS, () -> series(reader, rare, zoom(), BUCKETS));
      time("series of a register, first", 1, () -> series(reader, one, 1, BUCKETS));
      time("series of a register", LOOKS, () -> series(reader, one, zoom(), BUCKETS));
      time("series of 16 registers, first", 1, () -> series(reader, sixteen, 1, BUCKETS));
      time("series of 16 registers", LOOKS, () -> series(reader, sixteen, zoom(), BUCKETS));
      time("... in 4000 buckets", LOOKS, () -> series(reader, sixteen, zoom(), 4_000));
    }
  }

  private double zoom() {
    return Math.pow(0.5, random.nextInt(12));
  }

  private List<Series> series(HistoryReader reader, int[] addresses, double part, int buckets) {
    long length = (long) ((long) WRITES * WRITE_MILLIS * part);
    long rest = (long) WRITES * WRITE_MILLIS - length;
    long from = START_MILLIS + (long) (random.nextDouble() * rest);
    return reader.series(addresses, from, from + length + 1, buckets);
  }

  private List<RegisterState> all(HistoryReader reader) {
    List<RegisterState> all = new ArrayList<>();
    OptionalInt next = OptionalInt.of(0);
    while (next.isPresent()) {
      RegisterPage<RegisterState> page =
          reader.stateAt(
              WRITES / 2,
              new AddressRange(next.getAsInt(), AddressRange.ALL.last()),
              HistoryReader.LIMIT_MAX);
      all.addAll(page.items());
      next = page.next();
    }
    return all;
  }

  private List<RegisterChange> changes(HistoryReader reader, int writes) {
    return reader
        .changes(WRITES - writes, WRITES, AddressRange.ALL, HistoryReader.LIMIT_MAX)
        .items();
  }

  /** Something that is asked several times. */
  private interface Look {
    Object take();
  }

  private void time(String name, int count, Look look) {
    long[] micros = new long[count];
    long[] cpuMicros = new long[count];
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (int i = 0; i < count; i++) {
      long start = System.nanoTime();
      long cpuStart = threads.getCurrentThreadCpuTime();
      assertThat(look.take()).isNotNull();
      cpuMicros[i] = (threads.getCurrentThreadCpuTime() - cpuStart) / 1000;
      micros[i] = (System.nanoTime() - start) / 1000;
    }
    Arrays.sort(micros);
    Arrays.sort(cpuMicros);
    System.out.printf(
        "PastTimeTest: %s: %s: median %.1f ms, most %.1f ms; of the processor %.1f and %.1f ms%n",
        shape,
        name,
        micros[count / 2] / 1e3,
        micros[count - 1] / 1e3,
        cpuMicros[count / 2] / 1e3,
        cpuMicros[count - 1] / 1e3);
    assertThat(micros[count / 2]).as(name).isLessThan(MILLIS_MAX * 1000);
  }
}
