package io.wwep.client;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.security.cert.X509Certificate;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLException;
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
    SSLSocket tls = around(tcp);
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
      tls.startHandshake();
      if (KeyLogSocket.of(tcp) != null) {
        KeyLogSocket.of(tcp).handshakeDone(tls.getSession().getProtocol());
      }
      return link(tcp, tls);
    } catch (IOException e) {
      throw late.get() ? timedOut() : failure(e, settings.tls().refusal(tls, endpoint));
    } finally {
      guard.cancel(false);
    }
  }

  /** In TLS 1.2 the server has looked at the client's certificate by now, in 1.3 it has yet to. */
  private Link link(Socket tcp, SSLSocket tls) throws SSLPeerUnverifiedException {
    TlsDetails details = details(tls);
    boolean judged = details.version().equals("TLSv1.2");
    return new Link(tcp, tls, details, judged ? null : settings.tls().refusal(tls, endpoint));
  }

  private SSLSocket around(Socket tcp) {
    try {
      return settings.tls().around(tcp, endpoint);
    } catch (IOException e) {
      throw ended(e);
    }
  }

  private TlsDetails details(SSLSocket tls) throws SSLPeerUnverifiedException {
    SSLSession session = tls.getSession();
    X509Certificate leaf = (X509Certificate) session.getPeerCertificates()[0];
    return new TlsDetails(
        session.getProtocol(),
        session.getCipherSuite(),
        Fingerprints.of(leaf),
        leaf.getNotAfter().toInstant(),
        settings.tls().clientCertificate(tls));
  }

  private WwepException timedOut() {
    return new WwepException.TimedOut(
        "the TLS handshake with %s did not end within %s: is this its TLS port?"
            .formatted(endpoint, Limits.show(settings.handshakeTimeout())),
        false);
  }

  private WwepException failure(IOException e, TlsRefusal refusal) {
    UntrustedCertificate untrusted = UntrustedCertificate.in(e);
    if (untrusted != null) {
      return notTrusted(untrusted);
    }
    if (words(e).contains("Unsupported or unrecognized SSL message")) {
      return new WwepException.NotWwep(
          "%s does not speak TLS: connect to its TLS port, or switch TLS off".formatted(endpoint),
          e,
          false);
    }
    WwepException refused = refusal.ofHandshake(e);
    if (refused != null) {
      return refused;
    }
    // What is neither an alert nor an end has gone wrong on this side.
    boolean endedByPeer = !(e instanceof SSLException) || e.getCause() instanceof EOFException;
    if (!endedByPeer) {
      return failedHere(e);
    }
    return refusal.suspicion() == null ? ended(e) : endedAfterRequest(e, refusal);
  }

  private static String words(IOException e) {
    return String.valueOf(e.getMessage());
  }

  private WwepException ended(IOException e) {
    return new WwepException.Unreachable(
        "%s ended the TLS handshake (%s): is this its TLS port?".formatted(endpoint, words(e)), e);
  }

  private WwepException failedHere(IOException e) {
    return new WwepException.Unreachable(
        "the TLS handshake with %s went wrong on this side (%s): is this its TLS port, and do both sides share a version, a cipher suite and a kind of key?"
            .formatted(endpoint, words(e)),
        e);
  }

  private WwepException endedAfterRequest(IOException e, TlsRefusal refusal) {
    return new WwepException.Unreachable(
        "%s ended the TLS handshake without an alert (%s), %s"
            .formatted(endpoint, words(e), refusal.suspicion()),
        e);
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
