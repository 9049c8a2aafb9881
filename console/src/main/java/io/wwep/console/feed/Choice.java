package io.wwep.console.feed;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Picks events of a burst that is too large to be shown: first what went wrong, then one event of
 * each board, so that none is hidden by others, then the newest.
 */
final class Choice {

  private final List<FeedEvent> events;
  private final BitSet chosen = new BitSet();
  private int left;

  private Choice(List<FeedEvent> events, int max) {
    this.events = events;
    left = max;
  }

  /** Returns at most {@code max} of the events, in their order. */
  static List<FeedEvent> of(List<FeedEvent> events, int max) {
    if (events.size() <= max) {
      return events;
    }
    Choice choice = new Choice(events, max);
    choice.add(FeedEvent::isRemarkable);
    Set<Integer> devices = new HashSet<>();
    choice.add(event -> event.device() != FeedEvent.NONE && devices.add(event.device()));
    choice.add(event -> true);
    List<FeedEvent> picked = new ArrayList<>(max);
    choice.chosen.stream().forEach(i -> picked.add(events.get(i)));
    return picked;
  }

  private void add(Predicate<FeedEvent> wanted) {
    for (int i = events.size() - 1; i >= 0 && left > 0; i--) {
      if (!chosen.get(i) && wanted.test(events.get(i))) {
        chosen.set(i);
        left--;
      }
    }
  }
}
