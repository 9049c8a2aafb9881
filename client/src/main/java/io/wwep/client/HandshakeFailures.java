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
   * @param first what it sent first, as far as that is known: one byte tells the JDK nothing yet
   */
  WwepException because(IOException e, TlsRefusal refusal, byte[] first) {
    UntrustedCertificate untrusted = UntrustedCertificate.in(e);
    if (untrusted != null) {
      return notTrusted(untrusted);
    }
    ForeignAnswer answer = ForeignAnswer.of(first);
    if (answer != ForeignAnswer.NONE) {
      return notTls(answer.words(first), cure(answer), e);
    }
    if (words(e).contains("Unsupported or unrecognized SSL message")) {
      return notTls("does not speak TLS", cure(answer), e);
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

  private WwepException notTls(String does, String cure, IOException e) {
    return new WwepException.NotWwep("%s %s: %s".formatted(endpoint, does, cure), e, false);
  }

  /** Only a port that may be WWEP's without TLS is one to talk to without TLS. */
  private static String cure(ForeignAnswer answer) {
    return switch (answer) {
      case WWEP, NONE -> "connect to its TLS port, usually 40508, or switch TLS off";
      case HTTP, OTHER -> "connect to WWEP's TLS port, usually 40508, or check the host";
    };
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
