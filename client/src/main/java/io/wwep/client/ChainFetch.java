package io.wwep.client;

import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * Fetches the certificates that a TLS server shows, whoever it is, and sends nothing but the
 * handshake. What it is willing to speak is all that the Java runtime has, old versions too: only
 * the certificates are wanted, and they are not secret. One use, one thread.
 */
public final class ChainFetch {

  private final Settings settings;
  private final String serverName;
  private final RecordingTrustManager shown = new RecordingTrustManager();
  private final RecordingKeyManager asked = new RecordingKeyManager();

  private ChainFetch(Settings settings, String serverName) {
    this.settings = settings;
    this.serverName = serverName;
  }

  /**
   * Fetches them; the caller waits, at most twice as long as given and for the name service.
   *
   * @param host a name or an IP address
   * @param port 1 to 65,535
   * @param serverName what to ask the server for (SNI), or null for the host; an address asks for
   *     nothing
   * @param timeout for the connection and for the handshake each, 1 ms to 10 minutes
   * @throws WwepException when the server shows none; the message says why
   * @throws IllegalArgumentException when an argument is out of its range
   */
  public static ShownChain run(String host, int port, String serverName, Duration timeout) {
    Limits.requireTimeout("timeout", timeout);
    Endpoint endpoint = Endpoint.of(host, port);
    Settings settings = new Settings(endpoint, null, timeout, timeout, timeout, timeout, 1);
    return new ChainFetch(settings, serverName == null ? endpoint.host() : serverName).run();
  }

  private ShownChain run() {
    WatchedSocket tcp = (WatchedSocket) new Connector(settings, WatchedSocket::new).connect();
    HandshakeGuard guard = new HandshakeGuard(tcp, settings.handshakeTimeout());
    try (guard) {
      SSLSocket tls = socket(tcp);
      tls.startHandshake();
      Link.close(tls);
      return chain(Optional.empty());
    } catch (IOException | RuntimeException e) {
      // The JDK's parsers have let exceptions of other kinds through.
      if (shown.chain().isEmpty()) {
        throw failures(tcp, guard).because(e);
      }
      return chain(Optional.of(guard.isLate() ? "it took too long" : FetchFailures.words(e)));
    } finally {
      Link.close(tcp);
    }
  }

  private FetchFailures failures(WatchedSocket tcp, HandshakeGuard guard) {
    return new FetchFailures(settings, serverName, guard.isLate(), tcp.firstBytes());
  }

  private ShownChain chain(Optional<String> failure) {
    return new ShownChain(
        shown.chain(), shown.version(), shown.cipherSuite(), asked.issuers(), failure);
  }

  private SSLSocket socket(Socket tcp) throws IOException {
    Endpoint endpoint = settings.endpoint();
    SSLSocket tls =
        (SSLSocket)
            context().getSocketFactory().createSocket(tcp, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(chosen(tls.getSupportedProtocols(), "SSLv2Hello"));
    parameters.setCipherSuites(chosen(tls.getSupportedCipherSuites(), "_anon_"));
    parameters.setServerNames(serverNames());
    tls.setSSLParameters(parameters);
    return tls;
  }

  /** Without certificates, as in suites that are anonymous, there is nothing to fetch. */
  private static String[] chosen(String[] supported, String unwanted) {
    return Arrays.stream(supported).filter(each -> !each.contains(unwanted)).toArray(String[]::new);
  }

  /** RFC 6066, section 3: names only, and none with characters that a host has not. */
  private List<SNIServerName> serverNames() {
    if (new Endpoint(serverName, settings.endpoint().port()).isAddress()) {
      return List.of();
    }
    try {
      return List.of(new SNIHostName(serverName));
    } catch (IllegalArgumentException noHostName) {
      return List.of();
    }
  }

  private SSLContext context() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {asked}, new TrustManager[] {shown}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS: " + e.getMessage(), e);
    }
  }
}
