package io.wwep.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The table {@code register_base}: each register's value as of a number in the history, or later; a
 * row for each device. With the rows of the history behind that number it gives the current
 * registers. The checksums of its rows add up to {@code base_sum} in meta, so that no row can be
 * missing, be there twice, or be one of former days.
 */
final class BaseTable {

  private final Connection connection;
  private final MetaTable meta;
  private final PreparedStatement find;
  private final PreparedStatement put;

  BaseTable(Connection connection, MetaTable meta) throws SQLException {
    this.connection = connection;
    this.meta = meta;
    find = connection.prepareStatement("SELECT registers, crc FROM register_base WHERE device = ?");
    put =
        connection.prepareStatement(
            "INSERT OR REPLACE INTO register_base(device, registers, crc) VALUES(?, ?, ?)");
  }

  /**
   * Stores registers.
   *
   * @param addresses in ascending order; those from index {@code from} up to, but without, {@code
   *     end} are stored
   */
  void store(int[] addresses, int from, int end, BaseRow.Source source) throws SQLException {
    long sum = meta.get(MetaTable.BASE_SUM);
    int next = from;
    while (next < end) {
      int device = addresses[next] >> BaseRow.REGISTER_BITS;
      int first = next;
      while (next < end && addresses[next] >> BaseRow.REGISTER_BITS == device) {
        next++;
      }
      BaseRow old = find(device);
      BaseRow merged =
          (old == null ? BaseRow.empty(device) : old).with(addresses, first, next, source);
      put(merged);
      sum += merged.crc() - (old == null ? 0L : old.crc());
    }
    meta.put(MetaTable.BASE_SUM, sum);
  }

  private BaseRow find(int device) throws SQLException {
    find.setInt(1, device);
    try (ResultSet row = find.executeQuery()) {
      return row.next() ? BaseRow.verified(device, row.getBytes(1), row.getInt(2)) : null;
    }
  }

  private void put(BaseRow row) throws SQLException {
    put.setInt(1, row.device());
    put.setBytes(2, row.registers());
    put.setInt(3, row.crc());
    put.executeUpdate();
  }

  /** Receives all rows. */
  interface Visitor {
    void row(BaseRow row) throws SQLException;
  }

  /**
   * Visits all rows, by device.
   *
   * @throws SQLException also when one is not what was written, or they are not those that were
   */
  void visit(Visitor visitor) throws SQLException {
    long sum = 0;
    long last = -1;
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT device, registers, crc FROM register_base")) {
      while (rows.next()) {
        BaseRow row = BaseRow.verified(rows.getLong(1), rows.getBytes(2), rows.getInt(3));
        if (row.device() <= last) {
          throw Damage.of("the devices of register_base are out of order");
        }
        last = row.device();
        sum += row.crc();
        visitor.row(row);
      }
    }
    if (sum != meta.get(MetaTable.BASE_SUM)) {
      throw Damage.of("register_base does not have the devices that were written");
    }
  }

  /** Says that the rows of the history up to this number are in this table. */
  void setFoldedThrough(long id) throws SQLException {
    meta.put(MetaTable.FOLDED_THROUGH, id);
  }

  long foldedThrough() throws SQLException {
    return meta.get(MetaTable.FOLDED_THROUGH);
  }
}
