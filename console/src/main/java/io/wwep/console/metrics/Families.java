package io.wwep.console.metrics;

import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.wwep.store.Histogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The metrics of one scrape. Names are those that a scrape shows; the value of a metric with a
 * label is one for each word that the label has. One thread.
 */
final class Families {

  private static final String COUNTER_ENDING = "_total";
  private static final String INFO_ENDING = "_info";

  private final MetricSnapshots.Builder all = MetricSnapshots.builder();

  void counter(String name, String help, Number value) {
    counter(name, help, List.of(new Point(Labels.EMPTY, value.doubleValue())));
  }

  void counter(String name, String help, String label, Map<String, ? extends Number> values) {
    counter(name, help, points(label, values));
  }

  private void counter(String name, String help, List<Point> points) {
    CounterSnapshot.Builder family =
        CounterSnapshot.builder().name(without(COUNTER_ENDING, name)).help(help);
    for (Point point : points) {
      family.dataPoint(
          CounterDataPointSnapshot.builder().labels(point.labels).value(point.value).build());
    }
    all.metricSnapshot(family.build());
  }

  void gauge(String name, String help, Number value) {
    gauge(name, help, List.of(new Point(Labels.EMPTY, value.doubleValue())));
  }

  void gauge(String name, String help, String label, Map<String, ? extends Number> values) {
    gauge(name, help, points(label, values));
  }

  private void gauge(String name, String help, List<Point> points) {
    GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name).help(help);
    for (Point point : points) {
      family.dataPoint(
          GaugeDataPointSnapshot.builder().labels(point.labels).value(point.value).build());
    }
    all.metricSnapshot(family.build());
  }

  void info(String name, String help, String... labels) {
    all.metricSnapshot(
        InfoSnapshot.builder()
            .name(without(INFO_ENDING, name))
            .help(help)
            .dataPoint(InfoDataPointSnapshot.builder().labels(Labels.of(labels)).build())
            .build());
  }

  void histogram(String name, String help, Histogram.Snapshot values) {
    List<Double> bounds = new ArrayList<>(values.bounds());
    bounds.add(Double.POSITIVE_INFINITY);
    all.metricSnapshot(
        HistogramSnapshot.builder()
            .name(name)
            .help(help)
            .dataPoint(
                HistogramDataPointSnapshot.builder()
                    .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, values.counts()))
                    .sum(values.sum())
                    .build())
            .build());
  }

  /** Returns what was added, in the order of the names. */
  MetricSnapshots all() {
    return all.build();
  }

  private record Point(Labels labels, double value) {}

  private static List<Point> points(String label, Map<String, ? extends Number> values) {
    return values.entrySet().stream()
        .map(each -> new Point(Labels.of(label, each.getKey()), each.getValue().doubleValue()))
        .toList();
  }

  /** The model adds the ending by itself. */
  private static String without(String ending, String name) {
    if (!name.endsWith(ending)) {
      throw new IllegalArgumentException("%s must end with %s".formatted(name, ending));
    }
    return name.substring(0, name.length() - ending.length());
  }
}
