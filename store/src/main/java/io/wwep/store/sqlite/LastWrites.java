package io.wwep.store.sqlite;

import java.sql.SQLException;
import java.util.Arrays;

/** Finds the last write to each of some registers. One thread at a time. */
final class LastWrites {

  private final HistoryView view;
  private int[] addresses;
  private long[] numbers;

  /** Where the register of the write before was; writes of an index come by register. */
  private int at;

  /**
   * @param view whose moment a call belongs to
   */
  LastWrites(HistoryView view) {
    this.view = view;
  }

  /**
   * Returns the number of each register's last write behind one number and up to another; 0 where
   * the history has none.
   *
   * @param ascending addresses
   */
  long[] find(int[] ascending, long after, long through) throws SQLException {
    addresses = ascending;
    numbers = new long[addresses.length];
    at = 0;
    long low = Math.max(after + 1, view.firstNumber());
    long high = Math.min(through, view.lastNumber());
    int first = 0;
    int last = addresses.length - 1;
    for (long run = RunBlock.runOf(high); run >= RunBlock.runOf(low) && low <= high; run--) {
      while (first <= last && numbers[first] != 0) {
        first++;
      }
      while (first <= last && numbers[last] != 0) {
        last--;
      }
      if (first > last) {
        break;
      }
      view.visit(run, new AddressRange(addresses[first], addresses[last]), low, high, this::note);
    }
    return numbers;
  }

  private void note(long number, int address) {
    if (addresses[at] != address) {
      int found =
          at + 1 < addresses.length && addresses[at + 1] == address
              ? at + 1
              : Arrays.binarySearch(addresses, address);
      if (found < 0) {
        return;
      }
      at = found;
    }
    // Of older runs all numbers are smaller.
    numbers[at] = Math.max(numbers[at], number);
  }
}
