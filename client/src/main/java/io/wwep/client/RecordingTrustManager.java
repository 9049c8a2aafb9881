package io.wwep.client;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * Accepts every server and keeps what it showed. For a connection that carries nothing: whoever
 * would send something over it would not know to whom.
 */
final class RecordingTrustManager extends ClientSideTrustManager {

  private List<X509Certificate> chain = List.of();
  private String version = "";
  private String cipherSuite = "";

  /** Returns what the server showed, its own first; empty when it did not come to that. */
  List<X509Certificate> chain() {
    return chain;
  }

  String version() {
    return version;
  }

  String cipherSuite() {
    return cipherSuite;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType, Socket socket) {
    SSLSession session = ((SSLSocket) socket).getHandshakeSession();
    version = session.getProtocol();
    cipherSuite = session.getCipherSuite();
    chain = List.of(shown);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] shown, String authType)
      throws CertificateException {
    throw new CertificateException("only a socket's handshake is recorded");
  }
}
