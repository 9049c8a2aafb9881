package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryPruningTest {

  private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

  @TempDir private Path directory;

  private Path file() {
    return directory.resolve("wwep.db");
  }

  private Store open(HistoryLimit limit) {
    return SqliteStore.openIn(directory, Fsync.NEVER, limit);
  }

  private void awaitHistory(long rows) {
    await()
        .atMost(Duration.ofSeconds(10))
        .until(() -> Sql.number(file(), "SELECT count(*) FROM history") == rows);
  }

  @Test
  void shouldKeepTheNewestRowsAndEveryRegister() throws Exception {
    try (Store store = open(HistoryLimit.parse("100rows"))) {
      for (int i = 0; i < 20; i++) {
        Call call = Call.from(Call.PLAIN);
        for (int j = 0; j < 1500; j++) {
          call.thenWrite((i * 1500) + j, i);
        }
        call.runOn(store);
      }
      awaitHistory(100);
      assertThat(Sql.rows(file(), "SELECT min(seq), max(seq) FROM history"))
          .containsExactly("29901|30000");
      assertThat(Sql.number(file(), "SELECT count(*) FROM registers")).isEqualTo(30_000);
    }
    try (Store store = open(HistoryLimit.parse("100rows"))) {
      assertThat(store.registerCount()).isEqualTo(30_000);
      assertThat(store.read(0)).isZero();
      assertThat(store.read(29_999)).isEqualTo(19);
    }
  }

  @Test
  void shouldRemoveRowsWhenTheyGetOld() {
    try (Store store = open(new HistoryLimit(1500, Long.MAX_VALUE))) {
      Call.write(1, 7).runOn(store);
      assertThat(historyCount()).isOne();
      awaitHistory(0);
      assertThat(store.read(1)).isEqualTo(7);
    }
    try (Store store = open(HistoryLimit.DEFAULT)) {
      assertThat(store.read(1)).isEqualTo(7);
    }
  }

  private long historyCount() {
    try {
      return Sql.number(file(), "SELECT count(*) FROM history");
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void shouldRemoveByAgeFromTheOldEndOnly() throws Exception {
    writeTen();
    long now = System.currentTimeMillis();
    setAge(1, 3, now, 100 * DAY_MILLIS);
    // A clock that was once wrong: behind a younger row, so it stays until that one goes.
    setAge(6, 6, now, 100 * DAY_MILLIS);
    try (Store store = open(HistoryLimit.DEFAULT)) {
      awaitHistory(7);
      assertThat(Sql.number(file(), "SELECT min(seq) FROM history")).isEqualTo(4);
      assertThat(store.registerCount()).isEqualTo(10);
    }
  }

  @Test
  void shouldNotLetATimeInTheFarFutureKeepAllHistory() throws Exception {
    writeTen();
    long now = System.currentTimeMillis();
    setAge(1, 4, now, -1000 * DAY_MILLIS);
    setAge(5, 8, now, 100 * DAY_MILLIS);
    try (Store store = open(HistoryLimit.DEFAULT)) {
      awaitHistory(2);
      assertThat(Sql.rows(file(), "SELECT seq FROM history")).isEqualTo(List.of("9", "10"));
      assertThat(store.registerCount()).isEqualTo(10);
    }
  }

  @Test
  void shouldKeepAllWithoutALimit() throws Exception {
    writeTen();
    setAge(1, 10, System.currentTimeMillis(), 10_000 * DAY_MILLIS);
    try (Store store = open(new HistoryLimit(Long.MAX_VALUE, Long.MAX_VALUE))) {
      Call.write(1, 1).runOn(store);
      await()
          .until(
              () ->
                  Sql.number(file(), "SELECT value FROM meta WHERE key = 'folded_through'") == 11);
    }
    assertThat(historyCount()).isEqualTo(11);
  }

  private void writeTen() {
    try (Store store = open(HistoryLimit.DEFAULT)) {
      for (int i = 1; i <= 10; i++) {
        Call.write(i, i).runOn(store);
      }
    }
  }

  private void setAge(int fromSeq, int toSeq, long now, long ageMillis) throws Exception {
    Sql.run(
        file(),
        "UPDATE history_chunks SET time_ms = %d WHERE id BETWEEN %d AND %d"
            .formatted(now - ageMillis, fromSeq, toSeq));
    Sql.renewChecksums(file());
  }

  @Test
  void shouldReuseThePagesOfRemovedRows() throws Exception {
    try (Store store = open(HistoryLimit.parse("1000rows"))) {
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < 100; i++) {
          Call call = Call.from(Call.PLAIN);
          for (int j = 0; j < 1000; j++) {
            call.thenWrite(j, i);
          }
          call.runOn(store);
        }
        awaitHistory(1000);
      }
      // A row takes about 20 bytes: 300,000 rows would be 6 MB, a round 2 MB.
      long bytes = 4096 * Sql.number(file(), "PRAGMA page_count");
      assertThat(bytes).isLessThan(3_500_000);
    }
  }
}
