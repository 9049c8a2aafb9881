package io.wwep.store;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.stream.IntStream;

/**
 * Counts values by their size, in buckets with fixed upper bounds: how long things took, or how
 * many there were.
 *
 * <p>One thread records, which costs a few plain stores and no memory; any thread takes a {@link
 * Snapshot}. Who has several threads gives each a histogram and adds the snapshots.
 */
public final class Histogram {

  private static final long NANOS_PER_SECOND = 1_000_000_000;

  /** From 10 µs to 10 s, three to a decade. */
  private static final long[] NANOS = {
    10_000,
    25_000,
    50_000,
    100_000,
    250_000,
    500_000,
    1_000_000,
    2_500_000,
    5_000_000,
    10_000_000,
    25_000_000,
    50_000_000,
    100_000_000,
    250_000_000,
    500_000_000,
    1_000_000_000,
    2_500_000_000L,
    5_000_000_000L,
    10_000_000_000L
  };

  /** From 1 to 20,000, three to a decade. */
  private static final long[] SIZES = {
    1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000
  };

  private final long[] bounds;
  private final double unit;

  /** The counts, one for each bound and one for what is beyond; then the sum, see {@link #add}. */
  private final AtomicLongArray cells;

  private Histogram(long[] bounds, double unit) {
    this.bounds = bounds;
    this.unit = unit;
    cells = new AtomicLongArray(bounds.length + 2);
  }

  /** Makes one for times, which are recorded in nanoseconds and told in seconds. */
  public static Histogram ofTimes() {
    return new Histogram(NANOS, NANOS_PER_SECOND);
  }

  /** Makes one for numbers of things. */
  public static Histogram ofSizes() {
    return new Histogram(SIZES, 1);
  }

  /** Records a value, of a time in nanoseconds. The one thread that records. */
  public void record(long value) {
    record(value, 1);
  }

  /**
   * Records a value that occurred {@code times} times, 0 or more, of a time in nanoseconds. The one
   * thread that records.
   */
  public void record(long value, long times) {
    int bucket = 0;
    // Most values are small, so this is over sooner than a binary search.
    while (bucket < bounds.length && value > bounds[bucket]) {
      bucket++;
    }
    cells.setOpaque(bucket, cells.getPlain(bucket) + times);
    add((double) value * times);
  }

  /** Nanoseconds of a busy server overflow a {@code long} within days, so the sum is a double. */
  private void add(double more) {
    int sum = bounds.length + 1;
    double before = Double.longBitsToDouble(cells.getPlain(sum));
    cells.setOpaque(sum, Double.doubleToRawLongBits(before + more));
  }

  /**
   * Tells what was recorded. Any thread; what is being recorded meanwhile may be in a count and not
   * yet in the sum.
   */
  public Snapshot snapshot() {
    List<Double> upTo = Arrays.stream(bounds).mapToObj(bound -> bound / unit).toList();
    List<Long> counts = new ArrayList<>();
    for (int i = 0; i <= bounds.length; i++) {
      counts.add(cells.getOpaque(i));
    }
    double sum = Double.longBitsToDouble(cells.getOpaque(bounds.length + 1));
    return new Snapshot(upTo, counts, sum / unit);
  }

  /**
   * What was recorded until some moment. Immutable.
   *
   * @param bounds largest value of each bucket but the last, ascending; of times in seconds
   * @param counts how many values each bucket has, those of smaller ones not included; one more
   *     than bounds, for what is beyond the last of them
   * @param sum of all values; of times in seconds
   */
  public record Snapshot(List<Double> bounds, List<Long> counts, double sum) {

    /** Of nothing. */
    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of(0L), 0);

    /**
     * @throws IllegalArgumentException when there is not a count for each bound and one more
     */
    public Snapshot {
      bounds = List.copyOf(bounds);
      counts = List.copyOf(counts);
      if (counts.size() != bounds.size() + 1) {
        throw new IllegalArgumentException(
            "counts must be one more than the %d bounds, not %d"
                .formatted(bounds.size(), counts.size()));
      }
    }

    /** Returns how many values there are. */
    public long count() {
      return counts.stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Returns what both have together.
     *
     * @param other of a histogram of the same kind, or {@link #EMPTY}
     * @throws IllegalArgumentException when it has other bounds
     */
    public Snapshot plus(Snapshot other) {
      if (this.equals(EMPTY)) {
        return other;
      }
      if (other.equals(EMPTY)) {
        return this;
      }
      if (!bounds.equals(other.bounds)) {
        throw new IllegalArgumentException("histograms must have the same bounds to be added");
      }
      List<Long> both =
          IntStream.range(0, counts.size())
              .mapToObj(i -> counts.get(i) + other.counts.get(i))
              .toList();
      return new Snapshot(bounds, both, sum + other.sum);
    }
  }
}
