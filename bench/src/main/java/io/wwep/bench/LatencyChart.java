package io.wwep.bench;

import java.util.Locale;

/**
 * Draws latencies by percentile. Each mark of the axis is ten times as rare as the one before, so
 * that what happens to one request in ten thousand can be seen; the height is logarithmic too.
 */
final class LatencyChart {

  private static final int NINES_MAX = 5;
  private static final int POINTS = 200;

  private LatencyChart() {}

  static String svg(Latencies latencies) {
    Chart chart = new Chart("latency by percentile");
    double low = Math.floor(Math.log10(Math.max(1e3, (double) latencies.min())));
    double high = Math.ceil(Math.log10(Math.max(1e4, (double) latencies.max())));
    for (double power = low; power <= high; power++) {
      chart.horizontal(
          (power - low) / (high - low), HtmlReport.time(Math.round(Math.pow(10, power))));
    }
    for (int nines = 0; nines <= NINES_MAX; nines++) {
      chart.below((double) nines / NINES_MAX, label(nines));
    }
    double[] curve = new double[2 * (POINTS + 1)];
    for (int i = 0; i <= POINTS; i++) {
      double nines = (double) NINES_MAX * i / POINTS;
      double percentile = 100 * (1 - Math.pow(10, -nines));
      double nanos = Math.max(1, (double) latencies.atPercentile(percentile));
      curve[2 * i] = (double) i / POINTS;
      curve[2 * i + 1] = Math.max(0, (Math.log10(nanos) - low) / (high - low));
    }
    chart.curve(curve, true);
    return chart.toString();
  }

  private static String label(int nines) {
    return nines == 0
        ? "0%"
        : String.format(
            Locale.ROOT, "%." + Math.max(0, nines - 2) + "f%%", 100 * (1 - Math.pow(10, -nines)));
  }
}
