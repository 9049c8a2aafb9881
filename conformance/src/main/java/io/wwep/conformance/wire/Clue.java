package io.wwep.conformance.wire;

import java.util.Locale;

/** What a difference between the bytes that came and those that should have tells of its cause. */
public enum Clue {
  /** Nothing in particular. */
  NONE("", ""),
  SILENCE(
      "nothing came",
      "let the server answer as soon as the last digit is there: 11 bytes for W, 7 for R"),
  WAITS_FOR_LINE_END(
      "the reply came only when a line end was sent behind the frame",
      "a board sends none: count the bytes, 11 for W and 7 for R, and do not read lines"),
  WAITS_FOR_END(
      "the reply came only when the client had ended its side",
      "a board waits for its reply first: count the bytes, 11 for W and 7 for R, and do not read to the end"),
  EARLY(
      "the server answered, and closed, before the frame was complete",
      "collect bytes until the frame is complete, however many reads that takes"),
  CLOSED(
      "the server closed the connection without a reply",
      "send the reply, A or X for whatever came, before closing"),
  RESET(
      "the server reset the connection",
      "read what the client sent before closing, and see whether the server crashed"),
  LOWER_CASE(
      "the reply is right but for its lower case",
      "write the digits of a reply in upper case, as printf's %04X does"),
  ECHO(
      "the server sent back what it got",
      "answer with A in place of the command letter, and for a read with the value behind it"),
  SHORT("the reply is not complete", "send all 11 bytes of it: A, device, register and value"),
  TRAILING(
      "the reply is right, but more came behind it",
      "send 11 bytes for A and 1 for X, and nothing else: no line end, no NUL, no second reply"),
  ENDLESS(
      "the server went on sending",
      "send one reply for each frame, 11 bytes for A and 1 for X, then close when the client has ended its side"),
  TLS_BYTES(
      "the bytes that came are those of TLS",
      "give the number of this port with --tls-port, and that of the plain port as the port"),
  HTTP(
      "the bytes that came are those of HTTP",
      "this is a web server: give the port of the WWEP server"),
  NO_TLS(
      "the TLS handshake failed",
      "give the server a key, its certificate, and TLS 1.2 or 1.3; its console says more"),
  NO_TCP(
      "no connection came about",
      "see whether the server still runs, and accepts the next client when one has gone"),
  // Of these the case knows better what to do.
  TIME("that is not within the time", ""),
  ACCEPTED("the server accepted what it must not", ""),
  REJECTED("the server answered X to what is legal", ""),
  WRONG_VALUE("A came with another value", "");

  private final String cause;
  private final String cure;

  Clue(String cause, String cure) {
    this.cause = cause;
    this.cure = cure;
  }

  /** Returns the cause, as a clause without a full stop; empty for {@link #NONE}. */
  public String cause() {
    return cause;
  }

  /** Returns what to do, as a clause without a full stop; empty where the case knows better. */
  public String cure() {
    return cure;
  }

  /**
   * Tells the kind of a difference.
   *
   * @param sent what was sent before
   * @param expected what should have come
   * @param came what came, and how it ended
   */
  static Clue of(String sent, String expected, Received came) {
    String bytes = came.bytes();
    if (bytes.isEmpty()) {
      return came.end() == Received.End.SILENCE
          ? SILENCE
          : came.end() == Received.End.CLOSED ? CLOSED : RESET;
    }
    if (bytes.startsWith("\u0015\u0003") || bytes.startsWith("\u0016\u0003")) {
      return TLS_BYTES;
    }
    if (bytes.startsWith("HTTP/") || bytes.startsWith("<")) {
      return HTTP;
    }
    return ofReply(sent, expected, bytes);
  }

  private static Clue ofReply(String sent, String expected, String bytes) {
    if (bytes.startsWith(expected)) {
      return TRAILING;
    }
    if (bytes.toUpperCase(Locale.ROOT).startsWith(expected)) {
      return LOWER_CASE;
    }
    if (expected.startsWith(bytes)) {
      return SHORT;
    }
    if (expected.startsWith("X") && bytes.startsWith("A")) {
      return ACCEPTED;
    }
    if (bytes.startsWith(sent.substring(0, Math.min(sent.length(), bytes.length())))) {
      return ECHO;
    }
    if (expected.startsWith("A") && bytes.startsWith("X")) {
      return REJECTED;
    }
    boolean sameRegister = expected.length() >= 7 && bytes.startsWith(expected.substring(0, 7));
    return sameRegister ? WRONG_VALUE : NONE;
  }
}
