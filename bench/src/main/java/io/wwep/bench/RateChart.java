package io.wwep.bench;

import java.util.List;
import java.util.Locale;

/** Draws replies a second over the time of a run. */
final class RateChart {

  private static final int LINES = 4;
  private static final int LABELS_MAX = 10;

  private RateChart() {}

  static String svg(List<Second> seconds) {
    Chart chart = new Chart("replies a second over time");
    double top = roundUp(seconds.stream().mapToDouble(Second::ratePerSecond).max().orElse(1));
    for (int i = 0; i <= LINES; i++) {
      chart.horizontal((double) i / LINES, String.format(Locale.ROOT, "%,.0f", top * i / LINES));
    }
    double end = seconds.isEmpty() ? 1 : seconds.get(seconds.size() - 1).atSeconds();
    int step = Math.max(1, seconds.size() / LABELS_MAX);
    double[] curve = new double[2 * seconds.size() + 2];
    for (int i = 0; i < seconds.size(); i++) {
      Second second = seconds.get(i);
      curve[2 * i + 2] = second.atSeconds() / end;
      curve[2 * i + 3] = second.ratePerSecond() / top;
      if ((i + 1) % step == 0) {
        chart.below(curve[2 * i + 2], String.format(Locale.ROOT, "%.0f s", second.atSeconds()));
      }
    }
    curve[1] = seconds.isEmpty() ? 0 : curve[3]; // the first second as a whole
    chart.curve(curve, true);
    return chart.toString();
  }

  /** Returns the next number that is 1, 2 or 5 with noughts behind it. */
  static double roundUp(double number) {
    double power = Math.pow(10, Math.floor(Math.log10(Math.max(1, number))));
    for (double digit : new double[] {1, 2, 5}) {
      if (number <= digit * power) {
        return digit * power;
      }
    }
    return 10 * power;
  }
}
