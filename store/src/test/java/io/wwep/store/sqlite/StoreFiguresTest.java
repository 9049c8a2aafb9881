package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.Histogram.Snapshot;
import io.wwep.store.HistoryLimit;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import io.wwep.store.StoreFigures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store counts. */
@Timeout(60)
final class StoreFiguresTest {

  @TempDir private Path directory;

  @Test
  void shouldTellNothingOfAStoreInMemory() {
    try (Store store = new MemoryStore()) {
      Call.write(1, 1).runOn(store);
      assertThat(store.figures()).isEqualTo(StoreFigures.NONE);
      assertThat(store.figures().commits()).isZero();
      assertThat(store.figures().committedWrites()).isZero();
    }
  }

  @Test
  void shouldCountCommitsAndTheirWritesSinceTheStart() throws Exception {
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.figures().commits()).isZero();
      Call.write(1, 1).runOn(store);
      Call.write(1, 1).thenRead(1).thenWrite(2, 2).thenWrite(2, 3).runOn(store);
      Call.from(Call.PLAIN).thenRead(1).runOn(store);
      StoreFigures figures = store.figures();

      assertThat(figures.commits()).isEqualTo(2);
      assertThat(figures.committedWrites()).isEqualTo(4);
      assertThat(figures.commitWrites().counts()).startsWith(1L, 0L, 1L);
      assertThat(figures.commitTimes().sum()).isPositive().isLessThan(60);
      assertThat(figures.failedCommits()).isZero();
      assertThat(figures.waitingBatches()).isZero();
      assertThat(figures.lastWrite()).isEqualTo(4);
      assertThat(figures.historyWrites()).isEqualTo(4);
      assertThat(figures.fileBytes()).isEqualTo(Files.size(directory.resolve("wwep.db")));
      assertThat(figures.logBytes()).isPositive();
    }
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.figures().commits()).isZero();
      assertThat(store.figures().lastWrite()).isEqualTo(4);
    }
  }

  @Test
  void shouldTellHowLongACommitTook() throws Exception {
    try (GatedStore gated = new GatedStore(directory)) {
      gated.holdCommits();
      Call held = Call.write(1, 1).startOn(gated.store());
      await().until(() -> gated.store().health().busy().toMillis() > 60);
      gated.releaseCommits();
      held.await();
      Snapshot times = gated.store().figures().commitTimes();

      int over50Millis = times.bounds().indexOf(0.05) + 1;
      assertThat(times.counts().subList(0, over50Millis)).containsOnly(0L);
      assertThat(times.count()).isOne();
      assertThat(times.sum()).isGreaterThan(0.05);
    }
  }

  @Test
  void shouldCountCommitsThatFailApart() {
    try (FaultyStore faulty = new FaultyStore(directory)) {
      Call.write(1, 1).runOn(faulty.store());
      faulty.set(FaultyStore.Fault.REFUSED);
      Call.write(1, 2).runOn(faulty.store());
      Call.write(1, 3).runOn(faulty.store());
      assertThat(faulty.store().figures().failedCommits()).isEqualTo(2);
      assertThat(faulty.store().figures().commits()).isOne();
      assertThat(faulty.store().figures().lastWrite()).isOne();
    }
  }

  /** Also those that were taken from the queue and are too many for one commit. */
  @Test
  void shouldCountTheBatchesThatWaitBehindACommit() throws Exception {
    try (GatedStore gated = new GatedStore(directory)) {
      List<Integer> waiting = Collections.synchronizedList(new ArrayList<>());
      gated
          .store()
          .addListener(
              (sequence, time, address, value, origin) -> {
                if (address == 0) {
                  waiting.add(gated.store().figures().waitingBatches());
                }
              });
      gated.holdCommits();
      List<Call> calls = new ArrayList<>();
      calls.add(Call.write(0, 0).startOn(gated.store()));
      gated.awaitHeld();
      for (int i = 0; i < 3; i++) {
        calls.add(large().startOn(gated.store()));
      }
      assertThat(gated.store().figures().waitingBatches()).isEqualTo(3);
      gated.releaseCommits();
      calls.forEach(Call::await);
      assertThat(waiting).containsExactly(3, 2, 1, 0);
      assertThat(gated.store().figures().committedWrites()).isEqualTo(30_001);
      assertThat(gated.store().figures().commitWrites().sum()).isCloseTo(30_001, within(0.1));
    }
  }

  private static Call large() {
    Call call = Call.from(Call.PLAIN);
    IntStream.range(0, 10_000).forEach(address -> call.thenWrite(address, 1));
    return call;
  }

  @Test
  void shouldTellHowMuchOfTheHistoryIsGone() {
    HistoryLimit limit = HistoryLimit.parse("3rows");
    try (Store store = SqliteStore.openIn(directory, Fsync.NEVER, limit)) {
      IntStream.range(0, 10).forEach(i -> Call.write(i, i).runOn(store));
      await().until(() -> store.figures().prunedThrough() == 7);
      assertThat(store.figures().lastWrite()).isEqualTo(10);
      assertThat(store.figures().historyWrites()).isEqualTo(3);
    }
    try (Store store = SqliteStore.openIn(directory, Fsync.NEVER, limit)) {
      assertThat(store.figures().prunedThrough()).isEqualTo(7);
    }
  }
}
