package io.wwep.store.sqlite;

import io.wwep.protocol.Wwep;
import io.wwep.store.Origin;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * Makes a file of this version of an older one, in one transaction: a crash leaves the old file, or
 * a complete new one. The old tables are moved aside, and what they have is copied into new ones,
 * so that nothing of the form before is left. The index of the history, which takes long and is not
 * needed at once, is made after the start.
 */
final class Migration {

  /** What versions 1 to 3 had, as far as they had it. */
  private static final List<String> MOVE_ASIDE =
      List.of(
          "DROP VIEW IF EXISTS registers",
          "DROP VIEW IF EXISTS history",
          "DROP VIEW IF EXISTS recent",
          "DROP TABLE IF EXISTS positions",
          "DROP TABLE IF EXISTS history_runs",
          "ALTER TABLE peers RENAME TO old_peers",
          "ALTER TABLE register_base RENAME TO old_base",
          "ALTER TABLE meta RENAME TO old_meta");

  private static final String CHUNKS_ASIDE = "ALTER TABLE history_chunks RENAME TO history_log";

  private static final List<String> REMOVE =
      List.of(
          "DROP TABLE old_peers",
          "DROP TABLE old_base",
          "DROP TABLE old_meta",
          "DROP TABLE history_log");

  private final Connection connection;
  private final MetaTable meta;
  private final HistoryTable history;
  private final BaseTable base;

  private Migration(Connection connection) throws SQLException {
    this.connection = connection;
    meta = new MetaTable(connection);
    history = new HistoryTable(connection);
    base = new BaseTable(connection, meta);
  }

  /** Brings a file of an older version up to date. */
  static void run(Connection connection, long version) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // People's own views on ours are not looked at while ours are gone.
      statement.execute("PRAGMA legacy_alter_table = ON");
      statement.execute("BEGIN IMMEDIATE");
      try {
        Schema.run(statement, MOVE_ASIDE);
        if (version > 1) {
          statement.execute(CHUNKS_ASIDE);
        }
        Schema.createTables(connection, statement);
        new Migration(connection).copy(version);
        Schema.run(statement, REMOVE);
        statement.execute("COMMIT");
        statement.execute("PRAGMA legacy_alter_table = OFF");
      } catch (SQLException | RuntimeException | Error e) {
        Connections.undo(statement, e);
        throw e;
      }
    }
  }

  private void copy(long version) throws SQLException {
    each(
        "SELECT key, value FROM old_meta WHERE key IN ('folded_through', 'repairs')",
        row -> meta.put(row.getString(1), row.getLong(2)));
    copyPeers();
    copyBase();
    if (version == 1) {
      copyRows();
    } else {
      copyChunks();
    }
    markStart();
  }

  /** Receives the rows of a query. */
  private interface Rows {
    void row(ResultSet row) throws SQLException;
  }

  private void each(String sql, Rows rows) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(sql)) {
      while (result.next()) {
        rows.row(result);
      }
    }
  }

  private void copyPeers() throws SQLException {
    PeerIds peers = new PeerIds(connection, meta);
    each(
        "SELECT id, address, secure FROM old_peers ORDER BY id",
        row -> peers.add(row.getInt(1), new Origin(row.getString(2), row.getBoolean(3))));
  }

  /** A row for each register becomes one for each device. */
  private void copyBase() throws SQLException {
    OldBase old = new OldBase();
    each(
        "SELECT address, value, time_ms FROM old_base ORDER BY address",
        row -> old.add(row.getLong(1), row.getInt(2), row.getLong(3)));
    old.store();
  }

  /** Registers of one device on their way. */
  private final class OldBase implements BaseRow.Source {
    private final int[] addresses = new int[1 << BaseRow.REGISTER_BITS];
    private final int[] values = new int[addresses.length];
    private final long[] times = new long[addresses.length];
    private int count;

    void add(long address, int value, long timeMillis) throws SQLException {
      if (address < 0 || address >= Wwep.REGISTER_COUNT) {
        throw Damage.of("it has a register %d".formatted(address));
      }
      if (count > 0 && addresses[0] >> BaseRow.REGISTER_BITS != address >> BaseRow.REGISTER_BITS) {
        store();
      }
      int register = (int) address & (addresses.length - 1);
      addresses[count++] = (int) address;
      values[register] = value;
      times[register] = timeMillis;
    }

    void store() throws SQLException {
      base.store(addresses, 0, count, this);
      count = 0;
    }

    @Override
    public int value(int address) {
      return values[address & (addresses.length - 1)];
    }

    @Override
    public long timeMillis(int address) {
      return times[address & (addresses.length - 1)];
    }
  }

  /**
   * Version 1 kept a row for each write; those of one commit have one time. A chunk begins behind
   * what is folded, as each commit does.
   */
  private void copyRows() throws SQLException {
    ChunkWriter old = new ChunkWriter(history, meta.get(MetaTable.FOLDED_THROUGH) + 1);
    each(
        "SELECT id, time_ms, address, value, peer FROM history_log ORDER BY id",
        row ->
            old.add(
                row.getLong(1),
                row.getLong(2),
                HistoryRow.pack(row.getInt(3), row.getInt(4), row.getInt(5))));
    old.flush();
  }

  private void copyChunks() throws SQLException {
    each(
        "SELECT id, time_ms, writes FROM history_log ORDER BY id",
        row -> history.append(row.getLong(1), row.getLong(2), row.getBytes(3)));
  }

  /** An older version did not say where its history began. */
  private void markStart() throws SQLException {
    long first = history.firstId();
    meta.put(MetaTable.PRUNED_THROUGH, first == 0 ? base.foldedThrough() : first - 1);
    history.visitAfter(meta.get(MetaTable.PRUNED_THROUGH), chunk -> {});
  }
}
