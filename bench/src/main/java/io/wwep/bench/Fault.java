package io.wwep.bench;

/** Why a request got no reply, or a connection failed; each with what to look at. */
public enum Fault {
  LOCAL(
      "connections that this machine had no socket or port left for: let it open more files (ulimit -n), or ask for less"),
  CONNECT("connections that could not be made: is the server's --max-connections reached?"),
  CLOSED("connections that the server closed: its console says why"),
  TLS("TLS handshakes that failed: the server's console says why"),
  FOREIGN("replies that no WWEP server sends: is this the right port?"),
  MISMATCHED("replies that do not fit their request: do others write to the same registers?"),
  UNANSWERED("requests without a reply within 2 s of the end: is the server overloaded?");

  private final String words;

  Fault(String words) {
    this.words = words;
  }

  /** Returns what it is and what to look at, to stand behind a number. */
  public String words() {
    return words;
  }
}
