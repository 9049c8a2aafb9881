package io.wwep.it.soak;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Draws a soak: one small chart for each measure, above each other over the same minutes. */
final class SoakDrawing {

  private static final int WIDTH = 760;
  private static final int LEFT = 64;
  private static final int RIGHT = 110;
  private static final int TOP = 56;
  private static final int CHART = 84;
  private static final int GAP = 40;
  private static final int BOTTOM = 40;
  private static final int LABEL = 13;
  private static final int PLOT = WIDTH - LEFT - RIGHT;
  private static final double LOGARITHMIC_MIN = 0.01;
  private static final double[] STEPS = {1, 2, 2.5, 5, 10};

  private static final String STYLE =
      """
      <style>
        svg { --ink: #1f2328; --faint: #6b7280; --rule: #e2e5e9; --paper: #ffffff;
              --a: #1d4ed8; --b: #0f766e; --c: #b45309; --d: #9f1239;
              font: 12px system-ui, sans-serif; }
        @media (prefers-color-scheme: dark) {
          svg { --ink: #e6e9ee; --faint: #9aa4b2; --rule: #30363d; --paper: #0d1117;
                --a: #7aa2ff; --b: #4fd1c5; --c: #f0a44b; --d: #fb7185; } }
        .paper { fill: var(--paper); }
        text { fill: var(--ink); } .faint { fill: var(--faint); } .end { text-anchor: end; }
        .title { font-weight: 600; } .middle { text-anchor: middle; }
        .rule { stroke: var(--rule); } polyline { fill: none; stroke-width: 1.5; }
        .a { stroke: var(--a); } .b { stroke: var(--b); } .c { stroke: var(--c); }
        .d { stroke: var(--d); } text.a, text.b, text.c, text.d { stroke: none; }
        text.a { fill: var(--a); } text.b { fill: var(--b); }
        text.c { fill: var(--c); } text.d { fill: var(--d); }
      </style>
      """;

  /** One line of a chart. */
  private record Line(String name, String color, ToDoubleFunction<Interval> measure) {}

  /** A chart. A logarithmic one begins at its smallest power of ten. */
  private record Chart(String title, boolean logarithmic, List<Line> lines) {

    static Chart linear(String title, String color, ToDoubleFunction<Interval> measure) {
      return new Chart(title, false, List.of(new Line("", color, measure)));
    }
  }

  private static final List<Chart> CHARTS =
      List.of(
          new Chart(
              "Time to the reply, ms (logarithmic)",
              true,
              List.of(
                  new Line("max", "d", Interval::maxMillis),
                  new Line("p99.9", "c", Interval::p999Millis),
                  new Line("p99", "b", Interval::p99Millis),
                  new Line("median", "a", Interval::p50Millis))),
          Chart.linear("Requests a second", "a", Interval::requestsPerSecond),
          Chart.linear("Memory (RSS), MiB", "a", Interval::rssMiB),
          Chart.linear("Live heap behind a full collection, MiB", "a", Interval::heapMiB),
          Chart.linear("Open files and sockets", "a", Interval::descriptors),
          Chart.linear("Load of the machine, all processes", "c", Interval::machineLoad));

  private final List<Interval> intervals;
  private final double minutesMax;
  private final StringBuilder svg = new StringBuilder();

  private SoakDrawing(List<Interval> intervals) {
    this.intervals = intervals;
    minutesMax = intervals.get(intervals.size() - 1).minutes();
  }

  /** Returns an SVG file for light and dark pages. */
  static String of(List<Interval> intervals) {
    return new SoakDrawing(intervals).draw();
  }

  private String draw() {
    int height = TOP + CHARTS.size() * (CHART + GAP) - GAP + BOTTOM;
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\">",
        WIDTH, height);
    add("<title>A soak of %.0f minutes</title>", minutesMax);
    svg.append(STYLE);
    add("<rect class=\"paper\" width=\"%d\" height=\"%d\"/>", WIDTH, height);
    text(
        LEFT,
        24,
        "title",
        "wwep serve under a steady mixed load for %.0f minutes".formatted(minutesMax));
    for (int i = 0; i < CHARTS.size(); i++) {
      draw(CHARTS.get(i), TOP + i * (CHART + GAP));
    }
    double step = stepFor(minutesMax, 8);
    for (double minute = 0; minute <= minutesMax; minute += step) {
      text(x(minute), height - BOTTOM + 18.0, "faint middle", number(minute));
    }
    text(LEFT + PLOT + 12.0, height - BOTTOM + 18.0, "faint", "minutes");
    return svg.append("</svg>\n").toString();
  }

  private void draw(Chart chart, int top) {
    text(LEFT, top - 8.0, "title", chart.title);
    double highest = 0;
    double lowest = Double.MAX_VALUE;
    for (Line line : chart.lines) {
      Series series = Series.of(intervals, line.measure);
      if (series.size() > 0) {
        highest = Math.max(highest, series.max());
        lowest = Math.min(lowest, series.min());
      }
    }
    Axis axis = chart.logarithmic ? Axis.logarithmic(lowest, highest) : Axis.linear(highest);
    for (double tick : axis.ticks) {
      double y = top + CHART * (1 - axis.share(tick));
      add(
          "<line class=\"rule\" x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\"/>",
          LEFT, LEFT + PLOT, y, y);
      text(LEFT - 8.0, y + 4, "faint end", number(tick));
    }
    double labelY = -Double.MAX_VALUE;
    for (Line line : chart.lines) {
      labelY = draw(line, axis, top, labelY + LABEL);
    }
  }

  /** Draws a line and its name, at this height or further down; returns where. */
  private double draw(Line line, Axis axis, int top, double labelYMin) {
    Series series = Series.of(intervals, line.measure);
    StringBuilder points = new StringBuilder();
    double y = 0;
    for (int i = 0; i < series.size(); i++) {
      y = top + CHART * (1 - axis.share(series.value(i)));
      points.append(format("%.1f,%.1f ", x(series.minutes(i)), y));
    }
    add("<polyline class=\"%s\" points=\"%s\"/>", line.color, points.toString().strip());
    double labelY = Math.max(y + 4, labelYMin);
    text(LEFT + PLOT + 12.0, labelY, line.color, line.name);
    return labelY;
  }

  private double x(double minute) {
    return LEFT + PLOT * minute / minutesMax;
  }

  private void text(double x, double y, String style, String words) {
    if (!words.isEmpty()) {
      add("<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>", style, x, y, words);
    }
  }

  private void add(String template, Object... values) {
    svg.append(format(template, values)).append('\n');
  }

  private static String format(String template, Object... values) {
    return String.format(Locale.ROOT, template, values);
  }

  private static String number(double value) {
    return value == Math.rint(value) ? format("%,.0f", value) : format("%s", value);
  }

  private static double stepFor(double highest, int ticksMax) {
    double power = Math.pow(10, Math.floor(Math.log10(highest / ticksMax)));
    for (double step : STEPS) {
      if (highest / (step * power) <= ticksMax) {
        return step * power;
      }
    }
    return 10 * power;
  }

  /** Where a value lies between the ends of an axis. */
  private record Axis(boolean logarithmic, double low, double high, List<Double> ticks) {

    static Axis linear(double highest) {
      double step = stepFor(Math.max(highest, 1), 3);
      int count = Math.max(1, (int) Math.ceil(highest / step));
      List<Double> ticks = IntStream.rangeClosed(0, count).mapToObj(i -> i * step).toList();
      return new Axis(false, 0, count * step, ticks);
    }

    static Axis logarithmic(double lowest, double highest) {
      int low = (int) Math.floor(Math.log10(Math.max(lowest, LOGARITHMIC_MIN)));
      int high = Math.max(low + 1, (int) Math.ceil(Math.log10(highest)));
      List<Double> ticks = IntStream.rangeClosed(low, high).mapToObj(i -> Math.pow(10, i)).toList();
      return new Axis(true, low, high, ticks);
    }

    double share(double value) {
      double at = logarithmic ? Math.log10(Math.max(value, LOGARITHMIC_MIN)) : value;
      return (at - low) / (high - low);
    }
  }
}
