package io.wwep.server;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Rejection;
import java.util.OptionalInt;

/** What became of one request that came through {@link Desk}. */
public sealed interface Outcome {

  /**
   * It was performed; a write is durable.
   *
   * @param value read or stored, 0 to 65,535
   */
  record Accepted(int value) implements Outcome {}

  /**
   * It was not performed, or there was nothing to read.
   *
   * @param why as on the ports, where it would be answered {@code X}
   */
  record Rejected(Rejection why) implements Outcome {}

  /**
   * A write that was not performed because a register was not as expected.
   *
   * @param id the first register that was not
   * @param found what it had; empty where nobody has written it
   * @param sentence what happened and what to do
   */
  record Conflict(RegisterId id, OptionalInt found, String sentence) implements Outcome {}
}
