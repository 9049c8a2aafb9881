package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Batch;
import io.wwep.store.Call;
import io.wwep.store.Completion;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import io.wwep.store.StoreContract;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class SqliteStoreTest extends StoreContract {

  @TempDir private Path directory;

  @Override
  protected Store open() {
    return open(Fsync.ALWAYS);
  }

  private Store open(Fsync fsync) {
    return SqliteStore.openIn(directory.resolve("data"), fsync, HistoryLimit.DEFAULT);
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepRegistersOverRestarts(Fsync fsync) {
    Path other = directory.resolve(fsync.name());
    for (int round = 0; round < 3; round++) {
      try (Store store = SqliteStore.openIn(other, fsync, HistoryLimit.DEFAULT)) {
        assertThat(store.read(1)).isEqualTo(round - 1);
        assertThat(store.registerCount()).isEqualTo(round == 0 ? 0 : 1 + round);
        Call.write(1, round).thenWrite(100 + round, 9).runOn(store);
        assertThat(store.description())
            .isEqualTo(
                "sqlite %s (fsync %s)",
                other.resolve("wwep.db"), fsync.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  @Test
  void shouldLetSequencesGrowOverRestartsAlsoWithoutHistory() {
    Path other = directory.resolve("sequences");
    List<Long> sequences = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      try (Store store = SqliteStore.openIn(other, Fsync.NEVER, HistoryLimit.parse("0rows"))) {
        store.addListener((sequence, time, address, value, origin) -> sequences.add(sequence));
        Call.write(1, round).thenWrite(1, round).runOn(store);
        await()
            .until(() -> Sql.number(other.resolve("wwep.db"), "SELECT count(*) FROM history") == 0);
      }
    }
    assertThat(sequences).containsExactly(1L, 2L, 3L, 4L, 5L, 6L);
  }

  @Test
  void shouldCommitWhatIsQueuedWhenClosed() {
    Path other = directory.resolve("queued");
    List<Call> calls = new ArrayList<>();
    try (Store store = SqliteStore.openIn(other, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      for (int i = 0; i < 2000; i++) {
        calls.add(Call.write(i, i + 1).startOn(store));
      }
    }
    assertThat(calls).allSatisfy(call -> assertThat(call.await().failure()).isNull());
    try (Store store = SqliteStore.openIn(other, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.registerCount()).isEqualTo(2000);
      assertThat(store.read(1999)).isEqualTo(2000);
    }
  }

  @Test
  void shouldFoldAllAndLeaveOneFileWhenClosed() throws Exception {
    Path other = directory.resolve("folded");
    try (Store store = SqliteStore.openIn(other, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      Call.write(1, 2).thenWrite(3, 4).runOn(store);
    }
    try (var files = Files.list(other)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("wwep.db", "wwep.lock", "wwep.mark");
    }
    Path file = other.resolve("wwep.db");
    assertThat(Sql.number(file, "SELECT length(registers) / 10 FROM register_base")).isEqualTo(2);
    assertThat(Sql.number(file, "SELECT value FROM meta WHERE key = 'folded_through'"))
        .isEqualTo(2);
  }

  @Test
  void shouldFoldWhenIdle() {
    Path other = directory.resolve("idle");
    try (Store store = SqliteStore.openIn(other, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      Call.write(1, 2).runOn(store);
      await()
          .atMost(5, TimeUnit.SECONDS)
          .until(
              () ->
                  Sql.number(other.resolve("wwep.db"), "SELECT count(*) FROM register_base") == 1);
    }
  }

  @Test
  void shouldFlushACompletionOnceForACommitOfManyBatches() throws Exception {
    try (GatedStore gated = new GatedStore(directory.resolve("gated"))) {
      AtomicInteger completed = new AtomicInteger();
      AtomicInteger flushed = new AtomicInteger();
      Completion loop = counting(completed, flushed);
      gated.holdCommits();
      Call first = Call.write(0, 0).startOn(gated.store());
      gated.awaitHeld();
      for (int i = 1; i <= 50; i++) {
        Batch batch = new Batch(loop);
        batch.start(Call.PLAIN);
        batch.addWrite(i, i);
        gated.store().execute(batch);
      }
      gated.releaseCommits();
      first.await();
      await().until(() -> flushed.get() == 1);
      assertThat(completed).hasValue(50);
      Call.write(60, 1).runOn(gated.store());
      assertThat(flushed).hasValue(1);
    }
  }

  private static Completion counting(AtomicInteger completed, AtomicInteger flushed) {
    return new Completion() {
      @Override
      public void completed(Batch batch) {
        completed.incrementAndGet();
      }

      @Override
      public void flush() {
        flushed.incrementAndGet();
      }
    };
  }

  @Test
  void shouldShowNoValueBeforeItIsDurable() throws Exception {
    try (GatedStore gated = new GatedStore(directory.resolve("gated"))) {
      Store store = gated.store();
      List<Integer> told = new ArrayList<>();
      store.addListener((sequence, time, address, value, origin) -> told.add(value));
      Call.write(5, 1).runOn(store);
      gated.holdCommits();
      Call second = Call.write(5, 2).thenWrite(6, 6).startOn(store);
      gated.awaitHeld();
      assertThat(store.read(5)).isEqualTo(1);
      assertThat(store.read(6)).isEqualTo(Store.ABSENT);
      assertThat(store.registerCount()).isOne();
      assertThat(Call.from(Call.PLAIN).thenRead(5).runOn(store).values()).containsExactly(1);
      assertThat(told).containsExactly(1);
      assertThat(second.isDone()).isFalse();
      gated.releaseCommits();
      assertThat(second.await().values()).containsExactly(2, 6);
      assertThat(store.read(5)).isEqualTo(2);
      assertThat(told).containsExactly(1, 2, 6);
    }
  }

  @Test
  void shouldSurviveListenersAndCallersThatThrow() throws Exception {
    try (Store store =
        SqliteStore.openIn(directory.resolve("throwing"), Fsync.NEVER, HistoryLimit.DEFAULT)) {
      CountDownLatch reported = new CountDownLatch(2);
      store.addListener(
          (sequence, time, address, value, origin) -> {
            if (reported.getCount() == 2) {
              Thread.currentThread()
                  .setUncaughtExceptionHandler((thread, failure) -> reported.countDown());
            }
            throw new IllegalStateException("a listener's mistake");
          });
      assertThat(Call.write(1, 1).runOn(store).values()).containsExactly(1);
      assertThat(Call.write(1, 2).runOn(store).values()).containsExactly(2);
      assertThat(reported.await(5, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void shouldAllowClosingFromAListener() {
    Store store = SqliteStore.openIn(directory.resolve("self"), Fsync.NEVER, HistoryLimit.DEFAULT);
    store.addListener((sequence, time, address, value, origin) -> store.close());
    assertThat(Call.write(1, 1).runOn(store).failure()).isNull();
    store.close();
    assertThat(Call.write(1, 2).runOn(store).values()).containsExactly(Batch.FAILED);
  }

  @Test
  void shouldCloseWithinItsTimeWithManyRegistersToFold() {
    Path other = directory.resolve("closing");
    Store store = SqliteStore.openIn(other, Fsync.ALWAYS, HistoryLimit.DEFAULT);
    for (int i = 0; i < 20; i++) {
      Call call = Call.from(Call.PLAIN);
      for (int j = 0; j < 10_000; j++) {
        call.thenWrite((((i * 10_000) + j) * 7919) & 0xFFFFFF, j);
      }
      call.startOn(store);
    }
    long start = System.nanoTime();
    store.close();
    assertThat(System.nanoTime() - start).isLessThan(TimeUnit.MILLISECONDS.toNanos(1500));
    Call late = Call.write(1, 1).runOn(store);
    assertThat(late.values()).containsExactly(Batch.FAILED);
  }

  @Test
  void shouldTakeFileNamesThatLookLikeAddresses() {
    String name = File.separatorChar == '/' ? "a b?c=d#%41.db" : "a b#%41.db";
    Path file = directory.resolve(name);
    try (Store store = SqliteStore.open(file, Fsync.NEVER, HistoryLimit.DEFAULT)) {
      Call.write(4, 4).runOn(store);
    }
    assertThat(file).isRegularFile();
    try (Store store = SqliteStore.open(file, Fsync.NEVER, HistoryLimit.DEFAULT)) {
      assertThat(store.read(4)).isEqualTo(4);
    }
  }
}
