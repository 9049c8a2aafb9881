package io.wwep.board.steps;

import io.wwep.protocol.WireText;
import java.util.HexFormat;

/**
 * Bytes that passed the socket, or the TLS above it.
 *
 * @param direction where they went
 * @param layer what they are
 * @param name what a TLS message or record is called, as in {@code ClientHello}; empty for text
 * @param length how many there are
 * @param hex the first 64 of them, with spaces between: {@code 41 30}; more are an ellipsis
 * @param text the same as text, as in {@code A00F5050001}
 * @param details what they say, for people; may be empty
 */
public record Passed(
    Direction direction,
    Layer layer,
    String name,
    int length,
    String hex,
    String text,
    String details) {

  private static final HexFormat SPACED = HexFormat.ofDelimiter(" ").withUpperCase();

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

  static Passed text(Direction direction, byte[] bytes, String details) {
    return of(direction, Layer.TEXT, "", bytes, details);
  }

  static Passed of(Direction direction, Layer layer, String name, byte[] bytes, String details) {
    int shown = Math.min(bytes.length, WireText.SHOWN_BYTES_MAX);
    String hex = SPACED.formatHex(bytes, 0, shown) + (shown < bytes.length ? " …" : "");
    return new Passed(direction, layer, name, bytes.length, hex, WireText.show(bytes), details);
  }

  Passed explained(String words) {
    return new Passed(direction, layer, name, length, hex, text, words);
  }
}
