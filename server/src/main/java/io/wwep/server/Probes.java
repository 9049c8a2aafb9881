package io.wwep.server;

import io.netty.channel.EventLoopGroup;
import io.netty.util.NetUtil;
import io.netty.util.concurrent.ScheduledFuture;
import io.wwep.protocol.RegisterId;
import io.wwep.server.access.Door;
import io.wwep.server.tls.TlsContexts;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;

/**
 * Begins probes, and knows those under way: one for an address at a time, since a board is known
 * before the handshake by nothing else. Any thread; to a connection that nobody asked about it
 * costs a read of a reference.
 */
public final class Probes {

  /** Longest that a probe waits for its board. */
  public static final Duration LIMIT = Duration.ofMinutes(2);

  /** Probes at a time. */
  public static final int UNDER_WAY_MAX = 64;

  private final TlsContexts tls;
  private final EventLoopGroup group;
  private final EventFeed feed;

  /** By address; replaced as a whole, so that it is read without a lock. */
  private volatile Map<String, Probe> waiting = Map.of();

  /** Those that wait, and those whose connection has come. Guarded by this. */
  private final Set<Probe> live = new HashSet<>();

  private boolean closed;

  /**
   * @param tls null where TLS is not served
   */
  Probes(TlsContexts tls, EventLoopGroup group, EventFeed feed) {
    this.tls = tls;
    this.group = group;
    this.feed = feed;
  }

  /**
   * Begins one. Makes keys, which takes up to a second: not to be called by an event loop.
   *
   * @param device whom it asks about, 0 to 65,535
   * @param address an IPv4 or IPv6 address in figures, from which it will come
   * @param limit how long it is waited for, up to {@link #LIMIT}
   * @throws IllegalArgumentException when an argument is out of its range
   * @throws ServerException when TLS is not served, one is under way for this address, there are
   *     too many, or the server is closed
   */
  public Probe start(int device, String address, Duration limit) {
    if (device < 0 || device > RegisterId.DEVICE_MAX) {
      throw new IllegalArgumentException(
          "device must be 0 to %d, not %d".formatted(RegisterId.DEVICE_MAX, device));
    }
    if (limit.isNegative() || limit.isZero() || limit.compareTo(LIMIT) > 0) {
      throw new IllegalArgumentException(
          "limit must be 1 ms to %d s, not %s".formatted(LIMIT.toSeconds(), limit));
    }
    String from = requireAddress(address);
    requireRoom(from);
    Probe probe = new Probe(device, from, limit, wrongContexts(), this::ended);
    add(probe);
    obey(); // the terms may have changed while keys were made
    ScheduledFuture<?> timer =
        group.next().schedule(probe::expire, limit.toMillis(), TimeUnit.MILLISECONDS);
    probe
        .result()
        .thenAccept(
            result -> {
              timer.cancel(false);
              tell(result);
            });
    return probe;
  }

  /**
   * Returns an address as peers are told, whatever its form.
   *
   * @param address in figures
   * @throws IllegalArgumentException when it is none
   */
  public static String requireAddress(String address) {
    byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
    if (bytes == null) {
      throw new IllegalArgumentException(
          "address must be one of IPv4 or IPv6 in figures, as in 192.168.1.7, not '%s'"
              .formatted(address));
    }
    try {
      return NetUtil.toAddressString(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("address has %d bytes".formatted(bytes.length), e);
    }
  }

  private TlsContexts wrongContexts() {
    try {
      return tls.showing(tls.identity().counterfeit());
    } catch (SSLException refused) {
      throw new ServerException(
          "TLS does not take the wrong certificate of a probe (%s): look at the server's own"
              .formatted(refused.getMessage()),
          refused);
    }
  }

  private synchronized void requireRoom(String address) {
    if (tls == null) {
      throw new ServerException(
          "there is no TLS to probe: start the server without --no-tls", null);
    }
    if (closed) {
      throw new ServerException("the server is being closed: probe when it runs again", null);
    }
    for (Probe each : live) {
      if (each.address().equals(address)) {
        throw new ServerException(
            "a probe of %04X at %s is under way: let it end, or call it off"
                .formatted(each.device(), address),
            null);
      }
    }
    if (live.size() >= UNDER_WAY_MAX) {
      throw new ServerException(
          "%d probes are under way: let some of them end".formatted(UNDER_WAY_MAX), null);
    }
  }

  private synchronized void add(Probe probe) {
    try {
      requireRoom(probe.address());
    } catch (ServerException refused) {
      probe.cancel();
      throw refused;
    }
    live.add(probe);
    Map<String, Probe> more = new HashMap<>(waiting);
    more.put(probe.address(), probe);
    waiting = Map.copyOf(more);
  }

  private synchronized void ended(Probe probe) {
    live.remove(probe);
    if (waiting.get(probe.address()) == probe) {
      remove(probe);
    }
  }

  private void remove(Probe probe) {
    Map<String, Probe> fewer = new HashMap<>(waiting);
    fewer.remove(probe.address());
    waiting = Map.copyOf(fewer);
  }

  private void tell(Probe.Result result) {
    if (feed.isWatched() && result.outcome() != Probe.Outcome.CANCELLED) {
      feed.publish(
          new ServerEvent.Probed(
              result.time(),
              Door.TLS,
              result.peer(),
              result.device(),
              result.outcome(),
              result.sentence()));
    }
  }

  /** Returns the probe that a connection is for, which waits no longer then; null for none. */
  Probe claim(Peer peer) {
    return waiting.isEmpty() ? null : take(peer.host());
  }

  private synchronized Probe take(String address) {
    Probe probe = waiting.get(address);
    if (probe != null) {
      remove(probe);
    }
    return probe;
  }

  /** The terms of the server's clients have changed: boards that are probed get the same. */
  synchronized void obey() {
    for (Probe each : List.copyOf(live)) {
      try {
        each.letIn(tls.clients());
      } catch (SSLException refused) {
        each.cancel(); // on terms that are none of the server's it would tell nothing
      }
    }
  }

  /** Calls off what is under way. */
  void close() {
    List<Probe> left;
    synchronized (this) {
      closed = true;
      left = List.copyOf(live);
    }
    left.forEach(Probe::cancel);
  }
}
