package io.wwep.board.screen;

import io.wwep.board.screen.Line.Tone;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What a board has printed, the newest at the end. Guarded by its owner. */
final class SerialPort {

  /** Kept for a screen that becomes larger. */
  private static final int KEPT_MAX = 500;

  private static final String INDENT = "  ";
  private static final int WIDTH_MIN = 8;

  private final Deque<Line.Span> printed = new ArrayDeque<>();

  void print(String text, Tone tone) {
    if (printed.size() == KEPT_MAX) {
      printed.removeFirst();
    }
    printed.addLast(new Line.Span(text, tone));
  }

  /** Returns the last lines, broken where they are too long; as many as fit, or fewer. */
  List<Line> last(int rows, int columns, Glyphs glyphs) {
    Deque<Line> lines = new ArrayDeque<>();
    var newestFirst = printed.descendingIterator();
    while (newestFirst.hasNext() && lines.size() < rows) {
      Line.Span entry = newestFirst.next();
      List<String> pieces = broken(glyphs.clean(entry.text()), Math.max(WIDTH_MIN, columns));
      for (int i = pieces.size() - 1; i >= 0 && lines.size() < rows; i--) {
        lines.addFirst(Line.of(pieces.get(i), entry.tone()));
      }
    }
    return List.copyOf(lines);
  }

  private static List<String> broken(String text, int columns) {
    List<String> pieces = new ArrayList<>();
    String rest = text;
    String margin = INDENT + text.substring(0, leadingSpaces(text));
    while (rest.length() > columns) {
      int space = rest.lastIndexOf(' ', columns);
      boolean hard = space <= leadingSpaces(rest) || space < columns / 2;
      int end = hard ? columns : space;
      pieces.add(rest.substring(0, end));
      String behind = rest.substring(end).stripLeading();
      rest = (margin.length() < columns / 2 ? margin : "") + behind;
    }
    pieces.add(rest);
    return pieces;
  }

  private static int leadingSpaces(String text) {
    return text.length() - text.stripLeading().length();
  }
}
