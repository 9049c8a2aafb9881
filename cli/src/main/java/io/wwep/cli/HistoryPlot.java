package io.wwep.cli;

import io.wwep.store.sqlite.Series;
import io.wwep.store.sqlite.SeriesPoint;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The course of a register, drawn with characters: a line of steps, since a register holds its
 * value until it is written. Where several writes fall into one column, that shows a bar from the
 * smallest to the largest value.
 */
final class HistoryPlot {

  private static final int ROWS = 16;
  private static final int LABEL_WIDTH = "65535 FFFF ".length();
  private static final long DAY_MILLIS = 86_400_000;
  private static final long MINUTE_MILLIS = 60_000;
  private static final int NONE = -1;

  private final Canvas canvas;
  private final Series series;
  private final long fromMillis;
  private final long toMillis;
  private int lowest;
  private int highest;

  /**
   * @param series of as many buckets as {@link #buckets} says
   * @param fromMillis the beginning, milliseconds since 1970
   * @param toMillis behind the end
   * @param width of the terminal, in characters
   */
  HistoryPlot(Series series, long fromMillis, long toMillis, int width, boolean unicode) {
    this.series = series;
    this.fromMillis = fromMillis;
    this.toMillis = toMillis;
    canvas = canvas(width, unicode);
    range();
    draw();
  }

  private static Canvas canvas(int width, boolean unicode) {
    return unicode
        ? new Canvas.Braille(characters(width), ROWS)
        : new Canvas.Ascii(characters(width), ROWS);
  }

  private static int characters(int width) {
    return width - LABEL_WIDTH - 1;
  }

  /** Returns into how many parts a span is divided for a plot of this width. */
  static int buckets(int width, boolean unicode) {
    return canvas(width, unicode).columns();
  }

  /** Returns the value as of the beginning, or -1 where there was none or it is not known. */
  private static int before(Series series) {
    return series.before().value().orElse(NONE);
  }

  /** Whether there is nothing to draw. */
  static boolean isEmpty(Series series) {
    return series.points().isEmpty() && before(series) == NONE;
  }

  private void range() {
    int before = before(series);
    lowest = before == NONE ? 0xFFFF : before;
    highest = Math.max(before, 0);
    for (SeriesPoint point : series.points()) {
      lowest = Math.min(lowest, point.minimum());
      highest = Math.max(highest, point.maximum());
    }
    if (lowest == highest) {
      lowest = Math.max(0, lowest - 1);
      highest = Math.min(0xFFFF, highest + 1);
    }
  }

  private void draw() {
    int held = before(series);
    int next = 0;
    List<SeriesPoint> points = series.points();
    for (int column = 0; column < canvas.columns(); column++) {
      int low = held;
      int high = held;
      for (; next < points.size() && points.get(next).bucket() == column; next++) {
        SeriesPoint point = points.get(next);
        low = low == NONE ? point.minimum() : Math.min(low, point.minimum());
        high = Math.max(high, point.maximum());
        held = point.last();
      }
      if (low != NONE) {
        canvas.bar(column, level(low), level(high));
      }
    }
  }

  private int level(int value) {
    return (int) Math.round((double) (value - lowest) / (highest - lowest) * (canvas.levels() - 1));
  }

  /** Returns the lines, the labels of both axes included. */
  List<String> lines(Style style) {
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      String label = row % 5 == 0 ? label(row) : " ".repeat(LABEL_WIDTH);
      lines.add(style.faint(label + canvas.axis()) + style.curve(canvas.row(row).stripTrailing()));
    }
    lines.add(style.faint(" ".repeat(LABEL_WIDTH) + canvas.corner()));
    lines.add(style.faint(times()));
    return lines;
  }

  /** Returns the value in the middle of a row. */
  private String label(int row) {
    double share = 1 - (double) row / (ROWS - 1);
    int value = (int) Math.round(lowest + share * (highest - lowest));
    return "%5d %04X ".formatted(value, value);
  }

  private String times() {
    String first = time(fromMillis);
    String middle = time(fromMillis + (toMillis - fromMillis) / 2);
    String last = time(toMillis);
    int free = canvas.characters() - first.length() - middle.length() - last.length();
    if (free < 2) {
      return " ".repeat(LABEL_WIDTH + 1) + first;
    }
    return " ".repeat(LABEL_WIDTH + 1)
        + first
        + " ".repeat(free / 2)
        + middle
        + " ".repeat(free - free / 2)
        + last;
  }

  /** Only as closely as the span lets one see. */
  private String time(long millis) {
    long span = toMillis - fromMillis;
    String pattern =
        span >= 2 * DAY_MILLIS
            ? "uuuu-MM-dd HH:mm"
            : span >= 2 * MINUTE_MILLIS ? "MM-dd HH:mm:ss" : "HH:mm:ss.SSS";
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT)
        .withZone(ZoneOffset.UTC)
        .format(Instant.ofEpochMilli(millis));
  }
}
