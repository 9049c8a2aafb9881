package io.wwep.server;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * What one loop has counted since the start. Written by the loop's thread alone, so that counting
 * costs a plain store; read by any thread, which may see a number a moment late.
 */
final class LoopCounters {

  enum Counter {
    ACCEPTED,
    HANDSHAKES_DONE,
    HANDSHAKES_FAILED,
    REQUESTS,
    REJECTED,
    OVER_CONNECTIONS,
    OVER_CONNECTIONS_PER_ADDRESS,
    OVER_HANDSHAKES_PER_ADDRESS,
    OVER_REQUESTS_PER_SECOND,
    STALLED,
    ACCEPT_PAUSES
  }

  private final AtomicLongArray counts = new AtomicLongArray(Counter.values().length);

  /** The loop's thread. */
  void count(Counter counter) {
    add(counter, 1);
  }

  /** The loop's thread. */
  @SuppressWarnings("EnumOrdinal") // Lives no longer than the process.
  void add(Counter counter, long number) {
    int i = counter.ordinal();
    counts.setOpaque(i, counts.getPlain(i) + number);
  }

  /** Any thread. */
  @SuppressWarnings("EnumOrdinal")
  long get(Counter counter) {
    return counts.getOpaque(counter.ordinal());
  }
}
