package io.wwep.it.power;

import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All writes in a database, in the order of their numbers, as docs/schema.md lays them out. */
final class History {

  private final long firstNumber;
  private long[] rows = new long[1024];
  private int size;

  private History(long firstNumber) {
    this.firstNumber = firstNumber;
  }

  /**
   * Reads it.
   *
   * @throws AssertionError when numbers are missing
   */
  static History read(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet chunks =
            statement.executeQuery("SELECT id, writes FROM history_chunks ORDER BY id")) {
      History history = null;
      while (chunks.next()) {
        if (history == null) {
          history = new History(chunks.getLong(1));
        }
        if (chunks.getLong(1) != history.firstNumber + history.size) {
          throw new AssertionError(
              "write %d is missing".formatted(history.firstNumber + history.size));
        }
        history.add(ByteBuffer.wrap(chunks.getBytes(2)).asLongBuffer());
      }
      return history == null ? new History(1) : history;
    }
  }

  private void add(LongBuffer writes) {
    int count = writes.remaining();
    if (size + count > rows.length) {
      rows = Arrays.copyOf(rows, Math.max(size + count, 2 * rows.length));
    }
    writes.get(rows, size, count);
    size += count;
  }

  /** Returns the number of the oldest write; 1 when there is none. */
  long firstNumber() {
    return firstNumber;
  }

  int size() {
    return size;
  }

  int address(int i) {
    return (int) (rows[i] >>> 16) & 0xFFFFFF;
  }

  int value(int i) {
    return (int) rows[i] & 0xFFFF;
  }

  /** Returns the values of a register, the newest first. */
  List<Integer> newestValues(int address) {
    List<Integer> values = new ArrayList<>();
    for (int i = size - 1; i >= 0; i--) {
      if (address(i) == address) {
        values.add(value(i));
      }
    }
    return values;
  }
}
