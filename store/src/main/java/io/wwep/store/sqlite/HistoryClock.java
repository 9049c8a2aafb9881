package io.wwep.store.sqlite;

import java.sql.SQLException;
import java.util.Arrays;

/**
 * Finds the writes at which the server's clock passed some moments. Times need not ascend, because
 * a clock can be set back; the bits of a number are decided from the highest on, each by the time
 * of one write. So the result depends on nothing but the writes that there are, the write behind it
 * was committed later than the moment, and a later moment never has a smaller number.
 *
 * <p>One thread at a time.
 */
final class HistoryClock {

  private final HistoryView view;
  private long[] times;
  private long[] numbers;

  /**
   * @param view whose moment a call belongs to
   */
  HistoryClock(HistoryView view) {
    this.view = view;
  }

  /**
   * Returns for each time the number of the last write up to it; of the last one that was pruned
   * where it is before all that the history has, 0 when none was.
   *
   * @param ascending milliseconds since 1970
   */
  long[] numbersAt(long... ascending) throws SQLException {
    times = ascending;
    numbers = new long[times.length];
    decide(0, Long.highestOneBit(view.lastNumber()), 0, times.length);
    return numbers;
  }

  /** Decides a bit, and those below, for the times from one index up to, but without, another. */
  private void decide(long higherBits, long bit, int from, int end) throws SQLException {
    if (from == end) {
      return;
    }
    if (bit == 0) {
      Arrays.fill(numbers, from, end, higherBits);
      return;
    }
    long candidate = higherBits | bit;
    int reached = reached(candidate, from, end);
    decide(higherBits, bit >>> 1, from, reached);
    decide(candidate, bit >>> 1, reached, end);
  }

  /** Returns the index of the first time that is not before a write. */
  private int reached(long number, int from, int end) throws SQLException {
    if (number < view.firstNumber()) {
      return from;
    }
    if (number > view.lastNumber()) {
      return end;
    }
    long timeMillis = view.chunks().at(number).timeMillis();
    int low = from;
    int high = end;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (times[middle] < timeMillis) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
