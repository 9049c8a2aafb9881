package io.wwep.console.feed;

import io.wwep.console.http.Allowance;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * All readers with the same filter. What is new is filtered, chosen from and written down once for
 * all of them; only those that have fallen behind get a choice of their own.
 *
 * <p>Used by the HTTP event loop alone.
 */
final class Audience {

  private final Filter filter;
  private final EventRing ring;
  private final Set<Reader> readers = new LinkedHashSet<>();
  private final Allowance allowance;
  private Horizon told;

  Audience(Filter filter, EventRing ring, Horizon now) {
    this.filter = filter;
    this.ring = ring;
    allowance = new Allowance(Reader.EVENTS_PER_SECOND_MAX, now.nanos());
    told = now;
  }

  void add(Reader reader) {
    readers.add(reader);
  }

  /** Returns whether it was there. */
  boolean remove(Reader reader) {
    return readers.remove(reader);
  }

  boolean isEmpty() {
    return readers.isEmpty();
  }

  /** Sends each reader what it lacks. */
  void serve(Horizon now) {
    boolean live = readers.stream().anyMatch(Reader::isLive);
    News news = live ? news(now) : null;
    // A write may end a connection, and with it a reader.
    for (Reader reader : List.copyOf(readers)) {
      if (!reader.isAdmitted()) {
        reader.end();
      } else if (reader.isLive()) {
        reader.send(news, now);
      } else {
        reader.catchUp(ring, now);
      }
    }
    told = now;
  }

  private News news(Horizon now) {
    News news =
        News.of(ring, filter, told.last(), told.dropped(), now, allowance.left(now.nanos()));
    allowance.take(news.events());
    return news;
  }
}
