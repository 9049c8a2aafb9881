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
  CLOSED(
      "the server closed the connection without a reply",
      "send the reply, and A or X for whatever came, before closing"),
  RESET(
      "the server reset the connection",
      "read what the client sent before closing, and see whether the server crashed"),
  LOWER_CASE(
      "the reply is right but for its lower case",
      "write the digits of a reply in upper case, as printf's %04X does"),
  ACCEPTED(
      "the server accepted what is not legal",
      "look at each byte: R or W, then 6 or 10 hex digits and nothing else, and answer X otherwise"),
  REJECTED(
      "the server answered X to what is legal",
      "look at how the frame is taken apart: 1 letter, 4 digits of the device, 2 of the register, 4 of the value"),
  ECHO(
      "the server sent back what it got",
      "answer with A in place of the command letter, and for a read with the value behind it"),
  SHORT("the reply ended early", "send all 11 bytes of it: A, device, register and value"),
  WRONG_VALUE(
      "A came with another value",
      "see whether the server keeps a value for each pair of device and register, and the last one written"),
  TRAILING(
      "the reply is right, but more came behind it",
      "send 11 bytes for A and 1 for X, and nothing else: no line end, no NUL, no second reply"),
  TLS_BYTES(
      "the bytes that came are those of TLS",
      "give the plain port as the port, and this one with --tls-port"),
  HTTP(
      "the bytes that came are those of HTTP",
      "this is a web server: give the port of the WWEP server");

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

  /** Returns what to do, as a clause without a full stop; empty for {@link #NONE}. */
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
    if (bytes.toUpperCase(Locale.ROOT).equals(expected)) {
      return LOWER_CASE;
    }
    if (bytes.startsWith(expected)) {
      return TRAILING;
    }
    if (expected.startsWith(bytes)) {
      return SHORT;
    }
    if (bytes.startsWith(sent.substring(0, Math.min(sent.length(), bytes.length())))) {
      return ECHO;
    }
    if (expected.startsWith("X") && bytes.startsWith("A")) {
      return ACCEPTED;
    }
    if (expected.startsWith("A") && bytes.startsWith("X")) {
      return REJECTED;
    }
    boolean sameRegister = expected.length() >= 7 && bytes.startsWith(expected.substring(0, 7));
    return sameRegister ? WRONG_VALUE : NONE;
  }
}
