package io.wwep.server;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * How long one connection lives: what it has done so far, and by when it must do something next
 * (PROTOCOL.md, "How long a connection lives").
 *
 * <p>Owned by the loop's thread; all times are those of its {@link Ticker}.
 */
final class Lifetime {

  private static final long SHUTDOWN_GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final Timeouts timeouts;
  private final Ticker ticker;

  private boolean anyByte;
  private boolean session;
  private boolean heldBack;
  private boolean shuttingDown;
  private long requests;
  private long replies;

  private long openedNanos;
  private long lastByteNanos;
  private long firstReplyNanos;
  private long shutdownNanos;
  private long heldSinceNanos;

  /**
   * @param ticker the loop's clock, asked for the time of the first reply alone
   */
  Lifetime(Timeouts timeouts, Ticker ticker) {
    this.timeouts = timeouts;
    this.ticker = ticker;
  }

  /** The connection is ready for requests, or for a TLS handshake, from now on. */
  void opened(long nowNanos) {
    openedNanos = nowNanos;
    lastByteNanos = nowNanos;
  }

  void bytesCame(long nowNanos) {
    anyByte = true;
    lastByteNanos = nowNanos;
  }

  /** Counts a request and returns its number on this connection, from 1. */
  long requestCame() {
    return ++requests;
  }

  void repliesLeft(int count) {
    if (replies == 0) {
      firstReplyNanos = ticker.nanoTime();
    }
    replies += count;
    session |= replies > 1;
  }

  /** A person at a terminal, or a keep-alive: this connection means to stay. */
  void becomeSession() {
    session = true;
  }

  /** The server stops or goes on reading; what the peer sends meanwhile is not late. */
  void heldBack(boolean on, long nowNanos) {
    heldBack = on;
    if (on) {
      heldSinceNanos = nowNanos;
    } else {
      openedNanos += heldFor(openedNanos, nowNanos);
      lastByteNanos += heldFor(lastByteNanos, nowNanos);
      firstReplyNanos += heldFor(firstReplyNanos, nowNanos);
    }
  }

  /** Returns for how long nothing was read since a moment. */
  private long heldFor(long sinceNanos, long nowNanos) {
    return Math.min(nowNanos - heldSinceNanos, nowNanos - sinceNanos);
  }

  void shutDown(long nowNanos) {
    shuttingDown = true;
    shutdownNanos = nowNanos + SHUTDOWN_GRACE_NANOS;
  }

  boolean isShuttingDown() {
    return shuttingDown;
  }

  /** Whether the peer has sent at least one byte. */
  boolean hasSpoken() {
    return anyByte;
  }

  /** Returns how many requests have come. */
  long requests() {
    return requests;
  }

  boolean hasReplies() {
    return replies > 0;
  }

  boolean hasRequests() {
    return requests > 0;
  }

  /** When a handshake must be over, or must have begun. */
  long handshakeDueNanos(boolean begun) {
    return openedNanos + nanos(begun ? timeouts.handshakeMillis() : timeouts.firstByteMillis());
  }

  /**
   * When the next byte must be there.
   *
   * @param inFrame whether a frame has begun and is not complete
   * @param busy whether requests wait for their replies
   */
  long dueNanos(boolean inFrame, boolean busy) {
    long due = dueInServiceNanos(inFrame, busy);
    return shuttingDown && shutdownNanos - due < 0 ? shutdownNanos : due;
  }

  private long dueInServiceNanos(boolean inFrame, boolean busy) {
    if (heldBack) {
      return ticker.nanoTime() + nanos(timeouts.idleMillis());
    }
    // While requests are under way the rest of a frame may wait unread.
    if (inFrame && !busy) {
      return lastByteNanos + nanos(timeouts.frameMillis());
    }
    if (session || busy) {
      long last = replies > 0 ? Math.max(lastByteNanos, firstReplyNanos) : lastByteNanos;
      return last + nanos(timeouts.idleMillis());
    }
    return replies > 0
        ? firstReplyNanos + nanos(timeouts.lingerMillis())
        : openedNanos + nanos(timeouts.firstByteMillis());
  }

  private static long nanos(long millis) {
    return TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
