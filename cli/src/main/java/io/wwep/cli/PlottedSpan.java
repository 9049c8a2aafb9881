package io.wwep.cli;

import io.wwep.store.sqlite.AddressRange;
import io.wwep.store.sqlite.HistoryEntry;
import io.wwep.store.sqlite.HistoryOrder;
import io.wwep.store.sqlite.HistoryReader;
import io.wwep.store.sqlite.Series;
import java.time.Instant;
import java.util.List;

/**
 * The time over which a register is drawn.
 *
 * @param address of the register
 * @param fromMillis the beginning, milliseconds since 1970
 * @param toMillis behind the end
 */
record PlottedSpan(int address, long fromMillis, long toMillis) {

  /** Around a single write, so that one sees a step. */
  private static final long AROUND_MILLIS = 1_000;

  /**
   * Returns the time that is asked for; where it is not, from the first write to the last, and from
   * a beginning that is asked for until now.
   *
   * @param register one alone
   * @param since null for the first write
   * @param until null for the last write, or for now where {@code since} is given
   * @return null where nobody wrote the register, or not in that time
   */
  static PlottedSpan of(HistoryReader reader, AddressRange register, Instant since, Instant until) {
    HistoryEntry first = one(reader, register, HistoryOrder.OLDEST_FIRST);
    HistoryEntry last = one(reader, register, HistoryOrder.NEWEST_FIRST);
    if (first == null || last == null) {
      return null;
    }
    long from = since == null ? first.timeMillis() : since.toEpochMilli();
    long to =
        until != null
            ? until.toEpochMilli()
            : since != null ? System.currentTimeMillis() : last.timeMillis();
    if (to < from) {
      return null;
    }
    return to > from
        ? new PlottedSpan(register.first(), from, to + 1)
        : new PlottedSpan(
            register.first(), Math.max(0, from - AROUND_MILLIS), from + AROUND_MILLIS);
  }

  private static HistoryEntry one(HistoryReader reader, AddressRange register, HistoryOrder order) {
    List<HistoryEntry> found = reader.writes(register, 0, Long.MAX_VALUE, 1, order);
    return found.isEmpty() ? null : found.get(0);
  }

  /** Draws it; null where the register had no value. */
  HistoryPlot plot(HistoryReader reader, int width, boolean unicode) {
    Series series =
        reader
            .series(new int[] {address}, fromMillis, toMillis, HistoryPlot.buckets(width, unicode))
            .get(0);
    return HistoryPlot.isEmpty(series)
        ? null
        : new HistoryPlot(series, fromMillis, toMillis, width, unicode);
  }
}
