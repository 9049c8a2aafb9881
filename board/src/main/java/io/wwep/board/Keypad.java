package io.wwep.board;

import java.util.List;

/**
 * What keys do to a board, whatever shows it: {@code 0} and {@code 1} press its buttons, {@code x}
 * sends an illegal packet, {@code r} reads back, {@code v} changes the verification, {@code c}
 * shows the client certificate or does not, {@code ?} helps and {@code q} quits.
 *
 * <p>Owned by one thread.
 */
public final class Keypad {

  /** Stands for a key when no more will come. */
  public static final int NO_MORE_KEYS = -1;

  /** The keys in one line. */
  public static final String HELP =
      "0 1 press a button, x illegal packet, r read back, v verification, c certificate, ? help, q quit";

  private static final int CTRL_C = 3;
  private static final int CTRL_D = 4;

  /** Where it is shown what keys did. Called on the thread that presses them. */
  public interface Display {

    /** A message is about to be sent; the LED is as it will be sent. */
    default void begins(char key) {}

    /** A message was sent, or could not be. */
    void sent(char key, Transmission transmission);

    /** Something else was done, or was not. */
    void said(Judgement judgement);

    /** Somebody asks for help. */
    void help();
  }

  private final Board board;
  private final Display display;
  private int exitCode;

  /** Puts keys on a board. */
  public Keypad(Board board, Display display) {
    this.board = board;
    this.display = display;
  }

  /**
   * Presses a key, and returns when what it does is done.
   *
   * @param key a character, or {@link #NO_MORE_KEYS}
   * @return false at the end: {@code q}, Ctrl-C, Ctrl-D, or no more keys
   */
  public boolean press(int key) {
    if (isEnd(key)) {
      return false;
    }
    if (isHelp(key)) {
      display.help();
      return true;
    }
    switch (key) {
      case '0' -> button('0', 0);
      case '1' -> button('1', 1);
      case 'x', 'X' -> {
        display.begins('x');
        sent('x', board.sendIllegal(false));
      }
      case 'r', 'R' -> {
        display.begins('r');
        sent('r', board.readBack(false));
      }
      case 'v', 'V' -> display.said(board.verify(nextVerification()));
      case 'c', 'C' -> display.said(board.showIdentity(!board.isIdentityShown()));
      default -> hint(key);
    }
    return true;
  }

  /** Whether a key ends everything. */
  public static boolean isEnd(int key) {
    return key < 0 || key == 'q' || key == 'Q' || key == CTRL_C || key == CTRL_D;
  }

  /** Whether a key asks what the keys are. */
  public static boolean isHelp(int key) {
    return key == '?' || key == 'h' || key == 'H';
  }

  /**
   * Returns the worst that happened: 4 not trusted, 3 unreachable or no reply, 1 an unexpected
   * {@code X} or a wrong reply, 0 all fine.
   */
  public int exitCode() {
    return exitCode;
  }

  private void button(char key, int button) {
    board.setLed(!board.isLedOn());
    display.begins(key);
    sent(key, board.sendLed(button));
  }

  private void sent(char key, Transmission transmission) {
    exitCode = Math.max(exitCode, transmission.verdict().exitCode());
    display.sent(key, transmission);
  }

  private Verification nextVerification() {
    List<Verification> choices = board.verifications();
    return choices.get((choices.indexOf(board.verification()) + 1) % choices.size());
  }

  private void hint(int key) {
    if (Character.isWhitespace(key)) {
      return;
    }
    String name = key > ' ' && key < 0x7F ? "'" + (char) key + "'" : "this key";
    display.said(
        new Judgement(Verdict.FINE, name + " does nothing: press 0, 1, x, r, v, c, ? or q"));
  }
}
