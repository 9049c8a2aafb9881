package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.Batch;
import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Batches that expect something of registers, between others and on a disk that fails. */
@Timeout(60)
final class ConditionalBatchTest {

  private static final int THREADS = 8;
  private static final int INCREMENTS = 500;
  private static final int COUNTER = 0x0FAC0B;

  @TempDir private Path directory;

  @Test
  void shouldSeeWhatWasQueuedBeforeAndNothingBehind() throws Exception {
    try (GatedStore gated = new GatedStore(directory)) {
      Store store = gated.store();
      gated.holdCommits();
      Call first = Call.write(1, 1).startOn(store);
      gated.awaitHeld();
      Call second = Call.write(1, 2).startOn(store);
      Call early = Call.write(2, 1).thenExpect(1, 1).startOn(store);
      Call inTime = Call.write(2, 2).thenExpect(1, 2).startOn(store);
      Call own = Call.write(1, 3).thenExpect(2, 2).thenExpect(3, Store.ABSENT).startOn(store);
      Call behind = Call.write(3, 3).startOn(store);
      Call late = Call.write(2, 4).thenExpect(1, 2).startOn(store);
      gated.releaseCommits();

      assertThat(first.await().failure()).isNull();
      assertThat(second.await().failure()).isNull();
      assertThat(early.await().values()).containsExactly(Batch.CONFLICT);
      assertThat(early.conflictValue()).isEqualTo(2);
      assertThat(inTime.await().values()).containsExactly(2);
      assertThat(own.await().values()).containsExactly(3);
      assertThat(behind.await().failure()).isNull();
      assertThat(late.await().values()).containsExactly(Batch.CONFLICT);
      assertThat(late.conflictValue()).isEqualTo(3);
      assertThat(late.flushes).hasValue(1);
    }
    assertThat(
            Sql.rows(
                directory.resolve("wwep.db"),
                "SELECT register || '=' || value FROM history ORDER BY seq"))
        .containsExactly("01=0001", "01=0002", "02=0002", "01=0003", "03=0003");
  }

  @Test
  void shouldAnswerAConflictThoughNothingIsThereToCommit() {
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      for (int i = 0; i < 100; i++) {
        assertThat(Call.write(1, 1).thenExpect(1, 7).runOn(store).isConflict()).isTrue();
      }
      assertThat(store.figures().commits()).isZero();
      assertThat(store.health().lastWrite()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BROKEN_OFF", "REFUSED", "WRITTEN_BUT_FAILED"})
  void shouldStoreAllOrNothingWhenTheCommitFails(FaultyStore.Fault fault) {
    try (FaultyStore faulty = new FaultyStore(directory)) {
      Store store = faulty.store();
      Call.write(0, 1).runOn(store);
      faulty.set(fault);
      Call failed = many(2).thenExpect(0, 1).runOn(store);
      assertThat(failed.values()).containsOnly(Batch.FAILED);
      assertThat(failed.isConflict()).isFalse();
      assertThat(failed.failure()).isNotNull();
      assertThat(store.registerCount()).isOne();
      assertThat(Call.write(0, 2).thenExpect(0, 9).runOn(store).isConflict()).isTrue();
      faulty.set(FaultyStore.Fault.NONE);
      assertThat(many(3).thenExpect(0, 1).runOn(store).failure()).isNull();
    }
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.read(0)).isEqualTo(3);
      assertThat(store.registersOf(1)).containsOnly(3);
      assertThat(store.health().lastWrite()).isEqualTo(1 + 1024);
    }
  }

  /** More writes than one chunk of the history takes. */
  private static Call many(int value) {
    Call call = Call.from(Call.PLAIN);
    IntStream.range(0, 1024).forEach(address -> call.thenWrite(address, value));
    return call;
  }

  @ParameterizedTest
  @EnumSource
  void shouldLoseNoIncrementOfManyThreads(Fsync fsync) throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (Store store = SqliteStore.openIn(directory, fsync, HistoryLimit.DEFAULT)) {
      List<Future<Integer>> conflicts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        conflicts.add(threads.submit(() -> increment(store)));
      }
      Future<?> board = threads.submit(() -> writeBeside(store));
      int conflicting = 0;
      for (Future<Integer> each : conflicts) {
        conflicting += each.get(50, TimeUnit.SECONDS);
      }
      board.get(50, TimeUnit.SECONDS);
      assertThat(store.read(COUNTER)).isEqualTo(THREADS * INCREMENTS);
      System.out.println("ConditionalBatchTest conflicts " + conflicting);
    } finally {
      threads.shutdownNow();
    }
    try (Store store = SqliteStore.openIn(directory, fsync, HistoryLimit.DEFAULT)) {
      assertThat(store.read(COUNTER)).isEqualTo(THREADS * INCREMENTS);
    }
    assertThat(
            Sql.rows(
                directory.resolve("wwep.db"),
                "SELECT value FROM history WHERE register = '0B' ORDER BY seq"))
        .isEqualTo(
            IntStream.rangeClosed(1, THREADS * INCREMENTS).mapToObj("%04X"::formatted).toList());
  }

  /** Returns how often another thread was faster. */
  private static int increment(Store store) {
    int conflicts = 0;
    for (int i = 0; i < INCREMENTS; ) {
      int before = store.read(COUNTER);
      Call call = Call.write(COUNTER, Math.max(0, before) + 1).thenExpect(COUNTER, before);
      if (call.runOn(store).isConflict()) {
        conflicts++;
      } else {
        assertThat(call.failure()).isNull();
        i++;
      }
    }
    return conflicts;
  }

  /** A board that writes without expecting anything. */
  private static void writeBeside(Store store) {
    for (int i = 0; i < INCREMENTS; i++) {
      assertThat(Call.write(1, i).runOn(store).failure()).isNull();
    }
  }

  @Test
  void shouldKeepEveryAcknowledgedIncrementWhenKilled() throws Exception {
    Path data = directory.resolve("data");
    SortedSet<Integer> acknowledged = new TreeSet<>();
    for (int round = 0; round < 3; round++) {
      try (ChildServer child = ChildServer.startIncrementing(data, Fsync.ALWAYS, THREADS)) {
        assertThat(child.readLine()).isEqualTo(ChildServer.READY);
        for (int lines = 0; lines < 400; lines++) {
          assertThat(acknowledged.add(numberOf(child.readLine()))).isTrue();
        }
        child.kill();
        String line = child.readLine();
        while (line != null && line.endsWith(".")) {
          assertThat(acknowledged.add(numberOf(line))).isTrue();
          line = child.readLine();
        }
      }
      requireInHistory(data, acknowledged);
    }
  }

  private static int numberOf(String line) {
    return Integer.parseInt(line.replace(".", ""));
  }

  private static void requireInHistory(Path data, SortedSet<Integer> acknowledged)
      throws Exception {
    try (Store store = SqliteStore.openIn(data, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      int kept = store.read(0);
      assertThat(kept).isGreaterThanOrEqualTo(acknowledged.last());
      assertThat(Sql.rows(data.resolve("wwep.db"), "SELECT value FROM history ORDER BY seq"))
          .isEqualTo(IntStream.rangeClosed(1, kept).mapToObj("%04X"::formatted).toList());
    }
  }
}
