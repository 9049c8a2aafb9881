package io.wwep.conformance.wire;

import io.wwep.client.Trust;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * The server under test: any that is pointed at, with a plain port, a TLS port or both. Immutable;
 * may be used by any number of threads. All connections of one target share their TLS sessions, so
 * that resumption is tried too and thousands of handshakes stay cheap.
 */
public final class Target {

  /** Stands for a port that is not served. */
  public static final int NOT_SERVED = -1;

  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final Duration PATIENCE_MAX = Duration.ofMinutes(1);

  private final String host;
  private final int plainPort;
  private final int tlsPort;
  private final Trust trust;
  private final Duration patience;
  private final SSLContext context;

  private Target(String host, int plainPort, int tlsPort, Trust trust, Duration patience) {
    this.host = host;
    this.plainPort = plainPort;
    this.tlsPort = tlsPort;
    this.trust = trust;
    this.patience = patience;
    context = trust == null ? null : context(trust);
  }

  /**
   * Returns a server without ports.
   *
   * @param host a name or an IP address, without brackets
   */
  public static Target at(String host) {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must be a name or an IP address, not empty");
    }
    return new Target(host, NOT_SERVED, NOT_SERVED, null, PATIENCE);
  }

  /**
   * Returns it with a plain port.
   *
   * @param port 1 to 65,535
   */
  public Target withPlain(int port) {
    return new Target(host, requirePort(port), tlsPort, trust, patience);
  }

  /**
   * Returns it with a TLS port.
   *
   * @param port 1 to 65,535
   * @param believed decides whether the server's certificate is right
   */
  public Target withTls(int port, Trust believed) {
    return new Target(host, plainPort, requirePort(port), believed, patience);
  }

  /**
   * Returns it with another time that a reply may take, 2 s without this.
   *
   * @param time 1 ms to a minute
   */
  public Target withPatience(Duration time) {
    if (time.isNegative() || time.toMillis() < 1 || time.compareTo(PATIENCE_MAX) > 0) {
      throw new IllegalArgumentException(
          "patience must be 1 ms to 1 minute, not %d ms".formatted(time.toMillis()));
    }
    return new Target(host, plainPort, tlsPort, trust, time);
  }

  private static int requirePort(int port) {
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port must be 1 to 65,535, not %,d".formatted(port));
    }
    return port;
  }

  private static SSLContext context(Trust trust) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {trust.manager()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS: " + e.getMessage(), e);
    }
  }

  /** Returns the name or address to connect to. */
  public String host() {
    return host;
  }

  /** Returns the number of a port, or {@link #NOT_SERVED}. */
  public int number(Port port) {
    return port == Port.TLS ? tlsPort : plainPort;
  }

  /** Whether there is such a port. */
  public boolean serves(Port port) {
    return number(port) != NOT_SERVED;
  }

  /** Returns which certificates are believed; null without a TLS port. */
  public Trust trust() {
    return trust;
  }

  /** Returns how long a reply may take. */
  public Duration patience() {
    return patience;
  }

  /** Returns {@code host:port}, with an IPv6 address in brackets. */
  public String place(Port port) {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + number(port);
  }

  SSLContext context() {
    return context;
  }

  SSLEngine engine(String version) {
    SSLEngine engine = context.createSSLEngine(host, tlsPort);
    engine.setUseClientMode(true);
    engine.setSSLParameters(parameters(engine.getSSLParameters(), version));
    return engine;
  }

  void prepare(SSLSocket socket, String version) {
    socket.setSSLParameters(parameters(socket.getSSLParameters(), version));
  }

  private SSLParameters parameters(SSLParameters parameters, String version) {
    parameters.setProtocols(
        version == null ? new String[] {"TLSv1.3", "TLSv1.2"} : new String[] {version});
    if (trust.checksHost()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }
}
