package io.wwep.console.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Watches whether two boards write under one device ID: an address writes again after another one
 * has written in between. A board that got another address does not come back from the old one. Who
 * writes from the server's own machine is a person with a tool, unless both do.
 *
 * <p>Guarded by the lock of {@link Boards}.
 */
final class Clashes {

  /** For how long an address counts as one that is still there. */
  static final Duration ACTIVE = Duration.ofMinutes(5);

  private static final int ADDRESSES_MAX = 4;

  /** When each address wrote last, that which wrote last at the end. */
  private final Map<String, Instant> writers = new LinkedHashMap<>();

  private String newest;
  private List<String> clash = List.of();
  private Instant clashed;

  /** The address has written. */
  void wrote(String address, Instant time) {
    Instant before = writers.remove(address);
    boolean returns = before != null && !address.equals(newest);
    if (returns && isActive(before, time) && isLoopback(address) == isLoopback(newest)) {
      clash = List.of(newest, address);
      clashed = time;
    }
    writers.put(address, time);
    newest = address;
    if (writers.size() > ADDRESSES_MAX) {
      writers.remove(writers.keySet().iterator().next());
    }
  }

  private static boolean isActive(Instant then, Instant now) {
    return then.plus(ACTIVE).isAfter(now);
  }

  private static boolean isLoopback(String address) {
    return address.startsWith("127.") || address.equals("::1");
  }

  /** Returns the two addresses, sorted; empty where there is no clash. */
  List<String> addresses(Instant now) {
    return clashed != null && isActive(clashed, now) ? clash.stream().sorted().toList() : List.of();
  }
}
