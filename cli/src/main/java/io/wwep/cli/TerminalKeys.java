package io.wwep.cli;

import io.wwep.board.Characters;
import io.wwep.board.KeySource;
import io.wwep.board.Keystrokes;
import java.io.IOException;
import org.jline.terminal.Attributes;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.NonBlockingReader;

/** Keys from a terminal, each at once and without Enter. One thread reads; any may close. */
final class TerminalKeys implements KeySource, AutoCloseable {

  /** Between two characters of one key; a slow network adds some to what a terminal needs. */
  private static final long WITHIN_KEY_MILLIS = 100;

  /** Who waits for ever holds what another thread needs to give the terminal back. */
  private static final long PATIENCE_MILLIS = 1_000;

  private final Terminal terminal;
  private final Attributes before;
  private final KeySource keys;

  private TerminalKeys(Terminal terminal) {
    this.terminal = terminal;
    before = terminal.enterRawMode();
    keys = new Keystrokes(characters());
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

  private Characters characters() {
    return new Characters() {
      @Override
      public int next() throws IOException {
        int next = NonBlockingReader.READ_EXPIRED;
        while (next == NonBlockingReader.READ_EXPIRED) {
          next = terminal.reader().read(PATIENCE_MILLIS);
        }
        return next;
      }

      @Override
      public int peek() throws IOException {
        return Math.max(terminal.reader().peek(WITHIN_KEY_MILLIS), NONE);
      }
    };
  }

  /** Returns the terminal itself, which this closes. */
  Terminal terminal() {
    return terminal;
  }

  @Override
  public int next() throws IOException {
    return keys.next();
  }

  /** Gives the terminal back as it was. */
  @Override
  public void close() throws IOException {
    terminal.setAttributes(before);
    terminal.close();
  }
}
