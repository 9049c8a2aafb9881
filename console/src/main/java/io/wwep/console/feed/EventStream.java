package io.wwep.console.feed;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.wwep.console.http.Problem;
import io.wwep.console.http.Visitor;
import io.wwep.console.rest.Call;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Events as they come, as Server-Sent Events. Ten times a second all readers are served from the
 * ring, so that a flood of events costs one write for each of them; while there are no readers,
 * nothing runs. As often it looks whether each of them may still read: a logout ends its streams.
 *
 * <p>Used by the HTTP event loop alone.
 */
final class EventStream {

  static final String TYPE = "text/event-stream";

  /** In place of the number of a last event: a reader wants what comes from now on. */
  static final long FROM_NOW = -1;

  /** Most readers at a time: a class of forty with three tabs each, and some programs. */
  static final int READERS_MAX = 120;

  private static final long PERIOD_MILLIS = 100;

  private final Vertx vertx;
  private final EventHub hub;
  private final Instant start;
  private final Predicate<Visitor> admitted;
  private final Map<Filter, Audience> audiences = new HashMap<>();
  private int readers;
  private long timer;

  /**
   * @param start tells this life of the numbers from others
   * @param admitted whether a reader may still read
   */
  EventStream(Vertx vertx, EventHub hub, Instant start, Predicate<Visitor> admitted) {
    this.vertx = vertx;
    this.hub = hub;
    this.start = start;
    this.admitted = admitted;
  }

  /**
   * Answers a call with events until its connection ends.
   *
   * @param after the number of the last event that the reader has, or {@link #FROM_NOW}; one that
   *     is not reached yet is of another life, and counts as none
   */
  void open(Call call, Filter filter, long after) {
    if (readers >= READERS_MAX) {
      throw Problem.busy(
              "%d readers of events are connected already: close other tabs of the console"
                  .formatted(READERS_MAX))
          .exception();
    }
    HttpServerResponse response = call.context().response();
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    if (call.context().request().method().equals(HttpMethod.HEAD)) {
      response.end();
      return;
    }
    response.setChunked(true).write(EventText.hello(start));
    Horizon now = now();
    boolean known = after != FROM_NOW && after <= now.last();
    Visitor visitor = call.visitor();
    Reader reader =
        new Reader(response, filter, () -> admitted.test(visitor), known ? after : now.last(), now);
    response.endHandler(ended -> remove(reader));
    response.closeHandler(closed -> remove(reader));
    add(reader, now);
  }

  private Horizon now() {
    long dropped = hub.dropped();
    return new Horizon(hub.ring().last(), dropped, System.nanoTime());
  }

  private void add(Reader reader, Horizon now) {
    Audience audience =
        audiences.computeIfAbsent(reader.filter(), filter -> new Audience(filter, hub.ring(), now));
    audience.add(reader);
    if (readers++ == 0) {
      timer = vertx.setPeriodic(PERIOD_MILLIS, tick -> serve());
    }
  }

  private void serve() {
    Horizon now = now();
    for (Audience audience : List.copyOf(audiences.values())) {
      audience.serve(now);
    }
  }

  private void remove(Reader reader) {
    Audience audience = audiences.get(reader.filter());
    if (audience == null || !audience.remove(reader)) {
      return;
    }
    if (audience.isEmpty()) {
      audiences.remove(reader.filter());
    }
    if (--readers == 0) {
      vertx.cancelTimer(timer);
    }
  }
}
