package io.wwep.cli;

import io.wwep.board.Board;
import io.wwep.board.BoardConsole;
import io.wwep.board.KeySource;
import io.wwep.board.screen.BoardScreen;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** A board with keys: drawn where there is a terminal for it, and otherwise in lines. */
final class KeyedBoard {

  private final Console console;

  KeyedBoard(Console console) {
    this.console = console;
  }

  /**
   * Serves keys until the end.
   *
   * @return the exit code
   */
  int run(Board board) throws IOException {
    try (board;
        TerminalKeys terminal = console.terminal() ? TerminalKeys.open() : null) {
      if (terminal == null) {
        return lines(
            board, KeySource.of(new InputStreamReader(console.in(), StandardCharsets.UTF_8)));
      }
      // Who wants no colours wants lines, and so does a screen reader's user.
      return console.color() ? drawn(board, terminal) : lines(board, terminal);
    }
  }

  private int lines(Board board, KeySource keys) {
    Charset charset = console.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII;
    PrintWriter screen = new PrintWriter(new OutputStreamWriter(console.out(), charset));
    try {
      return new BoardConsole(board, keys, screen, !console.unicode()).run();
    } finally {
      screen.flush();
    }
  }

  private int drawn(Board board, TerminalKeys terminal) {
    try (TerminalScreen screen = new TerminalScreen(terminal.terminal(), new Style(true))) {
      BoardScreen picture = new BoardScreen(board, screen, console.unicode());
      screen.onChange(picture::redraw);
      StopSignals signals = new StopSignals(picture::stop, picture::stop);
      try {
        return picture.run(terminal);
      } finally {
        signals.close();
      }
    }
  }
}
