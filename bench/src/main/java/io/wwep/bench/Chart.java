package io.wwep.bench;

import java.util.Locale;

/** A frame for a curve, in SVG; the origin is at the bottom left. */
final class Chart {

  static final int WIDTH = 900;
  static final int HEIGHT = 300;

  private static final int LEFT = 80;
  private static final int RIGHT = 40;
  private static final int TOP = 20;
  private static final int BOTTOM = 40;

  private final StringBuilder svg = new StringBuilder();

  Chart(String title) {
    svg.append(
        "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">"
            .formatted(WIDTH, HEIGHT, title));
  }

  private static double x(double share) {
    return LEFT + share * (WIDTH - LEFT - RIGHT);
  }

  private static double y(double share) {
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM);
  }

  private void add(String form, Object... values) {
    svg.append(String.format(Locale.ROOT, form, values));
  }

  /** Draws a line across at a share of the height, with its label. */
  void horizontal(double share, String label) {
    add(
        "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
        x(0), x(1), y(share), y(share));
    add("<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\">%s</text>", LEFT - 8, y(share) + 4, label);
  }

  /** Draws a label below the frame, at a share of the width. */
  void below(double share, String label) {
    add(
        "<line class=\"grid\" x1=\"%.1f\" x2=\"%.1f\" y1=\"%.1f\" y2=\"%.1f\"/>",
        x(share), x(share), y(0), y(0) + 5);
    add("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%s</text>", x(share), y(0) + 20, label);
  }

  /**
   * Draws a curve through points.
   *
   * @param shares of width and height by turns, 0 to 1
   * @param filled whether the area below is coloured
   */
  void curve(double[] shares, boolean filled) {
    StringBuilder points = new StringBuilder();
    for (int i = 0; i + 1 < shares.length; i += 2) {
      points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x(shares[i]), y(shares[i + 1])));
    }
    if (filled && shares.length >= 4) {
      add(
          "<polygon class=\"fill\" points=\"%.1f,%.1f %s%.1f,%.1f\"/>",
          x(shares[0]), y(0), points, x(shares[shares.length - 2]), y(0));
    }
    add("<polyline class=\"a\" points=\"%s\"/>", points);
  }

  @Override
  public String toString() {
    return svg + "</svg>";
  }
}
