package io.wwep.board;

import io.wwep.client.RawExchange;

/** Brings the messages of a board to its server, each on a connection of its own. */
@FunctionalInterface
public interface Carrier {

  /**
   * Sends a message and waits for one reply.
   *
   * @param secure whether over TLS; asked for only where somebody said which servers to trust
   * @throws io.wwep.client.WwepException when there is no connection
   */
  RawExchange exchange(boolean secure, byte[] message);
}
