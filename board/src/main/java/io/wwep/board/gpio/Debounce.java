package io.wwep.board.gpio;

/**
 * Takes the bounces out of a button: its contacts close and open several times within some
 * milliseconds, when it is pressed and when it is let go. The first edge is the press, so that
 * nobody waits; edges that come soon after another edge are bounces. Owned by one thread at a time.
 */
public final class Debounce {

  /** Longer than buttons bounce, and shorter than a finger needs for two presses. */
  public static final long QUIET_NANOS = 50_000_000L;

  private boolean edgeSeen;
  private long lastEdgeNanos;

  /** Makes one for a button that is not pressed. */
  public Debounce() {}

  /**
   * Takes an edge.
   *
   * @param pressed whether the contacts are closed behind it
   * @param nanos when, by {@link System#nanoTime}
   * @return whether it is a press
   */
  public synchronized boolean isPress(boolean pressed, long nanos) {
    boolean quiet = !edgeSeen || nanos - lastEdgeNanos >= QUIET_NANOS;
    edgeSeen = true;
    lastEdgeNanos = nanos;
    return pressed && quiet;
  }
}
