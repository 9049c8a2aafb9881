package io.wwep.cli;

import java.io.IOException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** How much fits on a line of a console. */
final class TerminalSize {

  private static final int USUAL = 80;
  private static final int LEAST = 40;
  private static final int MOST = 400;

  private TerminalSize() {}

  /** Returns the characters of a line, 40 to 400; 80 where there is no terminal to ask. */
  static int width(Console console) {
    if (!console.terminal()) {
      return USUAL;
    }
    try (Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(true).graphemeCluster(false).build()) {
      int width = terminal.getColumns();
      return width <= 0 ? USUAL : Math.min(MOST, Math.max(LEAST, width));
    } catch (IOException e) {
      return USUAL;
    }
  }
}
