package io.wwep.certs;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.EdECPublicKey;
import java.security.interfaces.RSAPublicKey;

/**
 * Which keys of strangers are worked with: those whose signature takes milliseconds to check.
 *
 * <p>Whoever sends a certificate chooses the numbers in it. A DSA key with a prime of 100,000 bits,
 * or an RSA key with an exponent of thousands, keeps a processor busy for hours.
 */
public final class QuickKey {

  private static final int RSA_BITS_MAX = 8192;
  private static final int RSA_EXPONENT_BITS_MAX = 64;

  /** That of P-521, the largest curve that the JDK takes. */
  private static final int EC_BITS_MAX = 521;

  private QuickKey() {}

  /** Whether a key is of a kind and size whose signatures are checked quickly. */
  public static boolean isOne(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return rsa.getModulus().bitLength() <= RSA_BITS_MAX
          && rsa.getPublicExponent().bitLength() <= RSA_EXPONENT_BITS_MAX;
    }
    return key instanceof EdECPublicKey
        || (key instanceof ECPublicKey ec
            && ec.getParams().getCurve().getField().getFieldSize() <= EC_BITS_MAX);
  }
}
