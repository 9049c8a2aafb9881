package io.wwep.tap;

/** Who sends. */
public enum Side {
  /** The board, which connected to the tap. */
  BOARD,
  /** The server, to which the tap connected. */
  SERVER;

  /** Returns the one who gets it. */
  public Side other() {
    return this == BOARD ? SERVER : BOARD;
  }
}
