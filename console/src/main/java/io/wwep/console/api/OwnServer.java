package io.wwep.console.api;

import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import io.wwep.certs.ServerIdentity;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509TrustManager;

/** Trusts the certificates that the server itself shows at the moment, and nothing else. */
final class OwnServer implements TrustOptions {

  private final Supplier<ServerIdentity> shown;

  OwnServer(Supplier<ServerIdentity> shown) {
    this.shown = shown;
  }

  @Override
  public TrustOptions copy() {
    return this;
  }

  @Override
  public TrustManagerFactory getTrustManagerFactory(Vertx vertx) {
    return new Factory(new Judge(shown));
  }

  @Override
  public Function<String, TrustManager[]> trustManagerMapper(Vertx vertx) {
    return serverName -> null;
  }

  /** Vert.x's own needs a logging library that is not there. */
  private static final class Factory extends TrustManagerFactory {

    Factory(TrustManager judge) {
      super(
          new TrustManagerFactorySpi() {
            @Override
            protected void engineInit(KeyStore keys) {}

            @Override
            protected void engineInit(ManagerFactoryParameters parameters) {}

            @Override
            protected TrustManager[] engineGetTrustManagers() {
              return new TrustManager[] {judge};
            }
          },
          /* provider= */ null,
          "own");
    }
  }

  /** Compares certificates. */
  private record Judge(Supplier<ServerIdentity> shown) implements X509TrustManager {

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
}
