package io.wwep.board;

import java.util.Locale;

/** How a board finds out, before it sends over TLS, whether a server is the right one. */
public enum Verification {
  /** Nobody has said whom to believe, so that nothing is sent over TLS. */
  UNDECIDED,
  /** Not at all, as a board does that never loads a root certificate: any server is believed. */
  NONE,
  /** By the root certificate that has signed the server's. */
  ROOT,
  /** By the fingerprint of the server's own certificate. */
  PIN;

  /** Returns the word that scripts have for it, as in {@code root}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
