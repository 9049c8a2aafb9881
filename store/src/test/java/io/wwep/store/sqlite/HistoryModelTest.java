package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.HistoryLimit;
import io.wwep.store.Origin;
import io.wwep.store.RegisterTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random commits, commits that fail, steps of indexing, folding and pruning, and crashes between
 * any two of them, against a plain list of all writes: what a reader finds must be in the list, and
 * what of the list is still in the history must be found.
 */
final class HistoryModelTest {

  private static final int STEPS = 300;
  private static final int ROWS_KEPT = 150_000;
  private static final Origin[] ORIGINS = {
    new Origin("192.0.2.1", false), new Origin("192.0.2.1", true), new Origin("2001:db8::1", true)
  };

  @TempDir private Path directory;

  private final HistoryModel model = new HistoryModel();

  private Random random;

  /** Of its own, so that questions do not change what happens. */
  private Random asking;

  private Path file;
  private HistoryReader reader;
  private HistoryQuestions questions;
  private long clockMillis = 1_000_000;
  private int indexed;

  // Made anew by each start.
  private RegisterTable table;
  private Session session;
  private Fold fold;
  private HistoryPruner pruner;
  private Indexer indexer;
  private boolean gathers;
  private final CommitFaults faults = new CommitFaults();

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 0})
  void shouldFindWhatThePlainListHasWhateverHappens(long fixedSeed) throws Exception {
    long seed = fixedSeed == 0 ? System.nanoTime() : fixedSeed;
    System.out.println("HistoryModelTest seed " + seed);
    random = new Random(seed);
    asking = new Random(~seed);
    file = directory.resolve("wwep.db");
    StoreLock lock = StoreLock.acquire(file);
    DataFiles.makeFile(file);
    start();
    reader = HistoryReader.open(file);
    questions = new HistoryQuestions(asking, model, reader, () -> randomAddress(asking));
    for (int step = 0; step < STEPS; step++) {
      act();
      assertAgreement("seed %d, step %d".formatted(seed, step));
    }
    reader.close();
    indexer.close();
    session.close(true);
    lock.close();
    if (fixedSeed != 0) {
      assertMuchHappened();
    }
  }

  /** Of a seed that nobody has seen, chance may have made little. */
  private void assertMuchHappened() throws SQLException {
    assertThat(indexed).as("steps of indexing").isGreaterThan(20);
    assertThat(questions.summed).as("series of many writes").isGreaterThan(20);
    assertThat(questions.exact).as("series of few writes").isGreaterThan(20);
    assertThat(questions.unknown).as("registers known no more").isGreaterThan(20);
    assertThat(Sql.indexedThrough(file)).isPositive();
    assertThat(Sql.number(file, "SELECT min(id) FROM history_chunks")).isGreaterThan(1);
  }

  private void start() throws Exception {
    Loaded loaded =
        Loaded.from(file, new HistoryLimit(Long.MAX_VALUE, ROWS_KEPT), () -> faults.connect(file));
    table = loaded.table();
    session = loaded.session();
    fold = loaded.fold();
    pruner = loaded.pruner();
    indexer = loaded.indexer();
    gathers = random.nextInt(3) > 0;
  }

  private void act() throws Exception {
    int dice = random.nextInt(100);
    if (dice < 30) {
      commit(1 + random.nextInt(dice < 10 ? 30_000 : 300));
    } else if (dice < 36) {
      commit(3);
      failing(() -> append(randomRows(1 + random.nextInt(2000))));
    } else if (dice < 75) {
      index();
    } else if (dice < 85) {
      fold(20);
    } else if (dice < 95) {
      pruner.step(random.nextInt(100_000));
    } else {
      // A crash: the connection is gone in the middle of whatever it was.
      indexer.close();
      session.giveUp();
      start();
    }
  }

  private interface Action {
    void run() throws SQLException;
  }

  private void failing(Action action) {
    faults.afterCommit = random.nextInt(3) == 0;
    faults.beforeCommit = !faults.afterCommit;
    try {
      action.run();
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("by the test");
    }
    faults.clear();
  }

  /** Only what is folded is pruned. */
  private void fold(int steps) throws SQLException {
    for (int i = 0; i < steps && fold.backlogRows() > 0; i++) {
      fold.step(0);
    }
  }

  private void index() throws SQLException {
    for (int i = random.nextInt(6); i >= 0 && indexer.nanosUntilDue(System.nanoTime()) == 0; i--) {
      if (random.nextInt(8) == 0) {
        failing(indexer::step);
      } else {
        indexer.step();
      }
      indexed++;
      awaitBuilder();
    }
  }

  /** The builder wakes this thread. */
  private void awaitBuilder() {
    while (indexer.isBuilding()) {
      LockSupport.parkNanos(this, 1_000_000);
    }
  }

  private void commit(int count) throws SQLException {
    long[] rows = randomRows(count);
    long first = session.lastSequence() + 1;
    turnClock();
    append(rows);
    session.advance(count);
    if (gathers) {
      indexer.noteCommit(rows, count);
    }
    for (int i = 0; i < count; i++) {
      model.add(
          new HistoryEntry(
              first + i,
              clockMillis,
              HistoryRow.address(rows[i]),
              HistoryRow.value(rows[i]),
              ORIGINS[HistoryRow.peer(rows[i]) - 1]));
      table.set(HistoryRow.address(rows[i]), HistoryRow.value(rows[i]));
      fold.reserve(1);
      fold.noteWritten(HistoryRow.address(rows[i]), clockMillis);
    }
  }

  /** Commits may have the same time, and the clock may be set back. */
  private void turnClock() {
    clockMillis += asking.nextInt(20) == 0 ? -asking.nextInt(200) : asking.nextInt(20);
  }

  private void append(long[] rows) throws SQLException {
    long first = session.lastSequence() + 1;
    session.commit(
        database -> {
          for (int i = 0; i < ORIGINS.length; i++) {
            assertThat(database.peers().idOf(ORIGINS[i])).isEqualTo(i + 1);
          }
          database.history().append(first, clockMillis, rows, rows.length);
        });
  }

  /** Some registers are hot, some rare, some at the ends of all there are. */
  private static int randomAddress(Random random) {
    return switch (random.nextInt(12)) {
      case 0 -> 0xFF_FFFF;
      case 1 -> 0;
      case 2 -> random.nextInt(1 << 24);
      case 3, 4, 5, 6 -> 0x0FAC00 + random.nextInt(256);
      default -> 0x0FAC0B;
    };
  }

  private long[] randomRows(int count) {
    long[] rows = new long[count];
    for (int i = 0; i < count; i++) {
      rows[i] =
          HistoryRow.pack(
              randomAddress(random), random.nextInt(65_536), 1 + random.nextInt(ORIGINS.length));
    }
    return rows;
  }

  private void assertAgreement(String where) throws SQLException {
    // What a reader sees of a failed commit must not be kept when it is repaired.
    if (asking.nextInt(4) == 0) {
      reader.stateAt(Long.MAX_VALUE, 0x0FAC);
    }
    // The file may hold the rows of a failed commit until it is repaired.
    session.repair();
    model.prunedThrough(Sql.number(file, "SELECT value FROM meta WHERE key = 'pruned_through'"));
    questions.ask(where);
  }
}
