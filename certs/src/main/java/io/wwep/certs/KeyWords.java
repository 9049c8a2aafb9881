package io.wwep.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.operator.DefaultAlgorithmNameFinder;

/** Names of keys and of what they sign with, as people know them; and fingerprints. */
public final class KeyWords {

  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  private static final Map<ASN1ObjectIdentifier, String> OTHERS =
      Map.of(
          EdECObjectIdentifiers.id_X25519, "X25519",
          EdECObjectIdentifiers.id_X448, "X448",
          X9ObjectIdentifiers.id_dsa, "DSA",
          PKCSObjectIdentifiers.dhKeyAgreement, "DH");

  /** Bouncy Castle turns some names round: {@code ECDSAwithSHA1}. */
  private static final Pattern KEY_FIRST = Pattern.compile("(RSA|DSA|ECDSA)with(SHA\\d+|MD\\d)");

  private KeyWords() {}

  /** Returns kind and size of a key, as {@code RSA 2048}, {@code EC P-256}, {@code Ed25519}. */
  public static String of(SubjectPublicKeyInfo key) {
    return rsaModulus(key)
        .map(
            modulus ->
                "RSA %d%s"
                    .formatted(
                        modulus.bitLength(), isPss(key.getAlgorithm()) ? ", for PSS alone" : ""))
        .orElseGet(() -> of(key.getAlgorithm()));
  }

  /** Returns the kind of a key by its algorithm alone. */
  public static String of(AlgorithmIdentifier algorithm) {
    ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
    if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return "EC " + Curves.name(algorithm);
    }
    if (oid.equals(PKCSObjectIdentifiers.rsaEncryption) || isPss(algorithm)) {
      return "RSA";
    }
    return OTHERS.getOrDefault(oid, Curves.name(algorithm));
  }

  private static boolean isPss(AlgorithmIdentifier algorithm) {
    return algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS);
  }

  /** Returns the modulus of an RSA key, if it is one, and not damaged. */
  static Optional<BigInteger> rsaModulus(SubjectPublicKeyInfo key) {
    boolean rsa =
        key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption)
            || isPss(key.getAlgorithm());
    try {
      return rsa
          ? Optional.of(RSAPublicKey.getInstance(key.parsePublicKey()).getModulus())
          : Optional.empty();
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    }
  }

  /** Returns what a signature was made with, as {@code SHA256withRSA}. */
  public static String signature(AlgorithmIdentifier algorithm) {
    if (isPss(algorithm)) {
      return pssHash(algorithm) + "withRSA-PSS";
    }
    String name = new DefaultAlgorithmNameFinder().getAlgorithmName(algorithm.getAlgorithm());
    String words = name.replace("WITH", "with").replace("ENCRYPTION", "").replace("SHA-", "SHA");
    return KEY_FIRST.matcher(words).replaceFirst("$2with$1");
  }

  private static String pssHash(AlgorithmIdentifier algorithm) {
    try {
      AlgorithmIdentifier hash =
          RSASSAPSSparams.getInstance(algorithm.getParameters()).getHashAlgorithm();
      return new DefaultAlgorithmNameFinder()
          .getAlgorithmName(hash.getAlgorithm())
          .replace("SHA-", "SHA");
    } catch (RuntimeException damaged) {
      return "unknown";
    }
  }

  /** Returns the SHA-256 of DER as pairs of upper-case hex digits with colons between them. */
  public static String fingerprint(byte[] der) {
    try {
      return COLONS.formatHex(MessageDigest.getInstance("SHA-256").digest(der));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
