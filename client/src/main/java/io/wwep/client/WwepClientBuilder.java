package io.wwep.client;

import io.wwep.keylog.JdkSecrets;
import io.wwep.keylog.KeyLog;
import io.wwep.keylog.KeyLogException;
import io.wwep.protocol.Wwep;
import java.time.Duration;
import java.util.Objects;

/** Builds a {@link WwepClient}. Each setting is checked when it is given. Not thread-safe. */
public final class WwepClientBuilder {

  private static final int PORT_BY_PROTOCOL = 0;

  private final String host;
  private int port = PORT_BY_PROTOCOL;
  private Trust trust;
  private ClientIdentity identity;
  private KeyLog keyLog;
  private Duration connectTimeout = Duration.ofSeconds(2);
  private Duration handshakeTimeout = Duration.ofSeconds(10);
  private Duration replyTimeout = Duration.ofMillis(500);
  private Duration queueTimeout = Duration.ofSeconds(10);
  private int inFlightMax = Limits.IN_FLIGHT_MAX;

  WwepClientBuilder(String host) {
    this.host = Endpoint.of(host, Wwep.PLAIN_PORT).host();
  }

  /** Sets the port, 1 to 65,535; without it, 27708, or 40508 with TLS. */
  public WwepClientBuilder port(int port) {
    this.port = Limits.requireInRange("port", port, 1, 65_535);
    return this;
  }

  /** Switches TLS on, and says which servers to believe. */
  public WwepClientBuilder tls(Trust trust) {
    return tls(trust, null);
  }

  /**
   * Switches TLS on, and says which servers to believe and who this client is to those that ask. A
   * server that does not ask is not told.
   *
   * @param identity null for a client without a certificate
   */
  public WwepClientBuilder tls(Trust trust, ClientIdentity identity) {
    this.trust = Objects.requireNonNull(trust, "trust must be given: TLS without it is no use");
    this.identity = identity;
    return this;
  }

  /**
   * Has the keys of each TLS connection written down, for who is to read a capture of it. Whoever
   * has the file reads all that passes. Connections without TLS have no keys.
   *
   * @param keyLog stays the caller's, and open until the client is closed
   * @throws KeyLogException when this Java does not let its keys be read; the message says how it
   *     would
   */
  public WwepClientBuilder keyLog(KeyLog keyLog) {
    Objects.requireNonNull(keyLog, "keyLog must be given");
    JdkSecrets.requireReadable();
    this.keyLog = keyLog;
    return this;
  }

  /** Sets how long the name and the connection may take, all addresses together: 2 s. */
  public WwepClientBuilder connectTimeout(Duration time) {
    connectTimeout = Limits.requireTimeout("connectTimeout", time);
    return this;
  }

  /** Sets how long a TLS handshake may take; boards as servers need seconds: 10 s. */
  public WwepClientBuilder handshakeTimeout(Duration time) {
    handshakeTimeout = Limits.requireTimeout("handshakeTimeout", time);
    return this;
  }

  /** Sets how long a reply may take after its request was sent: 500 ms. */
  public WwepClientBuilder replyTimeout(Duration time) {
    replyTimeout = Limits.requireTimeout("replyTimeout", time);
    return this;
  }

  /**
   * Sets how long a request may wait to be sent while no reply comes for those in front of it, and
   * how long a caller waits for room: 10 s.
   */
  public WwepClientBuilder queueTimeout(Duration time) {
    queueTimeout = Limits.requireTimeout("queueTimeout", time);
    return this;
  }

  /**
   * Sets how many requests may be without an outcome, 1 to 1,024, at first 1,024. With 1 nothing is
   * pipelined, for servers that take one packet for one message.
   */
  public WwepClientBuilder inFlightMax(int requests) {
    inFlightMax = Limits.requireInRange("inFlightMax", requests, 1, Limits.IN_FLIGHT_MAX);
    return this;
  }

  /** Returns the client; it connects at its first request. */
  public WwepClient build() {
    TlsSockets tls = sockets();
    int byProtocol = tls == null ? Wwep.PLAIN_PORT : Wwep.TLS_PORT;
    Endpoint endpoint = new Endpoint(host, port == PORT_BY_PROTOCOL ? byProtocol : port);
    return new WwepClient(
        new Settings(
            endpoint,
            tls,
            connectTimeout,
            handshakeTimeout,
            replyTimeout,
            queueTimeout,
            inFlightMax));
  }

  private TlsSockets sockets() {
    if (trust == null) {
      return null;
    }
    return identity == null && keyLog == null
        ? trust.sockets()
        : new TlsSockets(trust, identity, keyLog);
  }
}
