package io.wwep.board;

import java.util.Locale;

/** How one transmission of a board went. */
public enum Verdict {
  /** The reply is the one that was expected. */
  FINE(0),
  /** {@code X} came where {@code A} was expected. */
  UNEXPECTED_REJECTION(1),
  /** A reply came that does not belong to the request, or that no WWEP server sends. */
  WRONG_REPLY(1),
  /** No complete reply came in time, or the connection ended before it. */
  NO_REPLY(3),
  /** No connection could be made. */
  UNREACHABLE(3),
  /** TLS: one of the two does not trust the other, or nobody said whom the board trusts. */
  NOT_TRUSTED(4);

  private final int exitCode;

  Verdict(int exitCode) {
    this.exitCode = exitCode;
  }

  /** Returns the word that stands for it in scripts and in JSON, as in {@code no-reply}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the exit code of a command that ends with this verdict: 0, 1, 3 or 4. */
  public int exitCode() {
    return exitCode;
  }
}
