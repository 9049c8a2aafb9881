package io.wwep.client;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.time.Instant;

/**
 * What a certificate says, for people. Texts are bounded, since a stranger may have written them;
 * they may hold characters that a terminal obeys.
 *
 * @param subject whom it is about, as in {@code CN=0FAC,OU=device,O=WWEP}
 * @param issuer who signed it
 * @param hosts the names and addresses that it is made for, at most eight of them
 * @param from when it begins to be valid
 * @param until when it ends to be
 * @param key the kind of its public key: {@code EC 256}, {@code RSA 2048}
 * @param fingerprint SHA-256 of its DER: 32 pairs of hex digits with colons between
 */
public record CertificateSummary(
    String subject,
    String issuer,
    String hosts,
    Instant from,
    Instant until,
    String key,
    String fingerprint) {

  static CertificateSummary of(X509Certificate certificate) {
    return new CertificateSummary(
        Certificates.subject(certificate),
        Certificates.issuer(certificate),
        Certificates.hosts(certificate),
        certificate.getNotBefore().toInstant(),
        certificate.getNotAfter().toInstant(),
        key(certificate.getPublicKey()),
        Fingerprints.of(certificate));
  }

  private static String key(PublicKey key) {
    if (key instanceof RSAKey rsa) {
      return "RSA " + rsa.getModulus().bitLength();
    }
    return key instanceof ECKey ec
        ? "EC " + ec.getParams().getCurve().getField().getFieldSize()
        : key.getAlgorithm();
  }
}
