package io.wwep.console.api;

import io.wwep.certs.ServerIdentity;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Supplier;
import javax.net.ssl.X509TrustManager;

/** Trusts the certificates that the server itself shows at the moment, and nothing else. */
final class OwnServer implements X509TrustManager {

  private final Supplier<ServerIdentity> shown;

  OwnServer(Supplier<ServerIdentity> shown) {
    this.shown = shown;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    boolean own =
        chain.length > 0
            && shown.get().all().stream().anyMatch(each -> each.certificate().equals(chain[0]));
    if (!own) {
      throw new CertificateException("this is not the server's own certificate");
    }
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    throw new CertificateException("no clients are looked at here");
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return new X509Certificate[0];
  }
}
