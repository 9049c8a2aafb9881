package io.wwep.client;

import io.wwep.keylog.JdkSecrets;
import io.wwep.keylog.KeyLog;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Puts TLS around TCP connections, for one trust and one identity: sessions that are resumed must
 * not pass from one identity to another. Immutable, any number of threads.
 */
final class TlsSockets {

  private final Trust trust;
  private final ClientIdentity identity;
  private final KeyLog keyLog;
  private final ClientKeyManager keys;
  private final SSLContext context;

  /**
   * @param identity null shows none
   * @param keyLog null where no keys are to be written down
   */
  TlsSockets(Trust trust, ClientIdentity identity, KeyLog keyLog) {
    this(trust, identity, keyLog, trust.manager());
  }

  private TlsSockets(Trust trust, ClientIdentity identity, KeyLog keyLog, TrustManager judge) {
    this.trust = trust;
    this.identity = identity;
    this.keyLog = keyLog;
    keys = new ClientKeyManager(identity);
    context = context(keys, judge);
  }

  /** Returns the same for one connection, which resumes no session and has a witness. */
  TlsSockets apart(WitnessTrustManager witness) {
    return new TlsSockets(trust, identity, null, witness);
  }

  /** Returns which servers are believed, in words. */
  String trusts() {
    return trust.toString();
  }

  /** Returns who judges servers. */
  X509ExtendedTrustManager judge() {
    return trust.manager();
  }

  private static SSLContext context(KeyManager keys, TrustManager judge) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[] {judge}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS: " + e.getMessage(), e);
    }
  }

  /** Returns the TCP socket to connect. */
  Socket tcp() {
    return keyLog == null ? new WatchedSocket() : new KeyLogSocket();
  }

  /** Returns a TLS socket around a connected one; the handshake is still to come. */
  SSLSocket around(Socket tcp, Endpoint endpoint) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            context.getSocketFactory().createSocket(tcp, endpoint.host(), endpoint.port(), true);
    tls.setSSLParameters(chosen(tls.getSSLParameters()));
    if (KeyLogSocket.of(tcp) != null) {
      KeyLogSocket.of(tcp).watch(JdkSecrets.of(tls, keyLog));
    }
    return tls;
  }

  /** Returns the same for a network stack other than the JDK's sockets. */
  SSLEngine engine(Endpoint endpoint) {
    SSLEngine engine = context.createSSLEngine(endpoint.host(), endpoint.port());
    engine.setUseClientMode(true);
    engine.setSSLParameters(chosen(engine.getSSLParameters()));
    return engine;
  }

  private SSLParameters chosen(SSLParameters parameters) {
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    if (trust.checksHost()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    return parameters;
  }

  /**
   * Tells what a handshake that has ended agreed on.
   *
   * @param way the TLS socket or engine
   */
  TlsDetails details(SSLSession session, Object way) throws SSLPeerUnverifiedException {
    X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
    return new TlsDetails(
        session.getProtocol(),
        session.getCipherSuite(),
        Fingerprints.of(leaf),
        leaf.getNotAfter().toInstant(),
        clientCertificate(session, way));
  }

  private TlsDetails.ClientCertificate clientCertificate(SSLSession session, Object way) {
    if (session.getLocalCertificates() != null) {
      return TlsDetails.ClientCertificate.SHOWN;
    }
    return keys.requestOn(way) == null
        ? TlsDetails.ClientCertificate.NOT_ASKED
        : TlsDetails.ClientCertificate.NOT_SHOWN;
  }

  /**
   * Returns what a refusal means, by what the server asked for until now.
   *
   * @param way the TLS socket or engine
   */
  TlsRefusal refusal(Object way, Endpoint endpoint) {
    return new TlsRefusal(endpoint, keys.requestOn(way), identity);
  }
}
