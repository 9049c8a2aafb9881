package io.wwep.tap.change;

import java.time.Duration;
import java.util.List;

/** How some bytes of a server get to the board. Not changed once it is made. */
public final class Delivery {

  /** What happens behind the bytes. */
  public enum Ending {
    /** The connection goes on. */
    NONE,
    /** It is closed in order. */
    CLOSE,
    /** It is reset. */
    RESET
  }

  private final Duration late;
  private final byte[] bytes;
  private final boolean split;
  private final Ending ending;
  private final List<Change> changes;

  Delivery(Duration late, byte[] bytes, boolean split, Ending ending, List<Change> changes) {
    this.late = late;
    this.bytes = bytes;
    this.split = split;
    this.ending = ending;
    this.changes = List.copyOf(changes);
  }

  static Delivery asItCame(byte[] bytes) {
    return new Delivery(Duration.ZERO, bytes, false, Ending.NONE, List.of());
  }

  /** Returns how long to wait before anything else. */
  public Duration late() {
    return late;
  }

  /** Returns what the board gets, which may be nothing; it belongs to the caller. */
  public byte[] bytes() {
    return bytes;
  }

  /** Whether each byte is a segment of its own. */
  public boolean isSplit() {
    return split;
  }

  /** Returns what happens behind the bytes. */
  public Ending ending() {
    return ending;
  }

  /** Returns what is different, and by which faults and rules. */
  public List<Change> changes() {
    return changes;
  }
}
