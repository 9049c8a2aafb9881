package io.wwep.console.feed;

/** How far a board has come, in the order in which a class goes through it. */
enum Stage {
  /** Something of it has arrived. */
  CONNECTED("connected"),
  /** Bytes came that were meant as a message. */
  SENT("sent"),
  /** A write was stored. */
  LEGAL_WRITE("legalWrite"),
  /** It ended a connection in order behind a reply, so it has probably read that. */
  REPLY_READ("replyRead"),
  /** A TLS handshake was completed. */
  TLS("tls"),
  /**
   * It checks who the server is: a probe has shown it a wrong certificate and it hung up, or it
   * refused this server's certificate once and talked over TLS later. Without either it may check
   * or not; nothing on the wire tells.
   */
  VERIFIED("verified"),
  /** It showed a certificate of its own, which was accepted. */
  CERTIFICATE("certificate");

  private final String word;

  Stage(String word) {
    this.word = word;
  }

  /** Returns its name in JSON. */
  String word() {
    return word;
  }
}
