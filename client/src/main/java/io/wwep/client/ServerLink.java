package io.wwep.client;

import java.net.Socket;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSocket;

/**
 * An open connection to a server, for programs that move bytes themselves; {@link WwepClient} is
 * for those that ask questions. Where it cannot be opened the same sentences say why.
 */
public final class ServerLink implements AutoCloseable {

  private final Link link;

  private ServerLink(Link link) {
    this.link = link;
  }

  /**
   * Opens one; the caller waits.
   *
   * @param host a name or an IP address
   * @param port 1 to 65,535
   * @param trust which server to believe; null for plain TCP
   * @param identity who to be for servers that ask; null for nobody
   * @param connectTimeout for the name and the connection, 1 ms to 10 minutes
   * @param handshakeTimeout for TLS, 1 ms to 10 minutes
   * @throws WwepException when there is none: unreachable, not trusted, timed out, or no TLS there
   * @throws IllegalArgumentException when an argument is out of its range
   */
  public static ServerLink open(
      String host,
      int port,
      Trust trust,
      ClientIdentity identity,
      Duration connectTimeout,
      Duration handshakeTimeout) {
    Limits.requireTimeout("connectTimeout", connectTimeout);
    Limits.requireTimeout("handshakeTimeout", handshakeTimeout);
    TlsSockets tls = trust == null ? null : new TlsSockets(trust, identity, null);
    Settings settings =
        new Settings(
            Endpoint.of(host, port),
            tls,
            connectTimeout,
            handshakeTimeout,
            handshakeTimeout,
            handshakeTimeout,
            1);
    return new ServerLink(new Connector(settings).open());
  }

  /** Returns the TCP socket. */
  public Socket tcp() {
    return link.tcp();
  }

  /** Returns what to read from and write to: the TCP socket, or the TLS socket around it. */
  public Socket top() {
    return link.top();
  }

  /** Returns what TLS agreed on; empty over plain TCP. */
  public Optional<TlsDetails> tls() {
    return Optional.ofNullable(link.tls());
  }

  /** Returns the certificates that the server showed, its own first; none over plain TCP. */
  public List<X509Certificate> certificates() {
    if (!(link.top() instanceof SSLSocket tls)) {
      return List.of();
    }
    try {
      return Arrays.stream(tls.getSession().getPeerCertificates())
          .map(X509Certificate.class::cast)
          .toList();
    } catch (SSLPeerUnverifiedException impossible) {
      throw new IllegalStateException("a handshake without certificates", impossible);
    }
  }

  /** Ends it in order, with close_notify where there is TLS. Never blocks for long. */
  @Override
  public void close() {
    link.close();
  }
}
