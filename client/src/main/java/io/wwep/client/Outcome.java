package io.wwep.client;

import io.wwep.protocol.RegisterId;

/** What became of one request. There is exactly one for each. */
public sealed interface Outcome {

  /**
   * The server accepted: the register holds this value, and for a write it is stored.
   *
   * @param value 0 to 65,535
   */
  record Value(int value) implements Outcome {

    /**
     * @throws IllegalArgumentException when the value is not within 0 to 65,535
     */
    public Value {
      RegisterId.requireValue(value);
    }
  }

  /**
   * The server answered {@code X}. To a read it says so usually because nobody wrote the register,
   * and to any request because it refused it: too many connections, not allowed, plain on the TLS
   * port. On the wire these look the same; the server's console says why.
   *
   * @param explanation the code that a server started with {@code --explain} sends, as in {@code
   *     not-written}; empty from every other server
   */
  record Rejected(String explanation) implements Outcome {}

  /**
   * There is no answer that could be believed.
   *
   * @param cause says why, and what to do next; never a {@link WwepException.Rejected}
   */
  record Failed(WwepException cause) implements Outcome {}
}
