package io.wwep.client;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Trusts the one certificate with the pinned fingerprint, or every certificate without a pin. */
final class PinTrustManager extends ClientSideTrustManager {

  /** The certificate at hand may be an attacker's: only the server can say that it is not. */
  private static final String CURE =
      "compare it with what the server printed at its start, and only if it is the same there,"
          + " because the server has another certificate now, give it with --pin";

  private final String fingerprint;

  /**
   * @param fingerprint with colons and in upper case; null trusts every server
   */
  PinTrustManager(String fingerprint) {
    this.fingerprint = fingerprint;
  }

  @Override
  public void checkServerTrusted(X509Certificate[] chain, String authType)
      throws CertificateException {
    if (fingerprint != null && !Fingerprints.of(chain[0]).equals(fingerprint)) {
      throw new UntrustedCertificate(
          "it is not the pinned one, %s, and somebody may be in between".formatted(fingerprint),
          CURE,
          chain[0],
          null);
    }
  }
}
