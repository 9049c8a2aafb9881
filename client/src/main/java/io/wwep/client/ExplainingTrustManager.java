package io.wwep.client;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Judges as the given trust manager does, and says in plain words why it refused. */
final class ExplainingTrustManager extends X509ExtendedTrustManager {

  /** One judgement of the trust manager behind this one. */
  @FunctionalInterface
  private interface Judgement {
    void pass() throws CertificateException;
  }

  /** A pin is as good as where it comes from, and it must not come from the connection itself. */
  private static final String CURE =
      "give its CA with --ca FILE, or, if the server printed the same at its start, this"
          + " fingerprint with --pin";

  private final X509ExtendedTrustManager judge;

  ExplainingTrustManager(X509ExtendedTrustManager judge) {
    this.judge = judge;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    explain(chain[0], () -> judge.checkServerTrusted(chain, authType));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    explain(chain[0], () -> judge.checkServerTrusted(chain, authType, socket));
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    explain(chain[0], () -> judge.checkServerTrusted(chain, authType, engine));
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType, socket);
  }

  @Override
  public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
      throws CertificateException {
    judge.checkClientTrusted(chain, authType, engine);
  }

  @Override
  public X509Certificate[] getAcceptedIssuers() {
    return judge.getAcceptedIssuers();
  }

  private static void explain(X509Certificate leaf, Judgement judgement)
      throws CertificateException {
    try {
      judgement.pass();
    } catch (CertificateException e) {
      throw new UntrustedCertificate(reason(leaf, e), CURE, leaf, e);
    }
  }

  private static String reason(X509Certificate leaf, CertificateException failure) {
    if (has(failure, CertificateExpiredException.class)) {
      return "it, or one above it, has expired (its own end is %tF): renew it on the server"
          .formatted(leaf.getNotAfter());
    }
    if (has(failure, CertificateNotYetValidException.class)) {
      return "it is not valid before %tF: check the clock of this machine and of the server"
          .formatted(leaf.getNotBefore());
    }
    String message = String.valueOf(failure.getMessage());
    if (message.contains("subject alternative") || message.startsWith("No name matching")) {
      return "it is made for %s and not for this host: connect by one of these, or make a new one"
          .formatted(names(leaf));
    }
    return "its issuer, %s, is not trusted".formatted(leaf.getIssuerX500Principal().getName());
  }

  private static boolean has(Throwable failure, Class<? extends Throwable> kind) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (kind.isInstance(t)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the names and addresses that the certificate is made for, at most eight of them. */
  private static String names(X509Certificate leaf) {
    List<String> names = new ArrayList<>();
    try {
      Collection<List<?>> alternatives = leaf.getSubjectAlternativeNames();
      if (alternatives != null) {
        alternatives.stream().limit(8).forEach(name -> names.add(String.valueOf(name.get(1))));
      }
    } catch (CertificateParsingException e) {
      names.add("names that cannot be read");
    }
    return names.isEmpty() ? leaf.getSubjectX500Principal().getName() : String.join(", ", names);
  }
}
