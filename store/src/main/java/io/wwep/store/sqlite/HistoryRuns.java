package io.wwep.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * The table {@code history_runs}, by which the writes of one register are found without a look at
 * all others: see {@link RunBlock}. Runs count from the row {@code indexed_through} in meta
 * backwards; what is there of later ones was left by a round that was broken off.
 */
final class HistoryRuns {

  private final MetaTable meta;
  private final PreparedStatement insert;
  private final PreparedStatement removeFrom;
  private final PreparedStatement removeBefore;

  HistoryRuns(Connection connection, MetaTable meta) throws SQLException {
    this.meta = meta;
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
