package io.wwep.store.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The writes to one register, as they come in ascending order, sorted into buckets; and each by
 * itself, as long as they are few. One thread at a time.
 */
final class SeriesBuckets {

  /** Bucket i has the numbers behind {@code borders[i]}, up to {@code borders[i + 1]}. */
  private final long[] borders;

  // What each bucket has so far.
  private final char[] minimums;
  private final char[] maximums;
  private final char[] values;
  private final int[] counts;
  private final long[] numbers;
  private final long[] times;

  private final List<SeriesPoint> singles = new ArrayList<>();

  /** Whether none came together with others, and no more than can be told. */
  private boolean exact = true;

  private long total;
  private int bucket;

  SeriesBuckets(long[] borders) {
    this.borders = borders;
    int buckets = borders.length - 1;
    minimums = new char[buckets];
    Arrays.fill(minimums, Character.MAX_VALUE);
    maximums = new char[buckets];
    values = new char[buckets];
    counts = new int[buckets];
    numbers = new long[buckets];
    times = new long[buckets];
  }

  /** Adds a write, unless it is outside of all buckets. */
  void add(long number, long timeMillis, int value) {
    if (moveTo(number)) {
      put(number, timeMillis, value, value, value, 1);
      if (exact && total <= Series.EXACT_MAX) {
        singles.add(new SeriesPoint(bucket, value, value, value, 1, number, timeMillis));
      } else {
        exact = false;
      }
    }
  }

  /**
   * Adds an entry of a summary.
   *
   * @param base number of the first write of the run
   * @return false when its writes belong to different buckets and have to be added one by one
   */
  boolean add(RunSummary summary, int entry, long base) {
    long first = base + summary.first(entry);
    long last = base + summary.last(entry);
    if (first == last) {
      add(last, summary.timeMillis(entry), summary.value(entry));
      return true;
    }
    if (last <= borders[0] || first > borders[borders.length - 1]) {
      return true;
    }
    if (!moveTo(first) || last > borders[bucket + 1]) {
      return false;
    }
    exact = false;
    put(
        last,
        summary.timeMillis(entry),
        summary.minimum(entry),
        summary.maximum(entry),
        summary.value(entry),
        summary.count(entry));
    return true;
  }

  /** Returns false where there is no bucket. */
  private boolean moveTo(long number) {
    while (bucket < counts.length && borders[bucket + 1] < number) {
      bucket++;
    }
    return bucket < counts.length && number > borders[0];
  }

  private void put(long number, long timeMillis, int minimum, int maximum, int value, int count) {
    minimums[bucket] = (char) Math.min(minimums[bucket], minimum);
    maximums[bucket] = (char) Math.max(maximums[bucket], maximum);
    values[bucket] = (char) value;
    counts[bucket] += count;
    numbers[bucket] = number;
    times[bucket] = timeMillis;
    total += count;
  }

  /** Returns how many writes all buckets have. */
  long total() {
    return total;
  }

  /** Returns whether {@link #singles} has all writes. */
  boolean isExact() {
    return exact;
  }

  List<SeriesPoint> singles() {
    return singles;
  }

  /** Returns the bucket of a write that is in one. */
  int bucketOf(long number) {
    int low = 0;
    int high = counts.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (borders[middle + 1] < number) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the buckets that have a write. */
  List<SeriesPoint> points() {
    List<SeriesPoint> points = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      if (counts[i] > 0) {
        points.add(
            new SeriesPoint(
                i, minimums[i], maximums[i], values[i], counts[i], numbers[i], times[i]));
      }
    }
    return points;
  }
}
