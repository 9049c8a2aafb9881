package io.wwep.tap.change;

/** A part of a stream. */
final class Piece {

  enum Kind {
    /** A complete frame. */
    FRAME,
    /** The end of a frame whose beginning was sent on before. */
    REST,
    /** What is no frame. */
    OTHER
  }

  private final byte[] bytes;
  private final Kind kind;

  /**
   * @param bytes as they came; they belong to the piece now
   */
  Piece(byte[] bytes, Kind kind) {
    this.bytes = bytes;
    this.kind = kind;
  }

  byte[] bytes() {
    return bytes;
  }

  Kind kind() {
    return kind;
  }

  boolean isFrame() {
    return kind == Kind.FRAME;
  }
}
