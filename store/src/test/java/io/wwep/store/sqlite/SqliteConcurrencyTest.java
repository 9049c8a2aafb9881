package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads on one store. */
final class SqliteConcurrencyTest {

  private static final int WRITERS = 6;
  private static final int BATCHES = 3000;
  private static final int SHARED = 0xFF0000;

  @TempDir private Path directory;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @Test
  void shouldKeepTheOrderOfEachThreadAndLoseNothing() throws Exception {
    long seed = System.nanoTime();
    System.out.println("SqliteConcurrencyTest seed " + seed);
    Map<Integer, List<Integer>> fed = new ConcurrentHashMap<>();
    List<Long> sequences = new ArrayList<>();
    try (Store store = SqliteStore.openIn(directory, Fsync.NEVER, HistoryLimit.DEFAULT)) {
      store.addListener(
          (sequence, time, address, value, origin) -> {
            sequences.add(sequence);
            fed.computeIfAbsent(address, key -> new ArrayList<>()).add(value);
          });
      AtomicBoolean writing = new AtomicBoolean(true);
      List<Future<?>> readers = new ArrayList<>();
      readers.add(threads.submit(() -> watch(store, writing)));
      List<Future<List<Integer>>> writers = new ArrayList<>();
      for (int i = 0; i < WRITERS; i++) {
        int own = i << 8;
        Random random = new Random(seed + i);
        writers.add(threads.submit(() -> write(store, own, random)));
      }
      for (int i = 0; i < WRITERS; i++) {
        List<Integer> written = writers.get(i).get(60, TimeUnit.SECONDS);
        assertThat(fed.get(i << 8)).as("writer %d", i).isEqualTo(written);
        assertThat(store.read(i << 8)).isEqualTo(written.get(written.size() - 1));
      }
      writing.set(false);
      readers.get(0).get(10, TimeUnit.SECONDS);
      assertThat(sequences).isSorted().doesNotHaveDuplicates();
      assertThat(store.read(SHARED)).isEqualTo(lastOf(fed.get(SHARED)));
    } finally {
      threads.shutdownNow();
    }
    assertThat(Sql.number(directory.resolve("wwep.db"), "SELECT count(*) FROM history"))
        .isEqualTo(sequences.size());
  }

  private static int lastOf(List<Integer> values) {
    return values.get(values.size() - 1);
  }

  /** Writes ascending numbers to a register of its own, up to eight batches ahead. */
  private static List<Integer> write(Store store, int own, Random random) {
    List<Integer> written = new ArrayList<>();
    List<Call> ahead = new ArrayList<>();
    for (int number = 0; number < BATCHES; number++) {
      Call call = Call.write(own, number).thenRead(own).thenWrite(SHARED, random.nextInt(65_536));
      written.add(number);
      ahead.add(call.startOn(store));
      if (ahead.size() > random.nextInt(8)) {
        int first = number - ahead.size() + 1;
        for (int i = 0; i < ahead.size(); i++) {
          assertThat(ahead.get(i).await().values().get(1)).isEqualTo(first + i);
        }
        ahead.clear();
      }
    }
    ahead.forEach(Call::await);
    return written;
  }

  /** A register that only counts up is never seen to count down. */
  private static void watch(Store store, AtomicBoolean writing) {
    int[] seen = new int[WRITERS];
    Arrays.fill(seen, Store.ABSENT);
    while (writing.get()) {
      for (int i = 0; i < WRITERS; i++) {
        int value = store.read(i << 8);
        assertThat(value).isGreaterThanOrEqualTo(seen[i]);
        seen[i] = value;
      }
    }
  }

  @Test
  void shouldCompleteEveryBatchOnceWhenClosedUnderLoad() throws Exception {
    for (int round = 0; round < 20; round++) {
      Path data = directory.resolve("round" + round);
      Store store = SqliteStore.openIn(data, Fsync.NEVER, HistoryLimit.DEFAULT);
      List<Future<List<Call>>> writers = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int address = i;
        writers.add(threads.submit(() -> writeUntilClosed(store, address)));
      }
      while (store.read(0) < round * 5) {
        Thread.onSpinWait();
      }
      store.close();
      long acknowledged = 0;
      for (Future<List<Call>> writer : writers) {
        List<Call> calls = writer.get(20, TimeUnit.SECONDS);
        assertThat(calls).allSatisfy(call -> assertThat(call.completions).hasValue(1));
        acknowledged += calls.stream().filter(call -> call.failure() == null).count();
      }
      assertThat(Sql.number(data.resolve("wwep.db"), "SELECT count(*) FROM history"))
          .isEqualTo(acknowledged);
    }
    threads.shutdownNow();
  }

  private static List<Call> writeUntilClosed(Store store, int address) {
    List<Call> calls = new ArrayList<>();
    String failure = null;
    for (int number = 0; failure == null; number++) {
      Call call = Call.write(address, number & 0xFFFF).runOn(store);
      calls.add(call);
      failure = call.failure();
    }
    return calls;
  }
}
