package io.wwep.board;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.Locale;

/**
 * Keys and lines for a {@link Board}, for pipes and plain terminals: what was sent, what came back
 * and what it means is printed for each key of a {@link Keypad}.
 *
 * <p>Owned by the thread that calls {@link #run}.
 */
public final class BoardConsole implements Keypad.Display {

  private static final int MESSAGE_WIDTH = 11;

  private final Board board;
  private final KeySource keys;
  private final PrintWriter screen;
  private final boolean ascii;
  private final Keypad keypad;

  /**
   * @param screen flushed after each key
   * @param ascii whether the screen shows ASCII only
   */
  public BoardConsole(Board board, KeySource keys, PrintWriter screen, boolean ascii) {
    this.board = board;
    this.keys = keys;
    this.screen = screen;
    this.ascii = ascii;
    keypad = new Keypad(board, this);
  }

  /**
   * Serves keys until {@code q}, Ctrl-C, Ctrl-D or the end of the source.
   *
   * @return the worst that happened: 4 not trusted, 3 unreachable or no reply, 1 an unexpected
   *     {@code X} or a wrong reply, 0 all fine
   */
  public int run() {
    greet();
    while (keypad.press(next())) {
      screen.flush();
    }
    return keypad.exitCode();
  }

  private int next() {
    try {
      return keys.next();
    } catch (IOException e) {
      screen.println("the keys ended: " + e.getMessage());
      return Keypad.NO_MORE_KEYS;
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
      case CHOSEN_AT_RANDOM -> "random";
    };
  }

  @Override
  public void help() {
    screen.println("keys      " + Keypad.HELP);
  }

  @Override
  public void said(Judgement judgement) {
    screen.println(plainText(judgement.meaning()));
  }

  @Override
  public void sent(char key, Transmission transmission) {
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
