package io.wwep.conformance.wire;

import io.wwep.protocol.WireText;
import java.nio.charset.StandardCharsets;

/**
 * What was read.
 *
 * @param bytes a char for each
 * @param end why no more was read
 */
record Received(String bytes, End end) {

  /** Why reading ended. */
  enum End {
    /** All that was wanted is there. */
    ENOUGH(""),
    /** Nothing came for as long as the patience lasts. */
    SILENCE("silence"),
    /** The server ended its side in order. */
    CLOSED("the end of the connection"),
    /** The server broke the connection. */
    RESET("a reset"),
    /** More came than any reply is long, or it went on for longer than any may. */
    ENDLESS("no end of it");

    private final String words;

    End(String words) {
      this.words = words;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  /** Returns it for people: {@code A0FA, then a reset}. */
  @Override
  public String toString() {
    if (bytes.isEmpty()) {
      return end == End.ENOUGH ? "nothing" : end.words;
    }
    return end == End.ENOUGH ? show(bytes) : show(bytes) + ", then " + end.words;
  }

  /** Returns bytes as people read them, cut at 64. */
  static String show(String bytes) {
    return WireText.show(bytes.getBytes(StandardCharsets.ISO_8859_1));
  }
}
