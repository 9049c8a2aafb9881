package io.wwep.cli;

import io.wwep.board.screen.Line;
import io.wwep.board.screen.Screen;
import java.io.PrintWriter;
import java.util.List;
import org.jline.terminal.Terminal;

/**
 * The whole of a terminal for pictures, on a page of its own, so that what was there before comes
 * back. Any thread, one at a time.
 */
final class TerminalScreen implements Screen, AutoCloseable {

  /** ECMA-48, and DEC's private modes that every terminal with pages has taken over. */
  private static final String OTHER_PAGE = "\u001B[?1049h";

  private static final String FIRST_PAGE = "\u001B[?1049l";
  private static final String HIDE_CURSOR = "\u001B[?25l";
  private static final String SHOW_CURSOR = "\u001B[?25h";
  private static final String CLEAR = "\u001B[2J";

  /** Of a terminal that does not tell its size. */
  private static final Size USUAL = new Size(80, 24);

  /** No terminal is larger; what says so is mistaken. */
  private static final int MOST = 1_000;

  private final Terminal terminal;
  private final Style style;
  private final PrintWriter out;
  private boolean dirty = true;
  private boolean closed;

  /** Takes the terminal's page. */
  TerminalScreen(Terminal terminal, Style style) {
    this.terminal = terminal;
    this.style = style;
    out = terminal.writer();
    out.print(OTHER_PAGE + HIDE_CURSOR);
  }

  /** Calls a task when the picture has to be drawn anew: another size, or another program's end. */
  void onChange(Runnable redraw) {
    Terminal.SignalHandler handler =
        signal -> {
          synchronized (this) {
            dirty = true;
          }
          redraw.run();
        };
    terminal.handle(Terminal.Signal.WINCH, handler);
    terminal.handle(Terminal.Signal.CONT, handler);
  }

  @Override
  public Size size() {
    int columns = terminal.getColumns();
    int rows = terminal.getRows();
    return columns <= 0 || rows <= 0
        ? USUAL
        : new Size(Math.min(MOST, columns), Math.min(MOST, rows));
  }

  @Override
  public synchronized void show(List<Line> lines) {
    if (closed) {
      return;
    }
    StringBuilder picture = new StringBuilder(dirty ? CLEAR : "");
    for (int row = 0; row < lines.size(); row++) {
      picture.append("\u001B[").append(row + 1).append(";1H");
      lines.get(row).spans().forEach(span -> picture.append(painted(span)));
    }
    dirty = false;
    out.print(picture);
    out.flush();
  }

  private String painted(Line.Span span) {
    String text = span.text();
    return switch (span.tone()) {
      case PLAIN -> text;
      case FAINT -> style.faint(text);
      case STRONG -> style.strong(text);
      case LIT -> style.lit(text);
      case GOOD -> style.good(text);
      case BAD -> style.bad(text);
    };
  }

  /** Gives the page back as it was. */
  @Override
  public synchronized void close() {
    closed = true;
    terminal.handle(Terminal.Signal.WINCH, Terminal.SignalHandler.SIG_DFL);
    terminal.handle(Terminal.Signal.CONT, Terminal.SignalHandler.SIG_DFL);
    out.print(SHOW_CURSOR + FIRST_PAGE);
    out.flush();
  }
}
