package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.HistoryLimit;
import io.wwep.store.Origin;
import io.wwep.store.RegisterTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntPredicate;
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
  private static final int[] LIMITS = {1, 7, 50, HistoryReader.LIMIT_MAX};
  private static final Origin[] ORIGINS = {
    new Origin("192.0.2.1", false), new Origin("192.0.2.1", true), new Origin("2001:db8::1", true)
  };

  @TempDir private Path directory;

  /** All writes that were committed; the first has number 1. */
  private final List<HistoryEntry> model = new ArrayList<>();

  private Random random;
  private Path file;
  private HistoryReader reader;
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
    file = directory.resolve("wwep.db");
    StoreLock lock = StoreLock.acquire(file);
    DataFiles.makeFile(file);
    start();
    reader = HistoryReader.open(file);
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
    append(rows);
    session.advance(count);
    if (gathers) {
      indexer.noteCommit(rows, count);
    }
    for (int i = 0; i < count; i++) {
      model.add(
          new HistoryEntry(
              first + i,
              first,
              HistoryRow.address(rows[i]),
              HistoryRow.value(rows[i]),
              ORIGINS[HistoryRow.peer(rows[i]) - 1]));
      table.set(HistoryRow.address(rows[i]), HistoryRow.value(rows[i]));
      fold.reserve(1);
      fold.noteWritten(HistoryRow.address(rows[i]), first);
    }
  }

  private void append(long[] rows) throws SQLException {
    long first = session.lastSequence() + 1;
    session.commit(
        database -> {
          for (int i = 0; i < ORIGINS.length; i++) {
            assertThat(database.peers().idOf(ORIGINS[i])).isEqualTo(i + 1);
          }
          database.history().append(first, first, rows, rows.length);
        });
  }

  /** Some registers are hot, some rare, some at the ends of all there are. */
  private int randomAddress() {
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
              randomAddress(), random.nextInt(65_536), 1 + random.nextInt(ORIGINS.length));
    }
    return rows;
  }

  private void assertAgreement(String where) throws SQLException {
    // The file may hold the rows of a failed commit until it is repaired.
    session.repair();
    long firstId = Sql.number(file, "SELECT ifnull(min(id), 1) FROM history_chunks");
    long before =
        random.nextBoolean() ? Long.MAX_VALUE : 1 + (long) (random.nextDouble() * model.size());
    int limit = LIMITS[random.nextInt(LIMITS.length)];
    int address = random.nextInt(5) == 0 ? random.nextInt(1 << 24) : randomAddress();
    assertThat(reader.newest(address, before, limit))
        .as("%s, register %06X before %d, limit %d", where, address, before, limit)
        .isEqualTo(expected(each -> each == address, firstId, before, limit));
    assertThat(reader.newestOfDevice(address >> 8, before, limit))
        .as("%s, device %04X before %d, limit %d", where, address >> 8, before, limit)
        .isEqualTo(expected(each -> each >> 8 == address >> 8, firstId, before, limit));
  }

  private List<HistoryEntry> expected(IntPredicate wanted, long firstId, long before, int limit) {
    List<HistoryEntry> entries = new ArrayList<>();
    int newest = (int) Math.min(model.size(), before - 1) - 1;
    for (int i = newest; i >= firstId - 1 && entries.size() < limit; i--) {
      if (wanted.test(model.get(i).address())) {
        entries.add(model.get(i));
      }
    }
    return entries;
  }
}
