package io.wwep.bench;

import java.util.List;
import org.HdrHistogram.Histogram;

/** How long requests took, in nanoseconds, to three digits. Does not change any more. */
public final class Latencies {

  /** Those that a summary shows. */
  public static final List<Double> PERCENTILES = List.of(50.0, 90.0, 99.0, 99.9, 99.99);

  private final Histogram histogram;

  Latencies(Histogram histogram) {
    this.histogram = histogram;
  }

  /** Returns how many requests were answered. */
  public long count() {
    return histogram.getTotalCount();
  }

  /**
   * Returns what so many of a hundred requests took at most; 0 when there was none.
   *
   * @param percentile 0 to 100
   */
  public long atPercentile(double percentile) {
    return histogram.getValueAtPercentile(percentile);
  }

  /** Returns a percentile as people write it: {@code 50}, {@code 99.9}. */
  public static String label(double percentile) {
    String digits = Double.toString(percentile);
    return digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits;
  }

  /** Returns what the slowest request took. */
  public long max() {
    return histogram.getMaxValue();
  }

  /** Returns the mean. */
  public double mean() {
    return histogram.getMean();
  }

  long min() {
    return histogram.getTotalCount() == 0 ? 0 : histogram.getMinNonZeroValue();
  }

  long countFrom(long nanos) {
    return histogram.getCountBetweenValues(nanos, Long.MAX_VALUE / 2);
  }
}
