package io.wwep.console.feed;

import java.util.List;

/**
 * How far the events have come when readers are served.
 *
 * @param last the number of the newest event
 * @param dropped how many events the server has left out so far
 * @param nanos the time by {@link System#nanoTime}
 */
record Horizon(long last, long dropped, long nanos) {

  /**
   * Returns how many events are missing in front of those that a ring still had.
   *
   * @param position the last number before them
   * @param kept what the ring gave up to this horizon
   */
  long forgotten(long position, List<FeedEvent> kept) {
    long reached = kept.isEmpty() ? last : kept.get(0).id() - 1;
    return reached - position;
  }
}
