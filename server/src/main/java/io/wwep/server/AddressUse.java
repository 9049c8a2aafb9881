package io.wwep.server;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the peers of one address have going on. Their connections may belong to different loops, so
 * it is for any thread; {@link AddressTable} keeps one for each address that is connected.
 */
final class AddressUse {

  final long key;

  /** Null where requests are not limited. */
  final TokenBucket requests;

  /** When it was last said that this address is beyond a limit. */
  final OncePerSecond connectionNews = new OncePerSecond();

  final OncePerSecond handshakeNews = new OncePerSecond();
  final OncePerSecond requestNews = new OncePerSecond();

  /** Guarded by the table. */
  int connections;

  private final int handshakesMax;
  private final AtomicInteger handshakes = new AtomicInteger();

  AddressUse(long key, Limits limits, long nowNanos) {
    this.key = key;
    handshakesMax =
        limits.handshakesPerAddressMax() == Limits.NONE
            ? Integer.MAX_VALUE
            : limits.handshakesPerAddressMax();
    requests =
        limits.requestsPerSecondMax() == Limits.NONE
            ? null
            : new TokenBucket(limits.requestsPerSecondMax(), nowNanos);
  }

  /**
   * Counts a handshake unless there are too many; {@link #endHandshake} is due if it is counted.
   */
  boolean beginHandshake() {
    if (handshakes.incrementAndGet() <= handshakesMax) {
      return true;
    }
    handshakes.decrementAndGet();
    return false;
  }

  void endHandshake() {
    handshakes.decrementAndGet();
  }

  /** Whether it would make a difference to forget this address now that nobody is connected. */
  boolean isWorthKeeping(long nowNanos) {
    return (requests != null && !requests.isFull(nowNanos))
        || connectionNews.isHolding(nowNanos)
        || handshakeNews.isHolding(nowNanos)
        || requestNews.isHolding(nowNanos);
  }
}
