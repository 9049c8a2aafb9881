package io.wwep.benchmarks;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Draws folded stacks as one SVG picture without scripts: a box for each frame, as wide as its
 * share of the samples, on the box of its caller. A hovering pointer shows the whole name.
 */
final class FlameGraph {

  private static final int WIDTH = 1600;
  private static final int MARGIN = 10;
  private static final int ROW = 17;
  private static final int HEAD = 62;
  private static final double LETTER = 6.7;

  /** Narrower boxes could not be seen, and there are thousands of them. */
  private static final double WIDTH_MIN = 0.4;

  /** A frame, and those it called, by name. */
  private static final class Node {
    private final Map<String, Node> callees = new TreeMap<>();
    private long samples;
  }

  private final Node root = new Node();
  private final StringBuilder boxes = new StringBuilder();
  private int rows;

  private FlameGraph(Map<String, Long> stacks) {
    stacks.forEach(this::add);
  }

  private void add(String stack, long samples) {
    Node node = root;
    node.samples += samples;
    for (String frame : stack.split(";", -1)) {
      node = node.callees.computeIfAbsent(frame, name -> new Node());
      node.samples += samples;
    }
  }

  /**
   * Draws stacks.
   *
   * @param title for people
   * @param stacks how many samples there are of each folded stack
   * @throws IllegalArgumentException when there is no sample
   */
  static String draw(String title, Map<String, Long> stacks) {
    FlameGraph graph = new FlameGraph(stacks);
    if (graph.root.samples == 0) {
      throw new IllegalArgumentException(
          "there is no sample to draw: let the load run longer, or look whether perf may sample here");
    }
    return graph.picture(title);
  }

  private String picture(String title) {
    rows = depth(root, (double) (WIDTH - 2 * MARGIN)) - 1;
    drawCallees(root, MARGIN, 0);
    int height = HEAD + rows * ROW + MARGIN;
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="11">
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        <text x="%3$d" y="22" font-size="16">%4$s</text>
        %5$s%6$s</svg>
        """
        .formatted(WIDTH, height, MARGIN, escape(title), legend(), boxes);
  }

  /** Returns how many rows a node of this width takes, itself included. */
  private static int depth(Node node, double width) {
    int deepest = 0;
    for (Node callee : node.callees.values()) {
      double part = width * callee.samples / node.samples;
      deepest = part < WIDTH_MIN ? deepest : Math.max(deepest, depth(callee, part));
    }
    return deepest + 1;
  }

  private String legend() {
    StringBuilder legend = new StringBuilder();
    int x = MARGIN;
    for (Kind kind : Kind.values()) {
      legend.append(rectangle(x, 34, 14, kind.color)).append("/>\n");
      legend.append("<text x=\"%d\" y=\"46\">%s</text>%n".formatted(x + 20, kind.words));
      x += 40 + (int) (kind.words.length() * LETTER);
    }
    String count = "%,d samples; wider is longer, callers are below".formatted(root.samples);
    return legend + "<text x=\"%d\" y=\"46\">%s</text>%n".formatted(x + 20, count);
  }

  private void drawCallees(Node node, double left, int row) {
    double x = left;
    for (Map.Entry<String, Node> callee : node.callees.entrySet()) {
      double width = (double) (WIDTH - 2 * MARGIN) * callee.getValue().samples / root.samples;
      if (width >= WIDTH_MIN) {
        drawBox(callee.getKey(), callee.getValue().samples, x, width, row);
        drawCallees(callee.getValue(), x, row + 1);
      }
      x += width;
    }
  }

  private void drawBox(String frame, long samples, double x, double width, int row) {
    Kind kind = row == 0 ? Kind.THREAD : Kind.of(frame);
    String name = row == 0 ? frame : Kind.nameOf(frame);
    int y = HEAD + (rows - 1 - row) * ROW;
    boxes
        .append("<g>")
        .append(rectangle(x, y, width, kind.color))
        .append(
            "><title>%s (%.1f%%, %s)</title></rect>"
                .formatted(escape(name), 100.0 * samples / root.samples, kind.words))
        .append(label(name, x, y, width))
        .append("</g>\n");
  }

  private static String rectangle(double x, int y, double width, String color) {
    return String.format(
        Locale.ROOT,
        "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\" stroke=\"#ffffff\" stroke-width=\"0.5\"",
        x,
        y,
        width,
        ROW - 1,
        color);
  }

  /** As much of the name as fits, its end rather than its package. */
  private static String label(String name, double x, int y, double width) {
    int letters = (int) ((width - 6) / LETTER);
    if (letters < 3) {
      return "";
    }
    String simple = name.replaceFirst("^(?:[a-z_$][\\w$]*[./])+(?=[A-Z])", "");
    String shown = simple.length() <= letters ? simple : simple.substring(0, letters - 1) + "…";
    return String.format(
        Locale.ROOT,
        "<text x=\"%.1f\" y=\"%d\" pointer-events=\"none\">%s</text>",
        x + 3,
        y + 12,
        escape(shown));
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
