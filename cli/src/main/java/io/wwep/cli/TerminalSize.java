package io.wwep.cli;

import java.io.IOException;
import java.util.function.ToIntFunction;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** How much fits on a console. */
final class TerminalSize {

  private static final int USUAL = 80;
  private static final int LEAST = 40;
  private static final int MOST = 400;
  private static final int LINES_USUAL = 24;
  private static final int LINES_LEAST = 10;

  private TerminalSize() {}

  /** Returns the characters of a line, 40 to 400; 80 where there is no terminal to ask. */
  static int width(Console console) {
    return Math.min(MOST, Math.max(LEAST, ask(console, Terminal::getColumns, USUAL)));
  }

  /** Returns the lines, 10 to 400; 24 where there is no terminal to ask. */
  static int height(Console console) {
    return Math.min(MOST, Math.max(LINES_LEAST, ask(console, Terminal::getRows, LINES_USUAL)));
  }

  private static int ask(Console console, ToIntFunction<Terminal> size, int usual) {
    if (!console.terminal()) {
      return usual;
    }
    try (Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(true).graphemeCluster(false).build()) {
      int told = size.applyAsInt(terminal);
      return told <= 0 ? usual : told;
    } catch (IOException e) {
      return usual;
    }
  }
}
