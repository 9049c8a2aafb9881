package io.wwep.console.feed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which boards have spoken from which address and connection, for what comes without a device ID:
 * it belongs to the board that has spoken on the same connection, or to the only board that has
 * spoken from the address lately.
 *
 * <p>Bounded: what was used longest ago is forgotten. Guarded by the lock of {@link Boards}.
 */
final class Places {

  static final int ADDRESSES_MAX = 8_192;
  static final int CONNECTIONS_MAX = 8_192;

  private static final int BOARDS_OF_ADDRESS_MAX = 8;
  private static final Duration LATELY = Duration.ofMinutes(5);

  /** When each board spoke last from an address. */
  private final Map<String, Map<Integer, Instant>> addresses = new Forgetful<>(ADDRESSES_MAX);

  private final Map<String, Integer> connections = new Forgetful<>(CONNECTIONS_MAX);

  /** A board has spoken. */
  void spoke(FeedEvent event) {
    connections.put(event.peer(), event.device());
    addresses
        .computeIfAbsent(event.address(), address -> new Forgetful<>(BOARDS_OF_ADDRESS_MAX))
        .put(event.device(), event.time());
  }

  /** Returns the board to which an event belongs that names none, or {@link FeedEvent#NONE}. */
  int boardOf(FeedEvent event) {
    Integer onConnection = connections.get(event.peer());
    if (onConnection != null) {
      return onConnection;
    }
    Map<Integer, Instant> known = addresses.getOrDefault(event.address(), Map.of());
    if (known.size() == 1) {
      return known.keySet().iterator().next();
    }
    Instant since = event.time().minus(LATELY);
    List<Integer> lately =
        known.entrySet().stream()
            .filter(each -> each.getValue().isAfter(since))
            .map(Map.Entry::getKey)
            .toList();
    return lately.size() == 1 ? lately.get(0) : FeedEvent.NONE;
  }

  /** Whether the board that a message names has spoken from there before. */
  boolean hasSpoken(FeedEvent event) {
    return addresses.getOrDefault(event.address(), Map.of()).containsKey(event.device());
  }

  /** A connection is over; its port may come again with another board. */
  void ended(FeedEvent event) {
    connections.remove(event.peer());
  }

  /** Whether a board has spoken from this address. */
  boolean isKnown(String address) {
    return addresses.containsKey(address);
  }
}
