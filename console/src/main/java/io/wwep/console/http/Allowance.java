package io.wwep.console.http;

import java.util.concurrent.TimeUnit;

/**
 * How many of something may still come: so many a second, and a second's worth at once after a
 * while of quiet. Used by the HTTP event loop alone.
 */
public final class Allowance {

  private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final int perSecond;
  private double left;
  private long filledNanos;

  /**
   * @param perSecond how many a second, 1 or more; as many may come at once now
   * @param nowNanos of a clock that never goes back
   */
  public Allowance(int perSecond, long nowNanos) {
    this.perSecond = perSecond;
    left = perSecond;
    filledNanos = nowNanos;
  }

  /** Returns how many there are now. */
  public int left(long nowNanos) {
    double more = (nowNanos - filledNanos) / SECOND_NANOS * perSecond;
    left = Math.min(perSecond, left + more);
    filledNanos = nowNanos;
    return (int) Math.max(0, left);
  }

  /** So many have come; where that was more than were left, later ones are fewer. */
  public void take(int count) {
    left -= count;
  }
}
