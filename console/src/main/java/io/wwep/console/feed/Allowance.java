package io.wwep.console.feed;

import java.util.concurrent.TimeUnit;

/**
 * How many events may still be sent: so many a second, and a second's worth at once after a while
 * of quiet. Used by the HTTP event loop alone.
 */
final class Allowance {

  /** What a page can show and a person cannot read any more. */
  static final int EVENTS_PER_SECOND_MAX = 500;

  private static final double SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private double left = EVENTS_PER_SECOND_MAX;
  private long filledNanos;

  Allowance(long nowNanos) {
    filledNanos = nowNanos;
  }

  /** Returns how many there are now. */
  int left(long nowNanos) {
    double more = (nowNanos - filledNanos) / SECOND_NANOS * EVENTS_PER_SECOND_MAX;
    left = Math.min(EVENTS_PER_SECOND_MAX, left + more);
    filledNanos = nowNanos;
    return (int) Math.max(0, left);
  }

  /** So many have been sent; where that was more than were left, later ones are fewer. */
  void take(int events) {
    left -= events;
  }
}
