package io.wwep.tap.change;

import java.time.Duration;
import java.util.List;

/**
 * How some bytes of a server get to the board.
 *
 * @param late how long to wait before anything else
 * @param bytes what the board gets; may be none
 * @param split whether each of them is a segment of its own
 * @param ending what happens behind them
 * @param changes what is different, and by which faults and rules
 */
public record Delivery(
    Duration late, byte[] bytes, boolean split, Ending ending, List<Change> changes) {

  /** What happens behind the bytes. */
  public enum Ending {
    /** The connection goes on. */
    NONE,
    /** It is closed in order. */
    CLOSE,
    /** It is reset. */
    RESET
  }

  static Delivery asItCame(byte[] bytes) {
    return new Delivery(Duration.ZERO, bytes, false, Ending.NONE, List.of());
  }
}
