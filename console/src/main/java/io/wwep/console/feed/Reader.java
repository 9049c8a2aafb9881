package io.wwep.console.feed;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One connection that events are written to. While its peer takes none, nothing is written and
 * nothing is kept for it; later it goes on from the ring, as far as that reaches back. One that
 * takes none for a minute is closed by the idle time of HTTP; a browser that slept comes back.
 *
 * <p>Used by the HTTP event loop alone.
 */
final class Reader {

  /**
   * Bytes that wait in a connection before it counts as full; one portion more may wait. They are
   * counted here, since a response's queue is full only when sixteen writes wait, of any size.
   */
  private static final int QUEUED_BYTES_MAX = 64 * 1024;

  /** Most events of a portion with which a reader catches up. */
  private static final int PORTION_EVENTS_MAX = 200;

  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final HttpServerResponse response;
  private final Filter filter;
  private long position;
  private long droppedSeen;
  private boolean behind = true;
  private long writtenNanos;
  private int queuedBytes;

  /**
   * @param position the number of the last event that it has
   * @param dropped how many events the server has left out so far
   */
  Reader(HttpServerResponse response, Filter filter, long position, long dropped, long nowNanos) {
    this.response = response;
    this.filter = filter;
    this.position = position;
    droppedSeen = dropped;
    writtenNanos = nowNanos;
  }

  /** Returns what it wants. */
  Filter filter() {
    return filter;
  }

  /**
   * Whether it has all that the others with its filter have, and can be sent what they are sent.
   */
  boolean isLive() {
    return !behind;
  }

  /**
   * Sends what all live readers are sent; one that cannot take it falls behind.
   *
   * @param news null when there is nothing
   */
  void send(Buffer news, Horizon horizon) {
    if (isFull()) {
      behind = true;
      return;
    }
    position = horizon.last();
    droppedSeen = horizon.dropped();
    write(news, horizon.nanos());
  }

  /** Sends a portion of what it lacks. */
  void catchUp(EventRing ring, Horizon horizon) {
    if (isFull()) {
      return;
    }
    List<FeedEvent> portion = ring.after(position, horizon.last(), PORTION_EVENTS_MAX);
    long missing = horizon.dropped() - droppedSeen + horizon.forgotten(position, portion);
    position = portion.isEmpty() ? horizon.last() : portion.get(portion.size() - 1).id();
    droppedSeen = horizon.dropped();
    behind = position < horizon.last();
    List<FeedEvent> wanted = portion.stream().filter(filter::admits).toList();
    write(EventText.of(wanted, position, missing), horizon.nanos());
  }

  private boolean isFull() {
    return queuedBytes >= QUEUED_BYTES_MAX;
  }

  private void write(Buffer text, long nowNanos) {
    Buffer next = text;
    if (next == null && nowNanos - writtenNanos >= PING_NANOS) {
      next = EventText.PING;
    }
    if (next != null) {
      int length = next.length();
      queuedBytes += length;
      response.write(next).onComplete(written -> queuedBytes -= length);
      writtenNanos = nowNanos;
    }
  }
}
