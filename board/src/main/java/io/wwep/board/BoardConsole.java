package io.wwep.board;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Keys and a screen for a {@link Board}: {@code 0} and {@code 1} press its buttons, {@code x} sends
 * an illegal packet, {@code r} reads back, {@code ?} helps and {@code q} quits. What was sent, what
 * came back and what it means is printed for each.
 *
 * <p>Owned by the thread that calls {@link #run}.
 */
public final class BoardConsole {

  private static final int CTRL_C = 3;
  private static final int CTRL_D = 4;
  private static final int MESSAGE_WIDTH = 11;

  private final Board board;
  private final KeySource keys;
  private final PrintWriter screen;
  private final boolean ascii;
  private int exitCode;

  /**
   * @param screen flushed after each key
   * @param ascii whether the screen shows ASCII only
   */
  public BoardConsole(Board board, KeySource keys, PrintWriter screen, boolean ascii) {
    this.board = board;
    this.keys = keys;
    this.screen = screen;
    this.ascii = ascii;
  }

  /**
   * Serves keys until {@code q}, Ctrl-C, Ctrl-D or the end of the source.
   *
   * @return the worst that happened: 4 not trusted, 3 unreachable or no reply, 1 an unexpected
   *     {@code X} or a wrong reply, 0 all fine
   */
  public int run() {
    greet();
    int key = next();
    while (!isEnd(key)) {
      serve(key);
      screen.flush();
      key = next();
    }
    return exitCode;
  }

  private int next() {
    try {
      return keys.next();
    } catch (IOException e) {
      screen.println("the keys ended: " + e.getMessage());
      return -1;
    }
  }

  private static boolean isEnd(int key) {
    return key < 0 || key == 'q' || key == 'Q' || key == CTRL_C || key == CTRL_D;
  }

  private void serve(int key) {
    switch (key) {
      case '0' -> show('0', board.press(0));
      case '1' -> show('1', board.press(1));
      case 'x', 'X' -> show('x', board.sendIllegal());
      case 'r', 'R' -> show('r', board.readBack());
      case '?', 'h', 'H' -> help();
      default -> hint(key);
    }
  }

  private void greet() {
    screen.printf(
        Locale.ROOT,
        "board     MAC %s (%s), device ID %04X%n",
        board.mac(),
        origin(),
        board.deviceId());
    screen.printf(Locale.ROOT, "button 0  plain TCP to %s%n", board.plainEndpoint());
    screen.printf(
        Locale.ROOT,
        "button 1  TLS to %s, %s%n",
        board.secureEndpoint(),
        board.trusts().isEmpty()
            ? "not usable yet: start with --ca FILE, --pin SHA256 or --insecure"
            : "trusting " + board.trusts());
    screen.printf(Locale.ROOT, "LED       %s, register %02X%n", led(), Board.LED_REGISTER);
    help();
    screen.flush();
  }

  private String origin() {
    return switch (board.macOrigin()) {
      case GIVEN -> "as given";
      case MACHINE -> "this machine's";
      case RANDOM -> "random, because this machine tells none";
    };
  }

  private void help() {
    screen.println("keys      0 1 press a button, x illegal packet, r read back, ? help, q quit");
  }

  private void hint(int key) {
    if (Character.isWhitespace(key)) {
      return;
    }
    String name = key > ' ' && key < 0x7F ? "'" + (char) key + "'" : "this key";
    screen.printf(Locale.ROOT, "%s does nothing: press 0, 1, x, r, ? or q%n", name);
  }

  private void show(char key, Transmission transmission) {
    exitCode = Math.max(exitCode, transmission.verdict().exitCode());
    String line =
        String.format(
            Locale.ROOT,
            "%c  LED %s  %-5s  %s %s %s  %s",
            key,
            led(),
            transmission.secure() ? "TLS" : "plain",
            column(transmission.sent()),
            ascii ? "->" : "→",
            column(transmission.received()),
            elapsed(transmission));
    screen.println(line.stripTrailing());
    screen.println("   " + plainText(transmission.meaning()));
  }

  private String led() {
    if (ascii) {
      return board.isLedOn() ? "(*) on " : "( ) off";
    }
    return board.isLedOn() ? "● on " : "○ off";
  }

  private String column(String message) {
    String shown = message.isEmpty() ? (ascii ? "-" : "–") : plainText(message);
    return shown + " ".repeat(Math.max(0, MESSAGE_WIDTH - shown.length()));
  }

  private static String elapsed(Transmission transmission) {
    return transmission.sent().isEmpty()
        ? ""
        : String.format(Locale.ROOT, "%7.1f ms", transmission.elapsed().toNanos() / 1e6);
  }

  private String plainText(String text) {
    return ascii ? text.replace("…", "...") : text;
  }
}
