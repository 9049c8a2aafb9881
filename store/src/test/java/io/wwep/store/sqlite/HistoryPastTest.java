package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.store.Call;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HistoryPastTest {

  private static final int HOT = 0x0FAC0B;
  private static final int OTHER = 0x0FAC0C;
  private static final AddressRange DEVICE = AddressRange.ofDevice(0x0FAC);

  @TempDir private Path directory;

  private SqliteStore open(String limit) {
    return SqliteStore.openIn(directory, Fsync.NEVER, HistoryLimit.parse(limit));
  }

  private Path file() {
    return directory.resolve("wwep.db");
  }

  /** Gives each commit of one write a time of its own. */
  private void setTimes(long... millis) throws SQLException {
    for (int i = 0; i < millis.length; i++) {
      Sql.run(
          file(),
          "UPDATE history_chunks SET time_ms = %d WHERE id = %d".formatted(millis[i], i + 1));
    }
    Sql.renewChecksums(file());
  }

  private void writeFour() {
    try (SqliteStore store = open("90d")) {
      Call.write(HOT, 10).runOn(store);
      Call.write(OTHER, 20).runOn(store);
      Call.write(HOT, 30).runOn(store);
      Call.write(HOT, 5).runOn(store);
    }
  }

  @Test
  void shouldTellWhatRegistersWereAndWhatChanged() {
    writeFour();
    try (HistoryReader reader = HistoryReader.openIn(directory)) {
      List<HistoryEntry> writes =
          reader.writes(DEVICE, 0, Long.MAX_VALUE, 9, HistoryOrder.OLDEST_FIRST);
      assertThat(writes).extracting(HistoryEntry::number).containsExactly(1L, 2L, 3L, 4L);
      assertThat(reader.stateAt(0, 0x0FAC)).isEmpty();
      assertThat(reader.stateAt(1, 0x0FAC))
          .containsExactly(new RegisterState.Written(writes.get(0)));
      assertThat(reader.stateAt(3, 0x0FAC))
          .containsExactly(
              new RegisterState.Written(writes.get(2)), new RegisterState.Written(writes.get(1)));
      assertThat(reader.stateAt(4, 0x0FAD)).isEmpty();
      assertThat(reader.changes(1, 4, AddressRange.ALL, 9).items())
          .containsExactly(
              new RegisterChange(new RegisterState.Written(writes.get(0)), writes.get(3), 2),
              new RegisterChange(new RegisterState.Unwritten(OTHER), writes.get(1), 1));
      RegisterPage<RegisterChange> page = reader.changes(0, 4, AddressRange.ALL, 1);
      assertThat(page.items()).hasSize(1);
      assertThat(page.next()).hasValue(OTHER);
      assertThat(reader.writes(DEVICE, 1, 4, 1, HistoryOrder.OLDEST_FIRST))
          .containsExactly(writes.get(1));
      assertThat(reader.writes(DEVICE, 1, 4, 1, HistoryOrder.NEWEST_FIRST))
          .containsExactly(writes.get(2));
      assertThat(reader.writes(DEVICE, 4, 2, 1, HistoryOrder.NEWEST_FIRST)).isEmpty();
    }
  }

  @Test
  void shouldFindMomentsAndDrawSteps() throws Exception {
    writeFour();
    setTimes(1000, 2000, 3000, 3999);
    try (HistoryReader reader = HistoryReader.openIn(directory)) {
      assertThat(reader.span()).isEqualTo(new HistorySpan(1, 1000, 4, 3999));
      assertThat(reader.numberAt(999)).isZero();
      assertThat(reader.numberAt(1000)).isOne();
      assertThat(reader.numberAt(2999)).isEqualTo(2);
      assertThat(reader.numberAt(Long.MAX_VALUE)).isEqualTo(4);
      List<Series> series = reader.series(new int[] {OTHER, HOT}, 2000, 4000, 2);
      assertThat(series.get(0))
          .isEqualTo(
              new Series(
                  OTHER,
                  new RegisterState.Unwritten(OTHER),
                  true,
                  List.of(new SeriesPoint(0, 20, 20, 20, 1, 2, 2000))));
      assertThat(series.get(1).before())
          .isEqualTo(new RegisterState.Written(Newest.of(reader, HOT, 2, 1).get(0)));
      assertThat(series.get(1).points())
          .containsExactly(
              new SeriesPoint(1, 30, 30, 30, 1, 3, 3000), new SeriesPoint(1, 5, 5, 5, 1, 4, 3999));
      assertThat(reader.series(new int[] {HOT}, 0, 1000, 1).get(0).points()).isEmpty();
    }
  }

  @Test
  void shouldTakeOneOfSeveralPlacesWhereTheClockWasSetBack() throws Exception {
    writeFour();
    setTimes(5000, 1000, 2000, 3000);
    try (HistoryReader reader = HistoryReader.openIn(directory)) {
      assertThat(reader.numberAt(2500)).isEqualTo(3);
      assertThat(reader.numberAt(999)).isZero();
      assertThat(reader.numberAt(5000)).isEqualTo(4);
    }
  }

  @Test
  void shouldSumUpWhatIsTooMuchToTellEach() {
    try (SqliteStore store = open("90d");
        HistoryReader reader = store.historyReader()) {
      for (int i = 0; i <= Series.EXACT_MAX; i++) {
        Call.write(HOT, i).runOn(store);
      }
      Series summed = reader.series(new int[] {HOT}, 0, 200_000_000_000_000L, 1).get(0);
      assertThat(summed.exact()).isFalse();
      SeriesPoint point = summed.points().get(0);
      assertThat(point.minimum()).isZero();
      assertThat(point.maximum()).isEqualTo(Series.EXACT_MAX);
      assertThat(point.count()).isEqualTo(Series.EXACT_MAX + 1);
      assertThat(point.number()).isEqualTo(Series.EXACT_MAX + 1);
    }
  }

  @Test
  void shouldSayThatPrunedHistoryIsUnknown() {
    try (SqliteStore store = open("10rows");
        HistoryReader reader = store.historyReader()) {
      assertThat(reader.span()).isEqualTo(new HistorySpan(1, 0, 0, 0));
      Call.write(HOT, 10).thenWrite(OTHER, 20).runOn(store);
      Call more = Call.write(HOT, 30);
      for (int i = 0; i < 20; i++) {
        more.thenWrite(i, i);
      }
      more.thenWrite(HOT, 40).runOn(store);
      await().atMost(Duration.ofSeconds(10)).until(() -> reader.span().firstNumber() == 15);
      assertThat(reader.span().isPruned()).isTrue();
      List<RegisterState> first = reader.stateAt(14, 0x0FAC);
      assertThat(first.get(0)).isEqualTo(new RegisterState.Unknown(HOT));
      assertThat(first.get(1)).isInstanceOf(RegisterState.Pruned.class);
      assertThat(((RegisterState.Pruned) first.get(1)).register().value()).isEqualTo(20);
      assertThat(reader.stateAt(0, 0x0FAC))
          .containsExactly(new RegisterState.Unknown(HOT), new RegisterState.Unknown(OTHER));
      assertThat(reader.numberAt(0)).isZero();
    }
  }

  @Test
  void shouldNoticeThatAPartIsMissing() throws Exception {
    try (SqliteStore store = open("90d")) {
      for (int i = 0; i < 4; i++) {
        write(store, 25_000);
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> Sql.indexedThrough(file()) == RunBlock.RUN_WRITES - 1);
    }
    long middle =
        Sql.number(file(), "SELECT max(id) FROM history_chunks WHERE id <= 30000 and id > 20000");
    Sql.run(file(), "DELETE FROM history_chunks WHERE id = " + middle);
    try (HistoryReader reader = HistoryReader.openIn(directory)) {
      List<Runnable> calls = new ArrayList<>();
      calls.add(() -> reader.series(new int[] {HOT}, 0, 200_000_000_000_000L, 10));
      calls.add(() -> reader.stateAt(middle, 0x0FAC));
      calls.add(() -> reader.changes(middle - 1, middle, AddressRange.ALL, 10));
      calls.add(() -> reader.writes(DEVICE, 29_000, 30_000, 5000, HistoryOrder.OLDEST_FIRST));
      assertThat(calls)
          .allSatisfy(
              call ->
                  assertThatThrownBy(call::run)
                      .isInstanceOf(StoreException.class)
                      .hasMessageContaining("is damaged (the history lacks write " + middle));
    }
  }

  /** Each write's value tells its number. */
  private static void write(SqliteStore store, int count) {
    int next = (store.read(HOT) + 1) & 0xFFFF;
    for (int i = 0; i < count; i += 500) {
      Call call = Call.from(Call.PLAIN);
      for (int j = 0; j < 500; j++) {
        call.thenWrite(HOT, next++ & 0xFFFF);
      }
      assertThat(call.runOn(store).failure()).isNull();
    }
  }

  @Test
  void shouldAnswerRightWhileHistoryIsWrittenAndPruned() throws Exception {
    ExecutorService threads = Executors.newCachedThreadPool();
    try (SqliteStore store = open("100000rows");
        HistoryReader reader = store.historyReader()) {
      Call.write(HOT, 1).runOn(store);
      AtomicBoolean writing = new AtomicBoolean(true);
      Future<Integer> asked = threads.submit(() -> ask(reader, writing));
      write(store, 400_000);
      await().atMost(Duration.ofSeconds(30)).until(() -> reader.span().firstNumber() == 300_002);
      writing.set(false);
      assertThat(asked.get(20, TimeUnit.SECONDS)).isPositive();
      assertThat(reader.changes(0, Long.MAX_VALUE, DEVICE, 1).items().get(0).writes())
          .isEqualTo(100_000);
    } finally {
      threads.shutdownNow();
    }
  }

  private static int ask(HistoryReader reader, AtomicBoolean writing) {
    int asked = 0;
    while (writing.get()) {
      long now = System.currentTimeMillis();
      Series series = reader.series(new int[] {HOT}, now - 60_000, now + 60_000, 500).get(0);
      assertThat(series.points())
          .allSatisfy(each -> assertThat(each.last()).isEqualTo(each.number() & 0xFFFF));
      long last = reader.span().lastNumber();
      RegisterState.Written state = (RegisterState.Written) reader.stateAt(last, 0x0FAC).get(0);
      assertThat(state.write().number()).isEqualTo(last);
      assertThat(state.write().value()).isEqualTo(last & 0xFFFF);
      asked++;
    }
    return asked;
  }

  @Test
  void shouldRefuseArgumentsOutOfTheirRange() {
    writeFour();
    int[] many = IntStream.range(0, 17).toArray();
    try (HistoryReader reader = HistoryReader.openIn(directory)) {
      List<Runnable> calls =
          Arrays.asList(
              () -> new AddressRange(5, 4),
              () -> new AddressRange(-1, 4),
              () -> new AddressRange(0, 1 << 24),
              () -> reader.stateAt(1, 0x10000),
              () -> reader.stateAt(-1, 0),
              () -> reader.stateAt(1, AddressRange.ALL, HistoryReader.LIMIT_MAX + 1),
              () -> reader.writes(DEVICE, -1, 1, 1, HistoryOrder.NEWEST_FIRST),
              () -> reader.changes(4, 4, DEVICE, 1),
              () -> reader.changes(-1, 4, DEVICE, 1),
              () -> reader.changes(1, 4, DEVICE, 0),
              () -> reader.series(new int[] {}, 0, 1, 1),
              () -> reader.series(many, 0, 1, 1),
              () -> reader.series(new int[] {1, 1}, 0, 1, 1),
              () -> reader.series(new int[] {-1}, 0, 1, 1),
              () -> reader.series(new int[] {1}, 1, 1, 1),
              () -> reader.series(new int[] {1}, -1, 1, 1),
              () -> reader.series(new int[] {1}, 0, Long.MAX_VALUE, 1),
              () -> reader.series(new int[] {1}, 0, 1, 0),
              () -> reader.series(new int[] {1}, 0, 1, HistoryReader.BUCKETS_MAX + 1));
      assertThat(calls)
          .allSatisfy(
              call ->
                  assertThatThrownBy(call::run)
                      .isInstanceOf(IllegalArgumentException.class)
                      .hasMessageContaining("must be"));
      assertThat(reader.stateAt(4, 0x0FAC)).hasSize(2);
    }
  }
}
