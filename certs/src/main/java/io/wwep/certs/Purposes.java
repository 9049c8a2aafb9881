package io.wwep.certs;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * What a certificate and its key may be used for (RFC 5280, sections 4.2.1.3 and 4.2.1.12). One
 * that does not say so may be used for everything, and one that says it in a damaged way for
 * nothing.
 */
final class Purposes {

  /** Bits of the key usage, as {@link X509Certificate#getKeyUsage} has them. */
  static final int DIGITAL_SIGNATURE = 0;

  static final int KEY_ENCIPHERMENT = 2;
  static final int KEY_CERT_SIGN = 5;

  private Purposes() {}

  /** Whether its key may do this. */
  static boolean allow(X509Certificate certificate, int usage) {
    boolean[] usages = certificate.getKeyUsage();
    return usages == null || usages[usage];
  }

  /** Whether it is for this purpose, or for any. */
  static boolean include(X509Certificate certificate, KeyPurposeId purpose) {
    try {
      List<String> purposes = certificate.getExtendedKeyUsage();
      return purposes == null
          || purposes.contains(purpose.getId())
          || purposes.contains(KeyPurposeId.anyExtendedKeyUsage.getId());
    } catch (CertificateParsingException damaged) {
      return false;
    }
  }
}
