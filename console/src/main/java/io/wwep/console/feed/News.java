package io.wwep.console.feed;

import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * What a reader is sent at a time.
 *
 * @param text null when there is nothing to say
 * @param events how many are in it
 */
record News(Buffer text, int events) {

  /**
   * Returns all that a ring has behind a position and that a filter admits, or a choice of it where
   * that is more than may be sent; what is not in it is counted.
   *
   * @param position the number of the last event that is known
   * @param dropped how many events the server had left out by then
   * @param max most events
   */
  static News of(EventRing ring, Filter filter, long position, long dropped, Horizon now, int max) {
    List<FeedEvent> events = ring.after(position, now.last(), EventRing.EVENTS_MAX);
    long missing = now.dropped() - dropped + now.forgotten(position, events);
    List<FeedEvent> wanted = events.stream().filter(filter::admits).toList();
    List<FeedEvent> chosen = Choice.of(wanted, max);
    return new News(
        EventText.of(chosen, now.last(), missing + wanted.size() - chosen.size()), chosen.size());
  }
}
