package io.wwep.certs;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.util.List;
import java.util.Locale;

/**
 * A private key and the certificate that belongs to it. An instance always matches: what the key
 * signs, the first certificate verifies. Immutable.
 *
 * @param key an RSA or EC key
 * @param chain the certificate of the key first, then the one that signed it, and so on; 1 to 10
 */
public record Identity(PrivateKey key, List<X509Certificate> chain) {

  /** More than any certificate authority issues, and more than a board could take. */
  static final int CHAIN_MAX = 10;

  /**
   * @throws IllegalArgumentException when the chain is empty or too long, the key is neither RSA
   *     nor EC, or the first certificate is not the key's
   */
  public Identity {
    chain = List.copyOf(chain);
    if (chain.isEmpty() || chain.size() > CHAIN_MAX) {
      throw new IllegalArgumentException(
          "chain must be 1 to %d certificates, not %d".formatted(CHAIN_MAX, chain.size()));
    }
    if (!key.getAlgorithm().equals("RSA") && !key.getAlgorithm().equals("EC")) {
      throw new IllegalArgumentException(
          "key must be RSA or EC, not %s".formatted(key.getAlgorithm()));
    }
    if (!matches(key, chain.get(0).getPublicKey())) {
      throw new IllegalArgumentException("the first certificate is not the key's");
    }
  }

  /** Returns the certificate of the key. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Whether the key is on an elliptic curve; otherwise it is RSA. */
  public boolean isEc() {
    return key.getAlgorithm().equals("EC");
  }

  /**
   * Returns the SHA-256 of the certificate in DER, as 32 pairs of upper-case hex digits with colons
   * between them: what {@code openssl x509 -fingerprint -sha256} prints.
   */
  public String fingerprint() {
    return CertificateWords.of(certificate()).fingerprint();
  }

  /** Whether {@code certificate} verifies what {@code key} signs. */
  static boolean matches(PrivateKey key, PublicKey certified) {
    // A key pair of two algorithms never matches, and Signature would throw.
    if (!key.getAlgorithm().equals(certified.getAlgorithm())) {
      return false;
    }
    if (key instanceof RSAKey own && certified instanceof RSAKey other) {
      // A signature would take a tenth of a second before it is compiled.
      return own.getModulus().equals(other.getModulus());
    }
    return verifies(key, certified);
  }

  private static boolean verifies(PrivateKey key, PublicKey certified) {
    byte[] challenge = {'w', 'w', 'e', 'p'};
    try {
      Signature signature = Signature.getInstance("SHA256withECDSA");
      signature.initSign(key);
      signature.update(challenge);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(challenge);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // keys of two sizes or curves
    }
  }

  /** Names the certificate; never shows the key, so that it cannot end up in a log. */
  @Override
  public String toString() {
    return "Identity[%s, %s, SHA-256 %s]"
        .formatted(
            certificate().getSubjectX500Principal().getName(),
            key.getAlgorithm().toUpperCase(Locale.ROOT),
            fingerprint());
  }
}
