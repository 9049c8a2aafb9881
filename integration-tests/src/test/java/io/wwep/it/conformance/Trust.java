package io.wwep.it.conformance;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * TLS that trusts everybody: the bytes are under test here, and a foreign server has any identity.
 */
public final class Trust {

  /** One context for all, so that sessions are resumed and thousands of handshakes stay cheap. */
  public static final SSLContext EVERYBODY = everybody();

  private Trust() {}

  /** Returns a context of its own, with which nothing that others have done is resumed. */
  public static SSLContext everybody() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new TrustEverybody()}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static final class TrustEverybody implements X509TrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
