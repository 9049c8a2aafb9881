package io.wwep.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * The table {@code history_runs}, by which the writes of one register are found without a look at
 * all others: see {@link RunBlock}. Runs count from the row {@code indexed_through} in meta
 * backwards; what is there of later ones was left by a round that was broken off.
 */
final class HistoryRuns {

  private static final String BLOCKS =
      "SELECT "
          + RunBlock.COLUMNS
          + " FROM history_runs WHERE key BETWEEN ? AND ? ORDER BY key DESC";

  private final MetaTable meta;
  private final PreparedStatement blocks;
  private final PreparedStatement insert;
  private final PreparedStatement removeFrom;
  private final PreparedStatement removeBefore;

  HistoryRuns(Connection connection, MetaTable meta) throws SQLException {
    this.meta = meta;
    blocks = connection.prepareStatement(BLOCKS);
    // Again after a commit whose outcome is unknown.
    insert =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO history_runs(key, pairs, next, crc) VALUES(?, ?, ?, ?)");
    removeFrom = connection.prepareStatement("DELETE FROM history_runs WHERE key >= ?");
    removeBefore = connection.prepareStatement("DELETE FROM history_runs WHERE key < ?");
  }

  void insert(List<RunBlock> blocks) throws SQLException {
    for (RunBlock block : blocks) {
      insert.setLong(1, block.key());
      insert.setBytes(2, block.pairs());
      insert.setLong(3, block.next());
      insert.setInt(4, block.crc());
      insert.executeUpdate();
    }
  }

  /**
   * Visits the writes of a run to some registers, some of which may be pruned.
   *
   * @throws SQLException also when a part of the run is missing or not what was written
   */
  void visit(long run, AddressRange wanted, RunBlock.PairVisitor visitor) throws SQLException {
    long lastKey = RunBlock.lastKey(run, wanted.last());
    blocks.setLong(1, RunBlock.firstKey(run));
    blocks.setLong(2, lastKey);
    try (ResultSet found = blocks.executeQuery()) {
      RunBlock block = null;
      while ((block == null || block.goesOnBefore(wanted.first())) && found.next()) {
        RunBlock behind = block;
        block = RunBlock.from(found);
        requireNeighbours(block, behind, lastKey);
        block.visit(wanted.first(), wanted.last(), visitor);
      }
      if (block == null || block.goesOnBefore(wanted.first())) {
        throw lacking(run);
      }
    }
  }

  /**
   * No block may be missing between two, or between the first one that is looked at and its end.
   */
  private static void requireNeighbours(RunBlock block, RunBlock behind, long lastKey)
      throws SQLException {
    boolean next =
        behind == null
            ? block.next() == RunBlock.LAST || block.next() > lastKey
            : block.next() == behind.key();
    if (!next) {
      throw lacking(block.run());
    }
  }

  private static SQLException lacking(long run) {
    return Damage.of("the index of the history lacks a part of run %d".formatted(run));
  }

  /** Removes this run and later ones. */
  void removeFrom(long run) throws SQLException {
    removeFrom.setLong(1, RunBlock.firstKey(run));
    removeFrom.executeUpdate();
  }

  /** Removes the runs before this one. */
  void removeBefore(long run) throws SQLException {
    removeBefore.setLong(1, RunBlock.firstKey(run));
    removeBefore.executeUpdate();
  }

  /** Says that the runs of all writes up to this number are complete. */
  void setIndexedThrough(long number) throws SQLException {
    meta.put(MetaTable.INDEXED_THROUGH, number);
  }

  long indexedThrough() throws SQLException {
    return meta.get(MetaTable.INDEXED_THROUGH);
  }
}
