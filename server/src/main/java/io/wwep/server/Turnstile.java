package io.wwep.server;

import io.netty.channel.Channel;
import io.wwep.server.LoopCounters.Counter;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Counts the connections that are open, in all and from each address, and says which are too many.
 * Those get an {@code X}, as long as few of them are there at a time; further ones are closed at
 * once.
 *
 * <p>Any loop.
 */
final class Turnstile {

  /** Connections of an address beyond its limit that are told so at a time. */
  static final int TOLD_PER_ADDRESS_MAX = 16;

  private final Limits limits;
  private final ConnectionLimit all;
  private final AddressTable addresses;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicInteger openTls = new AtomicInteger();

  Turnstile(Limits limits, int descriptors) {
    this.limits = limits;
    all = ConnectionLimit.of(limits.connectionsMax(), descriptors);
    addresses = new AddressTable(limits);
  }

  /**
   * A connection that has been counted.
   *
   * @param use of its address
   * @param beyond the limit that it is beyond, or null when it is to be served
   */
  record Entry(AddressUse use, Beyond beyond) {}

  /**
   * A limit and a connection too many.
   *
   * @param counter of the limit
   * @param told whether the peer gets an X
   * @param shown whether people are shown this one, and not only how many there were
   * @param sentence what people are told
   */
  record Beyond(Counter counter, boolean told, boolean shown, Supplier<String> sentence) {}

  ConnectionLimit all() {
    return all;
  }

  /** Returns how many connections are open. */
  int openCount() {
    return open.get();
  }

  /** Returns how many of them are on the TLS port. */
  int openTlsCount() {
    return openTls.get();
  }

  /** Counts a connection, until its channel is closed. */
  Entry enter(Channel channel, Peer peer) {
    long now = System.nanoTime();
    int number = open.incrementAndGet();
    AddressTable.Entrance entrance = addresses.enter(peer.key(), now);
    AddressUse use = entrance.use();
    boolean tls = peer.secure();
    if (tls) {
      openTls.incrementAndGet();
    }
    channel.closeFuture().addListener(closed -> leave(use, tls));
    return new Entry(
        use, number > all.max() ? beyondAll(number) : beyondAddress(entrance, peer, now));
  }

  private Beyond beyondAll(int number) {
    boolean told = number <= all.max() + all.toldMax();
    return new Beyond(Counter.OVER_CONNECTIONS, told, /* shown= */ told, all::sentence);
  }

  private Beyond beyondAddress(AddressTable.Entrance entrance, Peer peer, long nowNanos) {
    int max = limits.connectionsPerAddressMax();
    if (max == Limits.NONE || entrance.number() <= max) {
      return null;
    }
    return new Beyond(
        Counter.OVER_CONNECTIONS_PER_ADDRESS,
        entrance.number() <= max + TOLD_PER_ADDRESS_MAX,
        entrance.use().connectionNews.passes(nowNanos),
        () -> LimitWords.connections(peer, max));
  }

  private void leave(AddressUse use, boolean tls) {
    if (tls) {
      openTls.decrementAndGet();
    }
    addresses.leave(use, System.nanoTime());
    open.decrementAndGet();
  }
}
