package io.wwep.server;

import java.util.concurrent.TimeUnit;

/**
 * Lets the first of many pass, and one a second from then on. Any thread; two that come at the same
 * moment may both pass.
 */
final class OncePerSecond {

  private static final long SECOND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private volatile boolean any;
  private volatile long passedNanos;

  boolean passes(long nowNanos) {
    if (isHolding(nowNanos)) {
      return false;
    }
    passedNanos = nowNanos;
    any = true;
    return true;
  }

  /** Whether nobody would pass now. */
  boolean isHolding(long nowNanos) {
    return any && nowNanos - passedNanos < SECOND_NANOS;
  }
}
