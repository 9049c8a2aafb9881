package io.wwep.client;

import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/** Sets up TLS on a connected socket within a time limit, and says in plain words what failed. */
final class Handshake {

  private final Settings settings;
  private final Endpoint endpoint;

  Handshake(Settings settings) {
    this.settings = settings;
    endpoint = settings.endpoint();
  }

  Link run(Socket tcp) {
    // A read timeout would start anew with every byte of a slow peer; this one does not.
    AtomicBoolean late = new AtomicBoolean();
    Future<?> guard =
        Timers.after(
            settings.handshakeTimeout().toNanos(),
            () -> {
              late.set(true);
              Link.close(tcp);
            });
    try {
      SSLSocket tls = socket(tcp);
      tls.startHandshake();
      return new Link(tcp, tls, details(tls.getSession()));
    } catch (IOException e) {
      throw late.get() ? timedOut() : failure(e);
    } finally {
      guard.cancel(false);
    }
  }

  private SSLSocket socket(Socket tcp) throws IOException {
    SSLSocket tls =
        (SSLSocket)
            settings
                .trust()
                .socketFactory()
                .createSocket(tcp, endpoint.host(), endpoint.port(), true);
    SSLParameters parameters = tls.getSSLParameters();
    settings.trust().configure(parameters);
    tls.setSSLParameters(parameters);
    return tls;
  }

  private static TlsDetails details(SSLSession session) throws SSLPeerUnverifiedException {
    X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
    return new TlsDetails(
        session.getProtocol(),
        session.getCipherSuite(),
        Fingerprints.of(leaf),
        leaf.getNotAfter().toInstant());
  }

  private WwepException timedOut() {
    return new WwepException.TimedOut(
        "the TLS handshake with %s did not end within %s: is this its TLS port?"
            .formatted(endpoint, Limits.show(settings.handshakeTimeout())),
        false);
  }

  private WwepException failure(IOException e) {
    UntrustedCertificate untrusted = UntrustedCertificate.in(e);
    if (untrusted != null) {
      return notTrusted(untrusted);
    }
    String words = String.valueOf(e.getMessage());
    if (words.contains("Unsupported or unrecognized SSL message")) {
      return new WwepException.NotWwep(
          "%s does not speak TLS: connect to its TLS port, or switch TLS off".formatted(endpoint),
          e,
          false);
    }
    if (e instanceof SSLException && words.contains("alert")) {
      return new WwepException.Unreachable(
          "%s refused the TLS handshake (%s): its log says why".formatted(endpoint, words), e);
    }
    return new WwepException.Unreachable(
        "%s ended the TLS handshake (%s): is this its TLS port?".formatted(endpoint, words), e);
  }

  private WwepException notTrusted(UntrustedCertificate untrusted) {
    String fingerprint = Fingerprints.of(untrusted.certificate());
    return new WwepException.NotTrusted(
        "the certificate of %s is not trusted, because %s; its SHA-256 is %s: %s"
            .formatted(endpoint, untrusted.getMessage(), fingerprint, untrusted.cure()),
        untrusted,
        fingerprint);
  }
}
