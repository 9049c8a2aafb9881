package io.wwep.client;

import java.io.IOException;

/**
 * How a connection ended, for the requests that it left unanswered.
 *
 * @param cause null when it was closed in order, from either side
 * @param refusal the server took no request of this connection, since it does not admit the client;
 *     null for every other end
 * @param suspicion what may be behind it, as the end of a sentence; null when nothing is known
 */
record Ending(IOException cause, WwepException.NotAdmitted refusal, String suspicion) {

  /** Returns an end that is just what its cause says. */
  static Ending of(IOException cause) {
    return new Ending(cause, null, null);
  }

  /** Returns the end of a link on which no reply has come. */
  static Ending beforeReply(Link link, IOException cause) {
    return new Ending(cause, link.refusal(cause), link.suspicion());
  }
}
