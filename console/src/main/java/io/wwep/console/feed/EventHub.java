package io.wwep.console.feed;

import io.wwep.server.EventFeed;
import io.wwep.server.ServerEvent;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes the server's events for the console: numbers and keeps them, and has the boards learn of
 * them. Nothing is made into JSON here, and nobody is woken: readers come and look.
 *
 * <p>Called on the thread {@code wwep-events}, which it holds up for about a microsecond an event.
 */
final class EventHub implements EventFeed.Listener {

  private final EventRing ring = new EventRing();
  private final AtomicLong dropped = new AtomicLong();
  private final Boards boards;

  EventHub(Boards boards) {
    this.boards = boards;
  }

  @Override
  public void event(ServerEvent event) {
    boards.take(ring.add(event));
  }

  @Override
  public void dropped(long count) {
    dropped.addAndGet(count);
    boards.sampled();
  }

  /** Returns the newest events. */
  EventRing ring() {
    return ring;
  }

  /** Returns how many events the server has left out so far. */
  long dropped() {
    return dropped.get();
  }
}
