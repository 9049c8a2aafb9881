package io.wwep.console.feed;

/**
 * Is told what happens to each board at the ports of the protocol. What comes without a device ID
 * is told as that board's which has spoken on the same connection, or alone from the same address
 * lately; what could be of several is not told.
 */
@FunctionalInterface
public interface BoardWitness {

  /** Is told nothing. */
  BoardWitness NOBODY = (device, event) -> {};

  /**
   * Something happened to a board. On the thread {@code wwep-events}, which must not be held up.
   *
   * @param device its ID, 0 to 65,535
   */
  void happened(int device, FeedEvent event);
}
