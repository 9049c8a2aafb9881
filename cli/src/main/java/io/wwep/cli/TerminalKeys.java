package io.wwep.cli;

import io.wwep.board.KeySource;
import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** Keys from a terminal, each at once and without Enter. Owned by one thread. */
final class TerminalKeys implements KeySource, AutoCloseable {

  private final Terminal terminal;
  private final Attributes before;

  private TerminalKeys(Terminal terminal) {
    this.terminal = terminal;
    before = terminal.enterRawMode();
  }

  /** Returns the terminal's keys, or null where it cannot give them one by one. */
  static TerminalKeys open() throws IOException {
    // Without asking the terminal what it can do: its answers would look like keys.
    Terminal terminal =
        TerminalBuilder.builder().system(true).dumb(true).graphemeCluster(false).build();
    if (terminal.getType().startsWith(Terminal.TYPE_DUMB)) {
      terminal.close();
      return null;
    }
    return new TerminalKeys(terminal);
  }

  @Override
  public int next() throws IOException {
    return terminal.reader().read();
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() throws IOException {
    terminal.setAttributes(before);
    terminal.close();
  }
}
