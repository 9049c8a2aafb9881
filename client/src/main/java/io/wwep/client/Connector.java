package io.wwep.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Opens links: looks the name up, tries each address in order within the connect timeout, and sets
 * up TLS where it is asked for. Used by one thread at a time, except {@link #abort}.
 */
final class Connector {

  /** An address that does not answer must leave time for the next one. */
  private static final long SHARE_NANOS_MIN = 1_000_000L;

  private final Settings settings;
  private final Endpoint endpoint;
  private final ConnectFailures failures;
  private final Resolver resolver;
  private final Supplier<Socket> sockets;
  private volatile boolean aborted;
  private volatile Socket opening;

  Connector(Settings settings) {
    this(settings, settings.tls() == null ? Socket::new : settings.tls()::tcp);
  }

  /**
   * @param sockets makes what is to be connected
   */
  Connector(Settings settings, Supplier<Socket> sockets) {
    this.settings = settings;
    this.sockets = sockets;
    endpoint = settings.endpoint();
    failures = new ConnectFailures(settings);
    resolver = new Resolver(endpoint);
  }

  /**
   * @throws WwepException when there is no connection: unreachable, not trusted, timed out in the
   *     handshake, or no TLS there
   */
  Link open() {
    Socket tcp = connect();
    if (settings.tls() == null) {
      return new Link(tcp, tcp, null, null);
    }
    try {
      return new Handshake(settings).run(tcp);
    } catch (WwepException e) {
      Link.close(tcp);
      throw e;
    }
  }

  /**
   * Ends an {@link #open} that is under way on another thread, all that follow, and the link that
   * came of the last one. What is thrown then may look like a fault of the network or the server:
   * whoever aborts must say the cause instead.
   */
  void abort() {
    aborted = true;
    Socket socket = opening;
    if (socket != null) {
      Link.close(socket);
    }
  }

  /**
   * Opens a connection without TLS.
   *
   * @throws WwepException.Unreachable when there is none
   */
  Socket connect() {
    long deadline = System.nanoTime() + settings.connectTimeout().toNanos();
    InetAddress[] addresses = resolve(deadline - System.nanoTime());
    IOException last = null;
    for (int i = 0; i < addresses.length; i++) {
      long share = (deadline - System.nanoTime()) / (addresses.length - i);
      try {
        return connect(addresses[i], Math.max(share, SHARE_NANOS_MIN));
      } catch (IOException e) {
        last = e;
      }
    }
    throw unreachable(last);
  }

  private InetAddress[] resolve(long timeoutNanos) {
    try {
      return resolver.resolve(timeoutNanos);
    } catch (UnknownHostException e) {
      throw failures.unknownHost(e);
    } catch (TimeoutException e) {
      throw failures.nameTimedOut(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw givenUp(e);
    }
  }

  private Socket connect(InetAddress address, long timeoutNanos) throws IOException {
    Socket socket = sockets.get();
    opening = socket;
    try {
      if (aborted) {
        throw new ConnectException("the client was closed");
      }
      socket.setTcpNoDelay(true);
      int millis = (int) Math.max(1, timeoutNanos / 1_000_000L);
      socket.connect(new InetSocketAddress(address, endpoint.port()), millis);
      return socket;
    } catch (IOException e) {
      Link.close(socket);
      throw e;
    }
  }

  private WwepException.Unreachable unreachable(IOException failure) {
    return aborted ? givenUp(failure) : failures.unreachable(failure);
  }

  /** Only {@link #abort}, and the interrupt that goes with it, make a connector give up. */
  private WwepException.Unreachable givenUp(Exception cause) {
    return new WwepException.Unreachable(
        "the connection to %s was given up from this side: ask again, with an open client"
            .formatted(endpoint),
        cause);
  }
}
