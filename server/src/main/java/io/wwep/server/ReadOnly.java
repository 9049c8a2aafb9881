package io.wwep.server;

/** Which ports take reads only; a write there is answered {@code X} ({@code denied}). */
public enum ReadOnly {
  /** No port: everybody may write. */
  NONE,
  /** The plain port: who wants to write comes over TLS. */
  PLAIN,
  /** The TLS port. */
  TLS,
  /** Both ports: the registers can be looked at. */
  ALL;

  boolean covers(boolean secure) {
    return this == ALL || this == (secure ? TLS : PLAIN);
  }
}
