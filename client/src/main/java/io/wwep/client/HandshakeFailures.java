package io.wwep.client;

import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** The sentences for TLS handshakes that did not come to an end. */
final class HandshakeFailures {

  private final Endpoint endpoint;

  HandshakeFailures(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  WwepException timedOut(Duration handshakeTimeout) {
    return new WwepException.TimedOut(
        "the TLS handshake with %s did not end within %s: is this its TLS port?"
            .formatted(endpoint, Limits.show(handshakeTimeout)),
        false);
  }

  /**
   * @param refusal what the server may mean, by what it asked for
   */
  WwepException because(IOException e, TlsRefusal refusal) {
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

  WwepException ended(IOException e) {
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
