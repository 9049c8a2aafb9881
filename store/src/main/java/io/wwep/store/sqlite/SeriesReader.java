package io.wwep.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes series of registers. Of each run of the index it makes a summary for each register, which
 * is kept and so read once; only where the border between two buckets falls into a block of a
 * summary, the writes of the block are read again. One thread at a time.
 */
final class SeriesReader {

  private static final int POSITION_MASK = RunBlock.RUN_WRITES - 1;

  private final HistoryView view;
  private final HistoryClock clock;
  private final HistoryPages pages;
  private final HistoryStates states;
  private final SummaryCache cache = new SummaryCache(SummaryCache.ENTRIES_MAX);

  /** Which register each position of a run belongs to: 0 for none, or its index plus one. */
  private final byte[] marks = new byte[RunBlock.RUN_WRITES];

  // What is being made.
  private int[] addresses;
  private SeriesBuckets[] buckets;

  /** Blocks of the run that are told write by write. */
  private final Map<Integer, HistoryRows> blocks = new HashMap<>();

  /**
   * @param view whose moment a call belongs to
   */
  SeriesReader(HistoryView view, HistoryClock clock, HistoryPages pages, HistoryStates states) {
    this.view = view;
    this.clock = clock;
    this.pages = pages;
    this.states = states;
  }

  /**
   * Returns the series of some registers, in this order.
   *
   * @param ascending their addresses
   * @param toMillis behind the end
   * @param count of the buckets
   */
  List<Series> series(int[] ascending, long fromMillis, long toMillis, int count)
      throws SQLException {
    long[] borders = clock.numbersAt(bordersBetween(fromMillis, toMillis, count));
    long after = borders[0];
    long through = borders[count];
    addresses = ascending;
    buckets = new SeriesBuckets[addresses.length];
    Arrays.setAll(buckets, i -> new SeriesBuckets(borders));
    cache.begin(addresses, RunBlock.runOf(view.firstNumber()));
    for (long run = RunBlock.runOf(after + 1); run <= RunBlock.runOf(through); run++) {
      if (view.isIndexed(run)) {
        addSummaries(run);
      } else {
        addRest(view.rest(run));
      }
    }
    List<RegisterState> before = states.of(addresses, after);
    List<Series> series = new ArrayList<>();
    for (int i = 0; i < addresses.length; i++) {
      series.add(series(before.get(i), buckets[i], after, through));
    }
    return series;
  }

  /** The last moment before each bucket, and that of the last one. */
  private static long[] bordersBetween(long fromMillis, long toMillis, int count) {
    long[] moments = new long[count + 1];
    long length = toMillis - fromMillis;
    for (int i = 0; i <= count; i++) {
      moments[i] = fromMillis + length / count * i + length % count * i / count - 1;
    }
    return moments;
  }

  private Series series(RegisterState before, SeriesBuckets found, long after, long through)
      throws SQLException {
    int address = before.address();
    if (found.isExact()) {
      return new Series(address, before, true, found.singles());
    }
    if (found.total() > Series.EXACT_MAX) {
      return new Series(address, before, false, found.points());
    }
    List<SeriesPoint> points = new ArrayList<>();
    for (HistoryEntry each :
        pages.page(
            AddressRange.of(address),
            after,
            through + 1,
            Series.EXACT_MAX,
            HistoryOrder.OLDEST_FIRST)) {
      int bucket = found.bucketOf(each.number());
      int value = each.value();
      points.add(new SeriesPoint(bucket, value, value, value, 1, each.number(), each.timeMillis()));
    }
    return new Series(address, before, true, points);
  }

  private void addRest(HistoryRows rows) {
    for (long number = rows.first(); number < rows.end(); number++) {
      int i = Arrays.binarySearch(addresses, HistoryRow.address(rows.row(number)));
      if (i >= 0) {
        buckets[i].add(number, rows.timeMillis(number), HistoryRow.value(rows.row(number)));
      }
    }
  }

  private void addSummaries(long run) throws SQLException {
    RunSummary[] summaries = summaries(run);
    long base = RunBlock.firstNumber(run);
    blocks.clear();
    for (int i = 0; i < summaries.length; i++) {
      RunSummary summary = summaries[i];
      for (int entry = 0; entry < summary.size(); entry++) {
        if (!buckets[i].add(summary, entry, base)) {
          addEach(i, base + summary.first(entry), base + summary.last(entry));
        }
      }
    }
  }

  /** Adds the writes that an entry of a summary has together, but for those that are pruned. */
  private void addEach(int i, long first, long last) throws SQLException {
    int block = (int) (first & POSITION_MASK) >>> RunSummary.BLOCK_BITS;
    HistoryRows rows = blocks.get(block);
    if (rows == null) {
      rows = new HistoryRows();
      long blockFirst = first >>> RunSummary.BLOCK_BITS << RunSummary.BLOCK_BITS;
      rows.clear(Math.max(blockFirst, view.firstNumber()));
      rows.readThrough(blockFirst + (1 << RunSummary.BLOCK_BITS) - 1, view.chunks());
      blocks.put(block, rows);
    }
    for (long number = Math.max(first, rows.first()); number <= last; number++) {
      if (HistoryRow.address(rows.row(number)) == addresses[i]) {
        buckets[i].add(number, rows.timeMillis(number), HistoryRow.value(rows.row(number)));
      }
    }
  }

  private RunSummary[] summaries(long run) throws SQLException {
    RunSummary[] summaries = new RunSummary[addresses.length];
    boolean marked = false;
    for (int i = 0; i < summaries.length; i++) {
      summaries[i] = cache.get(addresses[i], run);
      if (summaries[i] == null) {
        int writes = mark(run, i);
        summaries[i] = writes == 0 ? RunSummary.EMPTY : new RunSummary(writes);
        marked |= writes > 0;
      }
    }
    if (marked) {
      fill(RunBlock.firstNumber(run), summaries);
    }
    for (int i = 0; i < summaries.length; i++) {
      cache.put(addresses[i], run, summaries[i]);
    }
    return summaries;
  }

  /** Marks the writes of a run to a register, and returns how many there are. */
  private int mark(long run, int i) throws SQLException {
    int[] count = new int[1];
    view.visit(
        run,
        AddressRange.of(addresses[i]),
        0,
        Long.MAX_VALUE,
        (number, address) -> {
          marks[(int) number & POSITION_MASK] = (byte) (i + 1);
          count[0]++;
        });
    return count[0];
  }

  /** Reads what is marked, and removes the marks. */
  private void fill(long base, RunSummary[] summaries) throws SQLException {
    try {
      for (int position = 0; position < marks.length; position++) {
        int i = marks[position] - 1;
        if (i >= 0) {
          HistoryChunk chunk = view.chunks().at(base + position);
          long row = chunk.row(base + position);
          HistoryView.requireFit(HistoryRow.address(row) == addresses[i]);
          summaries[i].add(position, chunk.timeMillis(), HistoryRow.value(row));
        }
      }
    } finally {
      Arrays.fill(marks, (byte) 0);
    }
  }
}
