package io.wwep.client;

import io.wwep.keylog.JdkSecrets;
import io.wwep.keylog.KeyLog;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * Puts TLS around TCP sockets, for one trust and one identity: sessions that are resumed must not
 * pass from one identity to another. Immutable, any number of threads.
 */
final class TlsSockets {

  private final Trust trust;
  private final ClientIdentity identity;
  private final KeyLog keyLog;
  private final ClientKeyManager keys;
  private final SSLSocketFactory factory;

  /**
   * @param identity null shows none
   * @param keyLog null where no keys are to be written down
   */
  TlsSockets(Trust trust, ClientIdentity identity, KeyLog keyLog) {
    this.trust = trust;
    this.identity = identity;
    this.keyLog = keyLog;
    keys = new ClientKeyManager(identity);
    factory = factory(keys, trust.manager());
  }

  private static SSLSocketFactory factory(KeyManager keys, TrustManager judge) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {keys}, new TrustManager[] {judge}, null);
      return context.getSocketFactory();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java runtime has no TLS: " + e.getMessage(), e);
    }
  }

  /** Returns the TCP socket to connect. */
  Socket tcp() {
    return keyLog == null ? new LastWordsSocket() : new KeyLogSocket();
  }

  /** Returns a TLS socket around a connected one; the handshake is still to come. */
  SSLSocket around(Socket tcp, Endpoint endpoint) throws IOException {
    SSLSocket tls = (SSLSocket) factory.createSocket(tcp, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
    if (trust.checksHost()) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    tls.setSSLParameters(parameters);
    if (KeyLogSocket.of(tcp) != null) {
      KeyLogSocket.of(tcp).watch(JdkSecrets.of(tls, keyLog));
    }
    return tls;
  }

  /** Tells what became of the client's certificate in a handshake that has ended. */
  TlsDetails.ClientCertificate clientCertificate(SSLSocket tls) {
    if (tls.getSession().getLocalCertificates() != null) {
      return TlsDetails.ClientCertificate.SHOWN;
    }
    return keys.requestOn(tls) == null
        ? TlsDetails.ClientCertificate.NOT_ASKED
        : TlsDetails.ClientCertificate.NOT_SHOWN;
  }

  /** Returns what a refusal on this socket means, by what the server asked for until now. */
  TlsRefusal refusal(SSLSocket tls, Endpoint endpoint) {
    return new TlsRefusal(endpoint, keys.requestOn(tls), identity);
  }
}
