package io.wwep.board;

/** Shows the LED of a board. */
@FunctionalInterface
public interface Led {

  /** The LED is switched; called on the board's thread before the message is sent. */
  void show(boolean on);
}
