package io.wwep.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.Certificate;

/**
 * Certificates that say the same, and have other bytes and so another fingerprint.
 *
 * <p>Whoever has a certificate can make some that are as valid: anything but DER is read by many,
 * and to each ECDSA signature (r, s) there is (r, n - s), where n is the order of the curve. A list
 * of fingerprints has to hold for them too.
 */
final class Twins {

  private Twins() {}

  /** Whether a certificate is DER to the last bit, with one algorithm for its signature. */
  static boolean isCanonical(X509Certificate certificate) {
    try {
      byte[] encoded = certificate.getEncoded();
      Certificate parsed = Certificate.getInstance(encoded);
      return MessageDigest.isEqual(parsed.getEncoded(ASN1Encoding.DER), encoded)
          && parsed.getSignatureAlgorithm().equals(parsed.getTBSCertificate().getSignature())
          && parsed.getSignature().getPadBits() == 0
          && (!isEcdsa(certificate) || isDer(parsed.getSignature().getOctets()));
    } catch (IOException | CertificateEncodingException | RuntimeException e) {
      return false; // Bouncy Castle says so with several
    }
  }

  private static boolean isEcdsa(X509Certificate certificate) {
    return certificate.getSigAlgName().endsWith("ECDSA");
  }

  private static boolean isDer(byte[] signature) throws IOException {
    return Arrays.equals(
        ASN1Primitive.fromByteArray(signature).getEncoded(ASN1Encoding.DER), signature);
  }

  /**
   * Returns the fingerprint of the one other certificate that is canonical and says the same; empty
   * where there is none.
   *
   * @param certificate is canonical
   * @param issuer who signed it
   */
  static Optional<String> fingerprintOfTwin(X509Certificate certificate, X509Certificate issuer) {
    if (!isEcdsa(certificate) || !(issuer.getPublicKey() instanceof ECPublicKey key)) {
      return Optional.empty();
    }
    try {
      Certificate parsed = Certificate.getInstance(certificate.getEncoded());
      ASN1Sequence pair = ASN1Sequence.getInstance(parsed.getSignature().getOctets());
      BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue();
      ASN1Integer other = new ASN1Integer(key.getParams().getOrder().subtract(s));
      byte[] signature = new DERSequence(pair.getObjectAt(0), other).getEncoded();
      byte[] twin =
          new DERSequence(
                  new ASN1Encodable[] {
                    parsed.getTBSCertificate(),
                    parsed.getSignatureAlgorithm(),
                    new DERBitString(signature)
                  })
              .getEncoded(ASN1Encoding.DER);
      return Optional.of(KeyWords.fingerprint(twin));
    } catch (IOException | CertificateEncodingException e) {
      throw new IllegalStateException("a canonical certificate can be written again", e);
    }
  }
}
