package io.wwep.store.sqlite;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.store.HistoryLimit;
import io.wwep.store.RegisterTable;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random commits, commits that fail, folding, pruning and crashes at every point between them,
 * against a map: memory, the view of the registers and the next start must all agree with it.
 */
final class FoldModelTest {

  private static final int STEPS = 400;
  private static final int ADDRESSES = 3000;
  private static final int ROWS_KEPT = 700;

  @TempDir private Path directory;

  private final Map<Integer, Integer> model = new TreeMap<>();
  private Random random;
  private Path file;
  private long committed;

  // Made anew by each start.
  private RegisterTable table;
  private Session session;
  private Fold fold;
  private HistoryPruner pruner;
  private final CommitFaults faults = new CommitFaults();
  private boolean failBehindRows;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 0})
  void shouldAgreeWithTheModelWhateverHappens(long fixedSeed) throws Exception {
    long seed = fixedSeed == 0 ? System.nanoTime() : fixedSeed;
    System.out.println("FoldModelTest seed " + seed);
    random = new Random(seed);
    file = directory.resolve("wwep.db");
    StoreLock lock = StoreLock.acquire(file);
    DataFiles.makeFile(file);
    start();
    try (Connection shell = Sql.connect(file)) {
      for (int step = 0; step < STEPS; step++) {
        act();
        assertAgreement(shell, seed, step);
      }
    }
    session.close(true);
    lock.close();
  }

  private void start() throws Exception {
    Loaded loaded =
        Loaded.from(file, new HistoryLimit(Long.MAX_VALUE, ROWS_KEPT), () -> faults.connect(file));
    table = loaded.table();
    session = loaded.session();
    fold = loaded.fold();
    pruner = loaded.pruner();
  }

  private void act() throws Exception {
    int dice = random.nextInt(100);
    if (dice < 50) {
      commit(1 + random.nextInt(200));
    } else if (dice < 60) {
      failCommit();
    } else if (dice < 85) {
      foldStep();
    } else if (dice < 95) {
      pruner.step(random.nextInt(300));
    } else {
      // A crash: the connection is gone in the middle of whatever it was.
      session.giveUp();
      start();
    }
  }

  private void foldStep() {
    try {
      faults.afterCommit = random.nextInt(10) == 0;
      faults.beforeCommit = random.nextInt(10) == 0;
      if (fold.backlogRows() > 0) {
        fold.step(0);
      }
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("by the test");
    }
    faults.clear();
  }

  private void commit(int count) throws SQLException {
    long[] rows = randomRows(count);
    append(rows);
    for (long row : rows) {
      model.put(HistoryRow.address(row), HistoryRow.value(row));
    }
  }

  private void failCommit() {
    int way = random.nextInt(3);
    faults.afterCommit = way == 0;
    faults.beforeCommit = way == 1;
    failBehindRows = way == 2;
    try {
      append(randomRows(1 + random.nextInt(50)));
      throw new AssertionError("the commit did not fail");
    } catch (SQLException e) {
      assertThat(e.getMessage()).contains("by the test");
    }
    // Repaired by whatever comes next, or by the next line, as the committer does.
    if (random.nextBoolean()) {
      try {
        session.repair();
      } catch (SQLException e) {
        throw new AssertionError(e);
      }
    }
  }

  private long[] randomRows(int count) {
    long[] rows = new long[count];
    for (int i = 0; i < count; i++) {
      rows[i] = HistoryRow.pack(random.nextInt(ADDRESSES), random.nextInt(65_536), 1);
    }
    return rows;
  }

  private void append(long[] rows) throws SQLException {
    long first = session.lastSequence() + 1;
    session.commit(
        database -> {
          database.history().append(first, first, rows, rows.length);
          if (failBehindRows) {
            failBehindRows = false;
            throw new SQLException("broken off by the test");
          }
        });
    session.advance(rows.length);
    committed += rows.length;
    fold.reserve(rows.length);
    for (long row : rows) {
      table.set(HistoryRow.address(row), HistoryRow.value(row));
      fold.noteWritten(HistoryRow.address(row), first);
    }
  }

  private void assertAgreement(Connection shell, long seed, int step) throws SQLException {
    String where = "seed %d, step %d".formatted(seed, step);
    if (!session.isSound()) {
      // The file may hold the rows of the failed commit until it is repaired.
      session.repair();
    }
    assertThat(session.lastSequence()).as(where).isEqualTo(committed);
    assertThat(table.registerCount()).as(where).isEqualTo(model.size());
    List<String> expected = new ArrayList<>();
    model.forEach(
        (address, value) -> {
          assertThat(table.get(address)).as(where).isEqualTo(value);
          expected.add("%04X|%02X|%04X".formatted(address >> 8, address & 255, value));
        });
    assertThat(Sql.rows(shell, "SELECT device, register, value FROM registers"))
        .as(where)
        .isEqualTo(expected);
    assertHistory(shell, where);
  }

  /** No holes, and nothing pruned that is within the limit or not folded. */
  private void assertHistory(Connection shell, String where) throws SQLException {
    String sql = "SELECT ifnull(min(seq), 0), ifnull(max(seq), 0), count(*) FROM history";
    String[] bounds = Sql.rows(shell, sql).get(0).split("\\|", -1);
    long min = Long.parseLong(bounds[0]);
    long max = Long.parseLong(bounds[1]);
    assertThat(max).as(where).isEqualTo(committed);
    assertThat(bounds[2]).as(where).isEqualTo("" + (committed == 0 ? 0 : max - min + 1));
    assertThat(min).as(where).isLessThanOrEqualTo(Math.max(1, committed - ROWS_KEPT + 1));
    assertThat(min).as(where).isLessThanOrEqualTo(fold.foldedThrough() + 1);
  }
}
