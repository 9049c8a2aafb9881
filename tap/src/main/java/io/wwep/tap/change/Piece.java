package io.wwep.tap.change;

/**
 * A part of a stream.
 *
 * @param bytes as they came; not to be changed
 * @param kind what they are
 */
record Piece(byte[] bytes, Kind kind) {

  enum Kind {
    /** A complete frame. */
    FRAME,
    /** The end of a frame whose beginning was sent on before. */
    REST,
    /** What is no frame. */
    OTHER
  }

  boolean isFrame() {
    return kind == Kind.FRAME;
  }
}
