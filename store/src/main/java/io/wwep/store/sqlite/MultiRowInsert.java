package io.wwep.store.sqlite;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.StringJoiner;

/**
 * Inserts any number of rows with few statements: prepared ones of 64, 8 and 1 rows. The cost of
 * running a statement is that of many rows, so one statement for each row would be several times
 * slower.
 */
final class MultiRowInsert {

  private static final int[] ROWS = {64, 8, 1};

  /** How one row is written in SQL and bound; {@code slot} counts the rows of one statement. */
  interface Row {

    /** Returns the SQL between the parentheses. */
    String values(int slot);

    /** Binds row {@code index} to the parameters of {@code slot}. */
    void bind(PreparedStatement statement, int slot, int index) throws SQLException;
  }

  private final Row row;
  private final PreparedStatement[] statements = new PreparedStatement[ROWS.length];

  /**
   * @param head the statement up to and with {@code VALUES}
   */
  MultiRowInsert(Connection connection, String head, Row row) throws SQLException {
    this.row = row;
    for (int i = 0; i < ROWS.length; i++) {
      StringJoiner rows = new StringJoiner(",", head, "");
      for (int slot = 0; slot < ROWS[i]; slot++) {
        rows.add("(" + row.values(slot) + ")");
      }
      statements[i] = connection.prepareStatement(rows.toString());
    }
  }

  /** Inserts the rows from index {@code from} up to, but without, {@code end}. */
  void insert(int from, int end) throws SQLException {
    int next = from;
    for (int i = 0; i < ROWS.length; i++) {
      while (end - next >= ROWS[i]) {
        for (int slot = 0; slot < ROWS[i]; slot++) {
          row.bind(statements[i], slot, next + slot);
        }
        statements[i].executeUpdate();
        next += ROWS[i];
      }
    }
  }
}
