package io.wwep.console.http;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Counts wrong passwords and tokens, so that nobody can try them all: 10 a minute from one address,
 * 100 in all. An address is one of IPv4, or a /64 of IPv6, since one host has all of that. Used by
 * the HTTP event loop alone.
 */
final class LoginLimit {

  static final int FAILURES_OF_ADDRESS_MAX = 10;
  static final int FAILURES_MAX = 100;

  /** The one that failed longest ago is forgotten beyond it; the limit in all holds on. */
  static final int ADDRESSES_MAX = 1_024;

  static final long WINDOW_NANOS = TimeUnit.MINUTES.toNanos(1);

  private static final int NETWORK_BYTES = 8;
  private static final int IPV4_BYTES = 4;

  private final LongSupplier nanoTime;
  private final Window all;

  private final Map<String, Window> byAddress =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Window> eldest) {
          return size() > ADDRESSES_MAX;
        }
      };

  /** Failures since a moment. */
  private static final class Window {
    private long fromNanos;
    private int failures;

    Window(long now) {
      fromNanos = now;
    }

    void add(long now) {
      if (now - fromNanos >= WINDOW_NANOS) {
        fromNanos = now;
        failures = 0;
      }
      failures++;
    }

    /** Returns how long until more may be tried; 0 for now. */
    long waitNanos(long now, int max) {
      long rest = WINDOW_NANOS - (now - fromNanos);
      return failures >= max && rest > 0 ? rest : 0;
    }
  }

  LoginLimit(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    all = new Window(nanoTime.getAsLong());
  }

  /** Returns after how many seconds this address may try again; 0 for now. */
  int waitSeconds(InetAddress address) {
    int ofAll = seconds(all.waitNanos(nanoTime.getAsLong(), FAILURES_MAX));
    return Math.max(ofAll, waitSecondsOfAddress(address));
  }

  /** Returns the same as if no other address had failed. */
  int waitSecondsOfAddress(InetAddress address) {
    Window own = byAddress.get(key(address));
    return own == null ? 0 : seconds(own.waitNanos(nanoTime.getAsLong(), FAILURES_OF_ADDRESS_MAX));
  }

  private static int seconds(long waitNanos) {
    return waitNanos == 0 ? 0 : (int) TimeUnit.NANOSECONDS.toSeconds(waitNanos) + 1;
  }

  /** Counts a wrong one. */
  void failed(InetAddress address) {
    long now = nanoTime.getAsLong();
    all.add(now);
    byAddress.computeIfAbsent(key(address), none -> new Window(now)).add(now);
  }

  private static String key(InetAddress address) {
    byte[] bytes = address.getAddress();
    return Arrays.toString(
        bytes.length == IPV4_BYTES ? bytes : Arrays.copyOf(bytes, NETWORK_BYTES));
  }
}
