package io.wwep.store.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.Store;
import io.wwep.store.sqlite.SqliteStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever threads do at a time, they see what they would see one after the other. */
final class LinearizabilityTest {

  private static final String FOUND = "Invalid execution results";
  private static final int JAVA_MAX = 26;

  @BeforeAll
  static void assumeThatLincheckRuns() {
    assumeTrue(
        Runtime.version().feature() <= JAVA_MAX,
        "this release of Lincheck reads classes of Java " + JAVA_MAX + " at most");
  }

  /** A figure for docs/reliability.md, in the form of those of the integration tests. */
  @AfterAll
  static void noteScenarios() throws IOException {
    Path figures = Path.of(System.getProperty("wwep.figures", "target/figures.tsv"));
    LocalDate today = LocalDate.now(ZoneId.systemDefault());
    Files.writeString(
        figures,
        "linear.lincheckScenarios\t%,d\t%s%n".formatted(Interleavings.scenariosPassed(), today),
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  @ParameterizedTest
  @EnumSource
  void shouldGiveEachQueuedBatchOnceAndInItsOrder(Interleavings interleavings) {
    interleavings.check(QueueCalls.class, QueueCalls.Model.class);
  }

  @Test
  void shouldFindAQueueThatLosesABatch() {
    assertThat(Interleavings.find(QueueCalls.Losing.class, QueueCalls.Model.class)).contains(FOUND);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadFromTheTableWhatWasWrittenLast(Interleavings interleavings) {
    interleavings.check(TableCalls.class, TableCalls.Model.class);
  }

  @Test
  void shouldFindATableThatIsHasty() {
    assertThat(Interleavings.find(TableCalls.Hasty.class, TableCalls.Model.class)).contains(FOUND);
  }

  @Test
  void shouldFindATableThatLosesARegister() {
    assertThat(Interleavings.find(TableCalls.Losing.class, TableCalls.Model.class)).contains(FOUND);
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadFromMemoryWhatWasWrittenLast(Interleavings interleavings) {
    interleavings.check(StoreCalls.Memory.class, StoreCalls.Model.class);
  }

  /** Stress only: the thread that commits and SQLite itself are out of the checker's control. */
  @Test
  void shouldReadFromAStoreOnFileWhatWasWrittenLast(@TempDir Path directory) {
    try (Store store = SqliteStore.openIn(directory, Fsync.NEVER, HistoryLimit.DEFAULT)) {
      StoreCalls.OnFile.use(store);
      Interleavings.STRESS.check(StoreCalls.OnFile.class, StoreCalls.Model.class);
    }
  }
}
