package io.wwep.board.steps;

import io.wwep.protocol.WireText;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Bytes that passed the socket, or the TLS above it.
 *
 * @param direction where they went
 * @param layer what they are
 * @param name what a TLS message or record is called, as in {@code ClientHello}; empty for text
 * @param length how many there are
 * @param first the first of them, at most {@link #SHOWN_BYTES_MAX}
 * @param details what they say, for people; may be empty
 */
public record Passed(
    Direction direction, Layer layer, String name, int length, byte[] first, String details) {

  /** Most bytes of one message that are shown. */
  public static final int SHOWN_BYTES_MAX = WireText.SHOWN_BYTES_MAX;

  /** Where bytes go. */
  public enum Direction {
    /** From the board to the server. */
    SENT,
    /** From the server to the board. */
    RECEIVED
  }

  /** What bytes are. */
  public enum Layer {
    /** WWEP, as both sides write it. */
    TEXT,
    /** A message of the TLS handshake, or another that can be read. */
    TLS_MESSAGE,
    /** A record that only the two sides can read. */
    TLS_RECORD
  }

  /** Copies what is shown of the bytes. */
  public Passed {
    first = Arrays.copyOf(first, Math.min(first.length, SHOWN_BYTES_MAX));
  }

  static Passed text(Direction direction, byte[] bytes, String details) {
    return new Passed(direction, Layer.TEXT, "", bytes.length, bytes, details);
  }

  @Override
  public byte[] first() {
    return first.clone();
  }

  /** Returns the first bytes in hex, with spaces between: {@code 41 30}. */
  public String hex() {
    return HexFormat.ofDelimiter(" ").withUpperCase().formatHex(first)
        + (length > first.length ? " …" : "");
  }

  /** Returns the first bytes as text, as in {@code A00F5050001}. */
  public String text() {
    return WireText.show(first) + (length > first.length ? "…" : "");
  }
}
