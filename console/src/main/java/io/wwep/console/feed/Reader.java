package io.wwep.console.feed;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.wwep.console.http.Allowance;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * One connection that events are written to. While its peer takes none, nothing is written and
 * nothing is kept for it; later it gets at once what the ring has kept meanwhile, or a choice of
 * that, and goes on with the others. One that takes none for a minute is closed by the idle time of
 * HTTP; a browser that slept comes back.
 *
 * <p>Used by the HTTP event loop alone.
 */
final class Reader {

  /** What a page can show and a person cannot read any more. */
  static final int EVENTS_PER_SECOND_MAX = 500;

  /**
   * Bytes that wait in a connection before it counts as full; one choice more may wait. They are
   * counted here, since a response's queue is full only when sixteen writes wait, of any size.
   */
  private static final int QUEUED_BYTES_MAX = 64 * 1024;

  private static final long PING_NANOS = TimeUnit.SECONDS.toNanos(15);

  private final HttpServerResponse response;
  private final Filter filter;
  private final BooleanSupplier admitted;

  /** What it is sent with others counts too, so that falling behind gains nothing. */
  private final Allowance allowance;

  private long position;
  private long droppedSeen;
  private boolean behind = true;
  private long writtenNanos;
  private int queuedBytes;

  /**
   * @param admitted whether its peer may still read
   * @param position the number of the last event that it has
   */
  Reader(
      HttpServerResponse response,
      Filter filter,
      BooleanSupplier admitted,
      long position,
      Horizon now) {
    this.response = response;
    this.filter = filter;
    this.admitted = admitted;
    this.position = position;
    allowance = new Allowance(EVENTS_PER_SECOND_MAX, now.nanos());
    droppedSeen = now.dropped();
    writtenNanos = now.nanos();
  }

  /** Returns what it wants. */
  Filter filter() {
    return filter;
  }

  /** Whether its peer may still read. */
  boolean isAdmitted() {
    return admitted.getAsBoolean();
  }

  /** Ends it: its peer may not read any more. */
  void end() {
    if (!response.ended()) {
      response.end();
    }
  }

  /**
   * Whether it has all that the others with its filter have, and can be sent what they are sent.
   */
  boolean isLive() {
    return !behind;
  }

  /** Sends what all live readers are sent; one that cannot take it falls behind. */
  void send(News news, Horizon horizon) {
    if (isFull()) {
      behind = true;
      return;
    }
    accept(news, horizon);
  }

  /** Sends what it lacks, as much as it may be sent. */
  void catchUp(EventRing ring, Horizon horizon) {
    if (isFull()) {
      return;
    }
    int max = allowance.left(horizon.nanos());
    accept(News.of(ring, filter, position, droppedSeen, horizon, max), horizon);
    behind = false;
  }

  private void accept(News news, Horizon horizon) {
    position = horizon.last();
    droppedSeen = horizon.dropped();
    allowance.take(news.events());
    write(news.text(), horizon.nanos());
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
