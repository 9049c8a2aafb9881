package io.wwep.console.api;

import io.vertx.core.Vertx;
import io.vertx.core.net.TrustOptions;
import io.wwep.certs.ServerIdentity;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javax.net.ssl.ManagerFactoryParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.TrustManagerFactorySpi;
import javax.net.ssl.X509TrustManager;

/**
 * Whom a board believes that sends over TLS: which certificates it takes. Names do not matter, as
 * certificates themselves are compared. Immutable.
 */
final class BoardTrust implements TrustOptions {

  private final Predicate<X509Certificate> accepted;

  private BoardTrust(Predicate<X509Certificate> accepted) {
    this.accepted = accepted;
  }

  /** Believes those that the server itself shows at the moment, and nothing else. */
  static BoardTrust inOwn(Supplier<ServerIdentity> shown) {
    return new BoardTrust(
        leaf -> shown.get().all().stream().anyMatch(each -> each.certificate().equals(leaf)));
  }

  /** Believes anybody, as a board does that never loads a root certificate. */
  static BoardTrust inAnybody() {
    return new BoardTrust(leaf -> true);
  }

  /** Believes nobody who is here, as a board does that has another server's root certificate. */
  static BoardTrust inAnother() {
    return new BoardTrust(leaf -> false);
  }

  @Override
  public TrustOptions copy() {
    return this;
  }

  @Override
  public TrustManagerFactory getTrustManagerFactory(Vertx vertx) {
    return new Factory(new Judge(accepted));
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
          "board");
    }
  }

  /** Looks at certificates. */
  private record Judge(Predicate<X509Certificate> accepted) implements X509TrustManager {

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType)
        throws CertificateException {
      if (chain.length == 0 || !accepted.test(chain[0])) {
        throw new CertificateException("the certificate that was shown is not the one it trusts");
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
