package io.wwep.store.sqlite;

import io.wwep.protocol.Wwep;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;

/** Holds the index of the history against the history, run by run. */
final class RunsCheck {

  /** In place of a register, for a write that is not there, or was found already. */
  private static final int NONE = -1;

  private final Findings findings;
  private final PreparedStatement blocks;
  private final long firstWrite;
  private final long indexedThrough;
  private final int[] addresses = new int[RunBlock.RUN_WRITES];
  private long indexed;

  /**
   * @param firstWrite number of the oldest write of the history
   * @param indexedThrough number of the last write that the index has
   */
  RunsCheck(Connection connection, Findings findings, long firstWrite, long indexedThrough)
      throws SQLException {
    this.findings = findings;
    this.firstWrite = firstWrite;
    this.indexedThrough = indexedThrough;
    blocks =
        connection.prepareStatement(
            "SELECT "
                + RunBlock.COLUMNS
                + " FROM history_runs WHERE key BETWEEN ? AND ? ORDER BY key");
    Arrays.fill(addresses, NONE);
  }

  /** Returns how many writes of the history the index has. */
  long indexed() {
    return indexed;
  }

  /** Takes the next write of the history. */
  void write(long number, int address) throws SQLException {
    if (number > indexedThrough) {
      return;
    }
    int position = (int) number & (RunBlock.RUN_WRITES - 1);
    addresses[position] = address;
    if (position == RunBlock.RUN_WRITES - 1) {
      findings.during(() -> check(RunBlock.runOf(number)));
      Arrays.fill(addresses, NONE);
    }
  }

  private void check(long run) throws SQLException {
    long next = RunBlock.firstKey(run);
    blocks.setLong(1, next);
    blocks.setLong(2, RunBlock.firstKey(run + 1) - 1);
    try (ResultSet found = blocks.executeQuery()) {
      while (found.next()) {
        RunBlock block = RunBlock.from(found);
        if (block.key() != next) {
          throw lacking(run);
        }
        next = block.next();
        block.visitThrough(Wwep.REGISTER_COUNT - 1, this::tick);
      }
    }
    if (next != RunBlock.LAST) {
      throw lacking(run);
    }
    for (int address : addresses) {
      if (address != NONE) {
        throw lacking(run);
      }
    }
  }

  private static SQLException lacking(long run) {
    return Damage.of("the index of the history lacks a part of run %d".formatted(run));
  }

  /** What was removed from the history since the run was made is still in the run. */
  private void tick(long number, int address) throws SQLException {
    int position = (int) number & (RunBlock.RUN_WRITES - 1);
    if (number < firstWrite) {
      return;
    }
    if (addresses[position] != address) {
      throw Damage.of("the index of the history does not fit write %d".formatted(number));
    }
    addresses[position] = NONE;
    indexed++;
  }
}
