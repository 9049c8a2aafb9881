package io.wwep.protocol;

/**
 * Why a server answered {@code X}. The words are stable: consoles, logs, metrics and {@code
 * --explain} all use them (PROTOCOL.md, "Why an X").
 */
public enum RejectCode {
  /** A read of a register that nobody wrote. */
  NOT_WRITTEN("not-written"),
  /** The frame stopped early: a line end, a pause or the close came inside it. */
  INCOMPLETE("incomplete"),
  /** A complete frame was followed, in the same read, by a byte that can start no frame. */
  TOO_LONG("too-long"),
  /** The first byte is neither {@code R} nor {@code W}. */
  BAD_COMMAND("bad-command"),
  /** A byte of device, register or value is no hex digit. */
  BAD_DIGIT("bad-digit"),
  /** A TLS handshake arrived on the plain port. */
  TLS_ON_PLAIN_PORT("tls-on-plain-port"),
  /** WWEP in clear arrived on the TLS port. */
  PLAIN_ON_TLS_PORT("plain-on-tls-port"),
  /** An HTTP request line arrived on either port. */
  HTTP("http"),
  /** The TLS handshake failed. */
  TLS_FAILED("tls-failed"),
  /** The access policy does not let this peer do this. */
  DENIED("denied"),
  /** The write could not be made durable; nothing was stored. */
  STORAGE("storage"),
  /** Too many connections or requests. */
  LIMITED("limited");

  private final String word;

  RejectCode(String word) {
    this.word = word;
  }

  /** Returns the stable word, as in {@code not-written}. */
  public String word() {
    return word;
  }
}
