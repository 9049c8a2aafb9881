package io.wwep.console.feed;

import io.wwep.server.ServerEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The newest events: 10,000 of them, and fewer when they are large. Of what is older the newest
 * 2,000 are kept that tell what went wrong, so that a flood of good messages does not take away
 * what somebody will want to look up; the rest is forgotten. All together they take 16 MiB at most.
 *
 * <p>Any thread; its lock is held for as long as it takes to copy references.
 */
final class EventRing {

  static final int EVENTS_MAX = 10_000;
  static final int BYTES_MAX = 16 << 20;
  static final int WRONG_MAX = 2_000;

  private final FeedEvent[] slots = new FeedEvent[EVENTS_MAX];

  /** What went wrong before the first of them, the oldest first. */
  private final ArrayDeque<FeedEvent> wrong = new ArrayDeque<>();

  private long first = 1;
  private long next = 1;
  private long bytes;

  /** Gives the next number to an event and keeps it. */
  synchronized FeedEvent add(ServerEvent source) {
    FeedEvent event = new FeedEvent(next, source);
    if (next - first >= EVENTS_MAX) {
      forgetFirst();
    }
    while (bytes + event.bytesMax() > BYTES_MAX && bytes > 0) {
      forgetOldest();
    }
    slots[slot(next)] = event;
    bytes += event.bytesMax();
    next++;
    return event;
  }

  private void forgetFirst() {
    FeedEvent oldest = slots[slot(first)];
    slots[slot(first)] = null;
    first++;
    if (!oldest.isRemarkable()) {
      bytes -= oldest.bytesMax();
      return;
    }
    wrong.addLast(oldest);
    if (wrong.size() > WRONG_MAX) {
      forgetOldest();
    }
  }

  private void forgetOldest() {
    if (wrong.isEmpty()) {
      forgetFirst();
    } else {
      bytes -= wrong.removeFirst().bytesMax();
    }
  }

  private static int slot(long id) {
    return (int) (id % EVENTS_MAX);
  }

  /** Returns the number of the newest event, or 0 when there has been none. */
  synchronized long last() {
    return next - 1;
  }

  /**
   * Returns events in the order in which they came.
   *
   * @param id only those with greater numbers
   * @param to only those up to this number
   * @param max at most so many, the oldest
   */
  synchronized List<FeedEvent> after(long id, long to, int max) {
    long from = Math.max(id + 1, first);
    long end = Math.min(Math.min(to + 1, next), from + max);
    List<FeedEvent> events = new ArrayList<>((int) Math.max(0, end - from));
    for (long each = from; each < end; each++) {
      events.add(slots[slot(each)]);
    }
    return events;
  }

  /**
   * Returns all events that are kept and have smaller numbers than {@code id}, newest first; the
   * last of them are not all that happened, but what went wrong.
   */
  synchronized List<FeedEvent> before(long id) {
    long from = Math.min(id, next) - 1;
    List<FeedEvent> events = new ArrayList<>((int) Math.max(0, from - first + 1) + wrong.size());
    for (long each = from; each >= first; each--) {
      events.add(slots[slot(each)]);
    }
    Iterator<FeedEvent> older = wrong.descendingIterator();
    older.forEachRemaining(
        event -> {
          if (event.id() < id) {
            events.add(event);
          }
        });
    return events;
  }
}
