package io.wwep.client;

import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;

/** Carries the refused certificate, the reason and the cure out of the TLS stack. */
final class UntrustedCertificate extends CertificateException {

  private static final long serialVersionUID = 1L;

  private final String cure;
  private final transient X509Certificate certificate;

  UntrustedCertificate(String reason, String cure, X509Certificate certificate, Throwable cause) {
    super(reason, cause);
    this.cure = cure;
    this.certificate = certificate;
  }

  /** Returns what to do next, as the end of a sentence that has just shown the fingerprint. */
  String cure() {
    return cure;
  }

  X509Certificate certificate() {
    return certificate;
  }

  /** Returns the one in the causes of {@code failure}, or null. */
  static UntrustedCertificate in(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t instanceof UntrustedCertificate found) {
        return found;
      }
    }
    return null;
  }
}
