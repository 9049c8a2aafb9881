package io.wwep.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A class on a terminal, drawn anew again and again. Owned by one thread. */
final class ClassScreen {

  private static final String HOME_AND_CLEAR = "\u001B[H\u001B[2J";
  private static final int INDENT = 7;

  private final Console console;
  private final ClassClient client;
  private final Style style;

  ClassScreen(Console console, ClassClient client) {
    this.console = console;
    this.client = client;
    style = new Style(false);
  }

  /**
   * Draws until nobody reads any more.
   *
   * @throws InterruptedException when the thread is interrupted
   */
  void run(Map<String, Object> first, long pauseMillis) throws InterruptedException {
    List<String> lines = ClassLines.of(first, style);
    while (!console.out().checkError()) {
      draw(lines);
      Thread.sleep(pauseMillis);
      try {
        lines = ClassLines.of(client.all(), style);
      } catch (Unanswered lost) {
        lines = List.of(lost.getMessage(), "trying again; Ctrl-C ends this");
      }
    }
  }

  private void draw(List<String> lines) {
    int width = TerminalSize.width(console);
    int height = TerminalSize.height(console);
    List<String> rows = new ArrayList<>();
    lines.forEach(each -> fold(console.plain(CommandName.in(each)), width, rows));
    console.out().print(console.color() ? HOME_AND_CLEAR : System.lineSeparator());
    boolean fits = rows.size() < height;
    rows.stream().limit(fits ? rows.size() : height - 2).forEach(console.out()::println);
    if (!fits) {
      console.out().println(console.plain("… more: enlarge the window, or leave --watch out"));
    }
    console.out().flush();
  }

  /** Breaks a line between words where the terminal ends. */
  private static void fold(String line, int width, List<String> rows) {
    String left = line;
    while (left.length() > width) {
      int space = left.lastIndexOf(' ', width);
      int end = space > INDENT ? space : width;
      rows.add(left.substring(0, end).stripTrailing());
      left = " ".repeat(INDENT) + left.substring(end).stripLeading();
    }
    rows.add(left);
  }
}
