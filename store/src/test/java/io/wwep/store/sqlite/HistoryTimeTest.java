package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the first page of a register's history takes among many writes, and how long the index
 * takes to be made. {@code -Dwwep.history.writes=10000000} makes it ten million.
 */
final class HistoryTimeTest {

  private static final int WRITES = Integer.getInteger("wwep.history.writes", 1_000_000);
  private static final int BATCH = 5_000;
  private static final int REGISTERS = 16_000;
  private static final int RARE = 0xABCDEF;
  private static final int ABSENT = 0xABCDEE;
  private static final int LOOKUPS = 20;

  /** Most of it is the tail that no run has yet. A busy build machine gets more than 20 ms. */
  private static final long MILLIS_MAX = 200;

  @TempDir private Path directory;

  @Test
  void shouldFindTheFirstPageQuickly() {
    fill();
    withoutIndex();
    try (SqliteStore store = open();
        HistoryReader reader = store.historyReader()) {
      long start = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(2))
          .atMost(Duration.ofMinutes(2))
          .until(() -> indexedThrough() == WRITES / RunBlock.RUN_WRITES * RunBlock.RUN_WRITES - 1);
      print("index of " + WRITES + " writes made in " + millisSince(start) + " ms");
      assertThat(firstPage("hot", reader, 77)).hasSize(50);
      assertThat(firstPage("rare", reader, RARE)).hasSize(3);
      assertThat(firstPage("absent", reader, ABSENT)).isEmpty();
    }
    print("file of " + directory.resolve("wwep.db").toFile().length() + " bytes");
  }

  private SqliteStore open() {
    return SqliteStore.openIn(directory, Fsync.NEVER, HistoryLimit.DEFAULT);
  }

  /** Three writes to the rare register, all of them early. */
  private void fill() {
    Random random = new Random(1);
    try (SqliteStore store = open()) {
      long start = System.nanoTime();
      for (int i = 0; i < WRITES; i += BATCH) {
        Call call = Call.from(Call.PLAIN);
        for (int j = 0; j < BATCH; j++) {
          boolean rare = j == 0 && i < 3 * BATCH;
          call.thenWrite(rare ? RARE : random.nextInt(REGISTERS), j & 0xFFFF);
        }
        call.runOn(store);
      }
      print(WRITES + " writes in " + millisSince(start) + " ms");
    }
  }

  /** As a file of version 2 comes. */
  private void withoutIndex() {
    run("DELETE FROM history_runs", "DELETE FROM meta WHERE key = 'indexed_through'");
  }

  private void run(String... statements) {
    try {
      Sql.run(directory.resolve("wwep.db"), statements);
    } catch (java.sql.SQLException e) {
      throw new AssertionError(e);
    }
  }

  private long indexedThrough() throws Exception {
    return Sql.indexedThrough(directory.resolve("wwep.db"));
  }

  private static List<HistoryEntry> firstPage(String name, HistoryReader reader, int address) {
    long[] micros = new long[LOOKUPS];
    List<HistoryEntry> page = List.of();
    for (int i = 0; i < LOOKUPS; i++) {
      long start = System.nanoTime();
      page = Newest.of(reader, address, Long.MAX_VALUE, 50);
      micros[i] = (System.nanoTime() - start) / 1000;
    }
    Arrays.sort(micros);
    print(
        "first page of the %s register: median %d us, most %d us"
            .formatted(name, micros[LOOKUPS / 2], micros[LOOKUPS - 1]));
    assertThat(micros[LOOKUPS / 2]).isLessThan(MILLIS_MAX * 1000);
    return page;
  }

  private static long millisSince(long startNanos) {
    return (System.nanoTime() - startNanos) / 1_000_000;
  }

  private static void print(String line) {
    System.out.println("HistoryTimeTest: " + line);
  }
}
