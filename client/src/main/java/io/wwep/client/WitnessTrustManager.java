package io.wwep.client;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/**
 * Judges servers as the given trust manager does, and keeps what the last one showed, also when it
 * is refused. Any number of threads.
 */
final class WitnessTrustManager extends ClientSideTrustManager {

  private final X509ExtendedTrustManager judge;
  private volatile List<X509Certificate> shown = List.of();

  WitnessTrustManager(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  /** Returns the server's own certificate first; empty when none was shown. */
  List<X509Certificate> shown() {
    return shown;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    shown = List.of(chain);
    judge.checkServerTrusted(chain, authType);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    shown = List.of(chain);
    judge.checkServerTrusted(chain, authType, socket);
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    shown = List.of(chain);
    judge.checkServerTrusted(chain, authType, engine);
  }
}
