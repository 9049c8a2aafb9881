package io.wwep.board;

import io.wwep.client.RawExchange;
import io.wwep.client.WwepClient;

/** Brings the messages of a board to its server, each on a connection of its own. */
@FunctionalInterface
public interface Carrier {

  /**
   * Sends a message and waits for replies.
   *
   * @param client knows the server, whom to trust, and how long to wait
   * @param replies how many to wait for; 0 waits until the server closes or the time is up
   * @throws io.wwep.client.WwepException when there is no connection
   */
  RawExchange exchange(WwepClient client, byte[] message, int replies);
}
