package io.wwep.certs;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import org.bouncycastle.asn1.x509.DigestInfo;

/**
 * Holds a certificate's content against its signature, in the two steps in which a board does it:
 * the hash of what was signed (tbsCertificate, RFC 5280 section 4.1.1.1), and what the issuer's key
 * makes of the signature. With RSA (PKCS #1 v1.5, RFC 8017 section 8.2.2) that is the hash again,
 * and so the two can be shown.
 */
final class SignatureCheck {

  /** As in SHA256withRSA and SHA3-256withECDSA. */
  private static final Pattern HASH = Pattern.compile("(MD\\d|SHA3-\\d+|SHA-?\\d+)with.*");

  private static final int SHOWN_BYTES = 4;

  private final X509Certificate certificate;
  private final PublicKey issuerKey;

  SignatureCheck(X509Certificate certificate, PublicKey issuerKey) {
    this.certificate = certificate;
    this.issuerKey = issuerKey;
  }

  /** Whether the issuer's key made the signature, and of this content. */
  boolean isGood() {
    try {
      if (!QuickKey.isOne(issuerKey)) {
        return false;
      }
      certificate.verify(issuerKey);
      return true;
    } catch (GeneralSecurityException | RuntimeException e) {
      // Keys that do not fit throw what they like.
      return false;
    }
  }

  /** Returns the hash that is signed, as in {@code SHA-256}; empty where the kind has none. */
  static Optional<String> hashName(X509Certificate certificate) {
    // The JDK's name of RSASSA-PSS leaves the hash out, which is among its parameters.
    Matcher name = HASH.matcher(CertificateWords.of(certificate).signature());
    if (!name.matches()) {
      return Optional.empty();
    }
    String hash = name.group(1);
    return Optional.of(hash.replaceFirst("^SHA(\\d+)$", "SHA-$1"));
  }

  /** Returns the hash of the content, if this Java can make it. */
  Optional<byte[]> contentHash() {
    try {
      String name = hashName(certificate).orElseThrow(GeneralSecurityException::new);
      return Optional.of(MessageDigest.getInstance(name).digest(certificate.getTBSCertificate()));
    } catch (GeneralSecurityException none) {
      return Optional.empty();
    }
  }

  /**
   * Returns the hash that the signature holds, if it is RSA's and was made with the issuer's key.
   */
  Optional<byte[]> signedHash() {
    if (!(issuerKey instanceof RSAPublicKey) || !certificate.getSigAlgName().endsWith("withRSA")) {
      return Optional.empty();
    }
    try {
      Cipher cipher = Cipher.getInstance("RSA/ECB/PKCS1Padding");
      cipher.init(Cipher.DECRYPT_MODE, issuerKey);
      byte[] info = cipher.doFinal(certificate.getSignature());
      return Optional.of(DigestInfo.getInstance(info).getDigest());
    } catch (GeneralSecurityException | RuntimeException notMadeWithThisKey) {
      return Optional.empty();
    }
  }

  /** Whether the key fits the signature, and the content is another one than was signed. */
  boolean isContentChanged() {
    return signedHash()
        .flatMap(signed -> contentHash().map(own -> !Arrays.equals(own, signed)))
        .orElse(false);
  }

  /** Returns the beginning and the end of a hash in hex. */
  static String shortened(byte[] hash) {
    HexFormat hex = HexFormat.of();
    return hex.formatHex(hash, 0, SHOWN_BYTES)
        + "…"
        + hex.formatHex(hash, hash.length - SHOWN_BYTES, hash.length);
  }
}
