package io.wwep.conformance.wire;

import java.util.concurrent.TimeUnit;

/** How much is taken from a server, which may be one that never stops. */
final class WireLimits {

  /** Of one connection to its end: no case asks for a hundredth of it. */
  static final int BYTES_MAX = 64 * 1024;

  /** A server that sends a byte now and then is given so many times the patience in all. */
  private static final int PATIENCES_MAX = 10;

  private WireLimits() {}

  /** Returns the moment at which reading is given up, however much still comes. */
  static long deadline(int patienceMillis) {
    return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos((long) PATIENCES_MAX * patienceMillis);
  }

  /** Whether it has come. */
  static boolean isOver(long deadline) {
    return deadline - System.nanoTime() <= 0;
  }

  /** Returns what is wrong with a server that does not stop. */
  static Mismatch endless(String expected, Received received) {
    String came =
        received.bytes().length() >= BYTES_MAX
            ? "more than %,d bytes, which begin with %s"
                .formatted(BYTES_MAX, Received.show(received.bytes()))
            : received.toString();
    return new Mismatch(expected, came, Clue.ENDLESS);
  }
}
