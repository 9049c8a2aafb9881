package io.wwep.it.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** One measure over a soak, and whether it is flat. */
final class Series {

  private static final int MINUTES_A_DAY = 24 * 60;

  private final double[] minutes;
  private final double[] values;

  private Series(double[] minutes, double[] values) {
    this.minutes = minutes;
    this.values = values;
  }

  /** Takes one measure of each interval that has it. */
  static Series of(List<Interval> intervals, ToDoubleFunction<Interval> measure) {
    List<Interval> measured =
        intervals.stream().filter(each -> !Double.isNaN(measure.applyAsDouble(each))).toList();
    return new Series(
        measured.stream().mapToDouble(Interval::minutes).toArray(),
        measured.stream().mapToDouble(measure).toArray());
  }

  int size() {
    return values.length;
  }

  double minutes(int i) {
    return minutes[i];
  }

  double value(int i) {
    return values[i];
  }

  double max() {
    return Arrays.stream(values).max().orElseThrow();
  }

  double min() {
    return Arrays.stream(values).min().orElseThrow();
  }

  /** Returns the median of the first third. */
  double first() {
    return median(Arrays.copyOfRange(values, 0, third()));
  }

  /** Returns the median of the last third. */
  double last() {
    return median(Arrays.copyOfRange(values, values.length - third(), values.length));
  }

  private int third() {
    return Math.max(1, values.length / 3);
  }

  /**
   * Returns by how much the measure would grow in a day if it went on as in the second half: the
   * median of the slopes between all pairs of points (Theil and Sen), which outliers do not move.
   */
  double growthInADay() {
    List<Double> slopes = new ArrayList<>();
    for (int i = values.length / 2; i < values.length; i++) {
      for (int j = i + 1; j < values.length; j++) {
        slopes.add((values[j] - values[i]) / (minutes[j] - minutes[i]));
      }
    }
    return slopes.isEmpty()
        ? 0
        : MINUTES_A_DAY * median(slopes.stream().mapToDouble(Double::doubleValue).toArray());
  }

  private static double median(double[] unsorted) {
    double[] sorted = unsorted.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
