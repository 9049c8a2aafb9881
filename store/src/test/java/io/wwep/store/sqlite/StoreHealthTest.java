package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.store.Batch;
import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import io.wwep.store.StoreHealth;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a store tells of itself. */
@Timeout(60)
class StoreHealthTest {

  @TempDir private Path directory;

  @Test
  void shouldTellTheLastCommit() {
    Instant before = Instant.now();
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.health().lastCommit()).isNull();
      assertThat(store.health().lastWrite()).isZero();
      Call.write(1, 10).thenWrite(2, 20).runOn(store);
      StoreHealth health = store.health();

      assertThat(health.isDurable()).isTrue();
      assertThat(health.intact()).isTrue();
      assertThat(health.lastWrite()).isEqualTo(2);
      assertThat(health.lastCommit()).isBetween(before.minusMillis(1), Instant.now());
      await().until(() -> store.health().busy().isZero());
    }
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.health().lastCommit()).isNull();
      assertThat(store.health().lastWrite()).isEqualTo(2);
    }
  }

  @Test
  void shouldTellSinceWhenAndWhyCommitsFailUntilOneSucceeds() {
    try (FaultyStore faulty = new FaultyStore(directory)) {
      Store store = faulty.store();
      Call.write(1, 10).runOn(store);
      Instant before = Instant.now();
      faulty.set(FaultyStore.Fault.REFUSED);
      String reason = Call.write(1, 11).runOn(store).failure();
      StoreHealth first = store.health();
      Call.write(1, 12).runOn(store);
      StoreHealth second = store.health();
      faulty.set(FaultyStore.Fault.NONE);
      Call.write(1, 13).runOn(store);

      assertThat(first.isDurable()).isFalse();
      assertThat(first.failure()).isEqualTo(reason);
      assertThat(first.failingSince()).isBetween(before, Instant.now());
      assertThat(first.lastWrite()).isEqualTo(1);
      assertThat(second.failingSince()).isEqualTo(first.failingSince());
      assertThat(store.health().lastWrite()).isEqualTo(2);
      // What is done between commits may have failed too, and is tried again after a second.
      await().until(() -> store.health().isDurable());
    }
  }

  @Test
  void shouldNoticeThatTheFileIsGoneThoughNobodyWrites() throws Exception {
    assumeTrue(File.separatorChar == '/', "an open file cannot be moved here");
    Path file = directory.resolve("wwep.db");
    Path aside = directory.resolve("aside.db");
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      Files.move(file, aside);
      assertThat(store.health().intact()).isFalse();
      assertThat(store.health().failure()).contains("removed or replaced", "put it back");
      Files.move(aside, file);
      assertThat(store.health().intact()).isTrue();
      assertThat(store.health().isDurable()).isTrue();
    }
  }

  @Test
  void shouldTellThatACommitIsUnderWay() throws Exception {
    try (GatedStore gated = new GatedStore(directory)) {
      gated.holdCommits();
      Call queued = Call.write(1, 10).startOn(gated.store());
      await().until(() -> gated.store().health().busy().compareTo(Duration.ofMillis(50)) > 0);
      gated.releaseCommits();
      queued.await();
      await().until(() -> gated.store().health().busy().isZero());
    }
  }

  @Test
  void shouldGiveAnErrorOfTheCommitThreadToItsHandlerBeforeAnybodyHearsOfIt() {
    Map<String, Throwable> ends = new ConcurrentHashMap<>();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, end) -> ends.put(thread.getName(), end));
    try (FaultyStore faulty = new FaultyStore(directory)) {
      Call.write(1, 10).runOn(faulty.store());
      faulty.set(FaultyStore.Fault.ERROR);
      Call failed = Call.write(1, 11).runOn(faulty.store());

      assertThat(ends.get("wwep-commit")).isInstanceOf(AssertionError.class);
      assertThat(failed.values()).containsExactly(Batch.FAILED);
      assertThat(Call.write(1, 12).runOn(faulty.store()).failure()).isEqualTo(Batch.CLOSED);
      assertThat(faulty.store().read(1)).isEqualTo(10);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
    try (Store store = SqliteStore.openIn(directory, Fsync.ALWAYS, HistoryLimit.DEFAULT)) {
      assertThat(store.read(1)).isEqualTo(10);
    }
  }
}
