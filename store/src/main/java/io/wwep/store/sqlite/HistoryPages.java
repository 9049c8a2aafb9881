package io.wwep.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists writes to some registers, from the newest or from the oldest on. One thread at a time. */
final class HistoryPages {

  private final HistoryView view;

  // The numbers found in one run.
  private long[] numbers = new long[64];
  private int count;

  /**
   * @param view whose moment a call belongs to
   */
  HistoryPages(HistoryView view) {
    this.view = view;
  }

  /**
   * Returns writes with numbers between two, which are not among them.
   *
   * @param limit how many at most
   */
  List<HistoryEntry> page(
      AddressRange wanted, long after, long before, int limit, HistoryOrder order)
      throws SQLException {
    List<HistoryEntry> entries = new ArrayList<>();
    long low = Math.max(after + 1, view.firstNumber());
    long high = Math.min(before - 1, view.lastNumber());
    if (low > high) {
      return entries;
    }
    boolean forward = order == HistoryOrder.OLDEST_FIRST;
    long last = RunBlock.runOf(forward ? high : low);
    long run = RunBlock.runOf(forward ? low : high);
    int step = forward ? 1 : -1;
    for (boolean more = true; more && entries.size() < limit; run += step) {
      find(run, wanted, low, high);
      int length = Math.min(count, limit - entries.size());
      for (int i = 0; i < length; i++) {
        entries.add(view.entry(numbers[forward ? i : count - 1 - i], wanted));
      }
      more = run != last;
    }
    return entries;
  }

  private void find(long run, AddressRange wanted, long low, long high) throws SQLException {
    count = 0;
    view.visit(
        run,
        wanted,
        low,
        high,
        (number, address) -> {
          if (count == numbers.length) {
            numbers = Arrays.copyOf(numbers, 2 * count);
          }
          numbers[count++] = number;
        });
    Arrays.sort(numbers, 0, count);
  }
}
