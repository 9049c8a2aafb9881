package io.wwep.server;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * So many tokens a second, and as many at once after a second of rest.
 *
 * <p>Its level is kept as the moment at which it will be full again: taking a token moves that
 * moment on, time passing needs no work, and one number is all there is to change. Any thread; all
 * times are those of {@link System#nanoTime}.
 */
final class TokenBucket {

  private final long nanosPerToken;
  private final long capacityNanos;
  private final AtomicLong fullAtNanos;

  /**
   * A full bucket.
   *
   * @param tokensPerSecond 1 to 1,000,000
   */
  TokenBucket(int tokensPerSecond, long nowNanos) {
    nanosPerToken = TimeUnit.SECONDS.toNanos(1) / tokensPerSecond;
    capacityNanos = nanosPerToken * tokensPerSecond;
    fullAtNanos = new AtomicLong(nowNanos);
  }

  /** Takes a token, and returns whether there was one. */
  boolean take(long nowNanos) {
    long fullAt;
    long next;
    do {
      fullAt = fullAtNanos.get();
      next = (fullAt - nowNanos > 0 ? fullAt : nowNanos) + nanosPerToken;
      if (next - nowNanos > capacityNanos) {
        return false;
      }
    } while (!fullAtNanos.compareAndSet(fullAt, next));
    return true;
  }

  /** Whether it is as good as a new one. */
  boolean isFull(long nowNanos) {
    return fullAtNanos.get() - nowNanos <= 0;
  }
}
