package io.wwep.testkit;

import io.wwep.certs.Identity;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;

/**
 * What a {@link MisbehavingServer} needs to want its clients' certificates.
 *
 * <pre>{@code
 * MisbehavingServer.start(
 *     new Misbehavior.Behaves(), MutualTls.context(server, ca), MutualTls.required("TLSv1.3"));
 * }</pre>
 */
public final class MutualTls {

  private static final char[] PASSWORD = "for tests only".toCharArray();

  private MutualTls() {}

  /**
   * Returns the context of a server.
   *
   * @param server its own key and certificate
   * @param authority whose clients it lets in
   */
  public static SSLContext context(Identity server, X509Certificate authority) {
    try {
      KeyStore own = empty();
      X509Certificate[] chain = server.chain().toArray(X509Certificate[]::new);
      own.setKeyEntry("server", server.key(), PASSWORD, chain);
      KeyManagerFactory keys =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(own, PASSWORD);
      KeyStore trusted = empty();
      trusted.setCertificateEntry("authority", authority);
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("this Java runtime has no TLS: " + e.getMessage(), e);
    }
  }

  private static KeyStore empty() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }

  /**
   * Returns parameters with which a server lets no client in without a certificate.
   *
   * @param version the only one that it takes: {@code TLSv1.2} or {@code TLSv1.3}
   */
  public static SSLParameters required(String version) {
    SSLParameters parameters = new SSLParameters(null, new String[] {version});
    parameters.setNeedClientAuth(true);
    return parameters;
  }

  /**
   * Returns parameters with which a server asks for a certificate, and takes clients without.
   *
   * @param version the only one that it takes: {@code TLSv1.2} or {@code TLSv1.3}
   */
  public static SSLParameters asked(String version) {
    SSLParameters parameters = new SSLParameters(null, new String[] {version});
    parameters.setWantClientAuth(true);
    return parameters;
  }
}
