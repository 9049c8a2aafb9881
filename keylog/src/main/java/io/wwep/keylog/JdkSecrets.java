package io.wwep.keylog;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.crypto.SecretKey;

/**
 * Takes the secrets of one connection from the JDK's TLS into a key log.
 *
 * <p>TLS 1.3 changes its secrets during the handshake and forgets the ones before, and whoever is
 * to read a capture needs all four. So {@link #look} is to be called whenever bytes are about to
 * come or go during the handshake: between two changes of the same secret there is always one.
 *
 * <p>Owned by the thread that does the handshake; one for each connection.
 */
public final class JdkSecrets {

  /** The JDK's names for secrets, and those of the file. */
  private static final Map<String, String> LABELS =
      Map.of(
          "TlsClientHandshakeTrafficSecret", "CLIENT_HANDSHAKE_TRAFFIC_SECRET",
          "TlsServerHandshakeTrafficSecret", "SERVER_HANDSHAKE_TRAFFIC_SECRET",
          "TlsClientAppTrafficSecret", "CLIENT_TRAFFIC_SECRET_0",
          "TlsServerAppTrafficSecret", "SERVER_TRAFFIC_SECRET_0");

  private static final String MASTER = "CLIENT_RANDOM";
  private static final String NEWEST = "TLSv1.3";

  private final JdkInternals internals;
  private final Object transport;
  private final KeyLog log;
  private final Set<String> written = new HashSet<>();
  private byte[] clientRandom;
  private boolean over;

  private JdkSecrets(JdkInternals internals, Object transport, KeyLog log) {
    this.internals = internals;
    this.transport = transport;
    this.log = log;
  }

  /**
   * Returns what takes the secrets of a connection whose handshake is still to come.
   *
   * @param tls an {@code SSLSocket} or an {@code SSLEngine} of the JDK
   * @throws KeyLogException when this Java does not show them
   */
  public static JdkSecrets of(Object tls, KeyLog log) {
    JdkInternals internals = JdkInternals.here();
    return new JdkSecrets(internals, internals.transport(tls), log);
  }

  /**
   * Makes sure that secrets can be read, before somebody relies on it.
   *
   * @throws KeyLogException when this Java does not show them; the message says how it would
   */
  public static void requireReadable() {
    JdkInternals.here();
  }

  /** Takes what is new; costs nothing once the handshake is over. */
  public void look() {
    if (over) {
      return;
    }
    if (clientRandom == null) {
      clientRandom = internals.clientRandom(transport);
    }
    if (clientRandom != null) {
      internals.secrets(transport).forEach(this::take);
    }
  }

  private void take(SecretKey secret) {
    String label = LABELS.get(secret.getAlgorithm());
    if (label != null && !written.contains(label)) {
      add(label, secret);
    }
  }

  private void add(String label, SecretKey secret) {
    byte[] bytes = secret.getEncoded();
    if (bytes != null) { // as of a key that is in hardware
      written.add(label);
      log.add(label, clientRandom, bytes);
    }
  }

  /**
   * Takes what is left when the handshake is done, and makes sure that nothing is missing.
   *
   * @param version by its JCA name, as in {@code TLSv1.3}
   */
  public void handshakeDone(String version) {
    look();
    over = true;
    if (version.equals(NEWEST)) {
      requireWritten(List.copyOf(LABELS.values()));
    } else {
      SecretKey master = internals.master(transport);
      if (master != null && clientRandom != null) {
        add(MASTER, master);
      }
      requireWritten(List.of(MASTER));
    }
  }

  private void requireWritten(List<String> labels) {
    if (written.containsAll(labels)) {
      log.complete();
    } else {
      log.missed();
    }
  }

  /** Never shows a secret. */
  @Override
  public String toString() {
    return "secrets for " + log;
  }
}
