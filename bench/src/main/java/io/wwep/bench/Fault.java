package io.wwep.bench;

/** Why a request got no reply, each with what to look at. */
public enum Fault {
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
