package io.wwep.store.sqlite;

import io.wwep.store.RegisterTable;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * The table {@code register_base}: each register's value as of a number in the history, or later.
 * With the rows of the history behind that number it gives the current registers.
 */
final class BaseTable {

  private static final String UPSERT =
      "INSERT OR REPLACE INTO register_base(address, value, time_ms) VALUES";

  private final Connection connection;
  private final MultiRowInsert upsert;
  private final PreparedStatement setFoldedThrough;

  // What is being stored, for the time of one call.
  private int[] addresses;
  private RegisterTable table;
  private WrittenTimes times;

  BaseTable(Connection connection) throws SQLException {
    this.connection = connection;
    upsert = new MultiRowInsert(connection, UPSERT, new StoredRow());
    setFoldedThrough =
        connection.prepareStatement("UPDATE meta SET value = ? WHERE key = 'folded_through'");
  }

  /** Stores the registers at these addresses, indices from to end, as they are in memory. */
  void store(int[] addresses, int from, int end, RegisterTable table, WrittenTimes times)
      throws SQLException {
    this.addresses = addresses;
    this.table = table;
    this.times = times;
    upsert.insert(from, end);
  }

  private final class StoredRow implements MultiRowInsert.Row {

    @Override
    public String values(int slot) {
      return "?%1$d >> 16, ?%1$d & 65535, ?%2$d".formatted((2 * slot) + 1, (2 * slot) + 2);
    }

    @Override
    public void bind(PreparedStatement statement, int slot, int index) throws SQLException {
      int address = addresses[index];
      statement.setLong((2 * slot) + 1, (long) address << 16 | table.get(address));
      statement.setLong((2 * slot) + 2, times.timeOf(address));
    }
  }

  /** Says that the rows of the history up to this number are in this table. */
  void setFoldedThrough(long id) throws SQLException {
    setFoldedThrough.setLong(1, id);
    setFoldedThrough.executeUpdate();
  }

  long foldedThrough() throws SQLException {
    return Connections.number(connection, "SELECT value FROM meta WHERE key = 'folded_through'");
  }
}
