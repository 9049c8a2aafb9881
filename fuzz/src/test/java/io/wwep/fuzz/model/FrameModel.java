package io.wwep.fuzz.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What PROTOCOL.md says about bytes, rule by rule ("Messages", "Frames in a stream"): from reads to
 * what is found in them. Written from that page alone, without a class of the server's, to be
 * plainly right and not to be quick. A char of a text stands for a byte.
 */
public final class FrameModel {

  private static final String HEX = "0123456789ABCDEFabcdef";
  private static final List<String> HTTP_METHODS =
      List.of(
          "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PRI");

  /**
   * Something found in the stream.
   *
   * @param what {@code read 0FAC0B}, {@code write 0FAC0B 1234}, {@code reject bad-digit} or {@code
   *     empty line}
   * @param bytes that it is about; none for an empty line
   */
  public record Found(String what, String bytes) {

    /** Returns the stable word behind {@code reject}, or null when this is no rejection. */
    public String code() {
      return what.startsWith("reject ") ? what.substring("reject ".length()) : null;
    }
  }

  private final boolean secure;
  private String unfinished = "";
  private boolean lineHoldsFrame;
  private boolean closed;

  /**
   * @param secure whether the stream came out of TLS
   */
  public FrameModel(boolean secure) {
    this.secure = secure;
  }

  /** Whether nothing more is taken from the stream. */
  public boolean isClosed() {
    return closed;
  }

  /** Returns how many bytes the unfinished frame lacks, 0 between frames. */
  public int missing() {
    return unfinished.isEmpty() ? 0 : lengthOf(unfinished) - unfinished.length();
  }

  /** Takes one read; returns what is found by its end. */
  public List<Found> read(String bytes) {
    List<Found> found = new ArrayList<>();
    String rest = unfinished + bytes;
    unfinished = "";
    while (!closed && !rest.isEmpty()) {
      rest = rest.substring(next(rest, found));
    }
    return found;
  }

  /** Rules 3 and 7: a pause, or the end of the peer's side; an unfinished frame gets X. */
  public List<Found> stop() {
    List<Found> found = new ArrayList<>();
    if (!unfinished.isEmpty()) {
      found.add(new Found("reject incomplete", unfinished));
      unfinished = "";
    }
    return found;
  }

  /** Takes what stands at the start of {@code rest}; returns how many bytes of it are done with. */
  private int next(String rest, List<Found> found) {
    char first = rest.charAt(0);
    if (first == '\r' || first == '\n') { // rule 2
      if (first == '\n' && !lineHoldsFrame) {
        found.add(new Found("empty line", ""));
      }
      lineHoldsFrame &= first != '\n';
      return 1;
    }
    int legal = legalBytes(rest);
    if (legal > 0 && legal == lengthOf(rest)) {
      return wholeFrame(rest, found);
    }
    if (legal == rest.length()) {
      unfinished = rest;
      return legal;
    }
    return illegal(codeOfBadByte(rest, legal), rest, legal, found);
  }

  /** Rule 1, unless rule 5 spoils it. */
  private int wholeFrame(String rest, List<Found> found) {
    int length = lengthOf(rest);
    if (rest.length() > length && "RW\r\n".indexOf(rest.charAt(length)) < 0) {
      return illegal("too-long", rest, length, found);
    }
    String frame = rest.substring(0, length);
    String digits = frame.substring(1).toUpperCase(Locale.ROOT);
    String register = digits.substring(0, 6);
    boolean write = frame.charAt(0) == 'W';
    found.add(
        new Found(
            write ? "write " + register + " " + digits.substring(6) : "read " + register, frame));
    lineHoldsFrame = true;
    return length;
  }

  /** Returns how many bytes at the start can be those of one frame. */
  private static int legalBytes(String text) {
    char command = text.charAt(0);
    if (command != 'R' && command != 'W') {
      return 0;
    }
    int legal = 1;
    while (legal < Math.min(lengthOf(text), text.length())
        && HEX.indexOf(text.charAt(legal)) >= 0) {
      legal++;
    }
    return legal;
  }

  private static int lengthOf(String frame) {
    return frame.charAt(0) == 'W' ? 11 : 7;
  }

  private String codeOfBadByte(String rest, int at) {
    if (at > 0) {
      char bad = rest.charAt(at);
      return bad == '\r' || bad == '\n' ? "incomplete" : "bad-digit";
    }
    if (HTTP_METHODS.stream().anyMatch(method -> rest.startsWith(method + " "))) {
      return "http";
    }
    // A read may end behind the 16.
    boolean tls = rest.startsWith("\u0016\u0003") || rest.equals("\u0016");
    return tls && !secure ? "tls-on-plain-port" : "bad-command";
  }

  /** Rules 3 to 5: one X, and on behind the next LF, if that came in this read. */
  private int illegal(String code, String rest, int badByte, List<Found> found) {
    boolean foreign = code.equals("http") || code.equals("tls-on-plain-port");
    int lineFeed = rest.indexOf('\n', badByte);
    closed = foreign || lineFeed < 0;
    int end = closed ? rest.length() : lineFeed + 1;
    found.add(new Found("reject " + code, rest.substring(0, end)));
    lineHoldsFrame = false;
    return end;
  }
}
