package io.wwep.certs;

import java.security.PublicKey;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.teletrust.TeleTrusTObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The names that people know curves and kinds of key by. */
final class Curves {

  private static final Map<ASN1ObjectIdentifier, String> NAMES =
      Map.ofEntries(
          Map.entry(X9ObjectIdentifiers.prime192v1, "P-192"),
          Map.entry(SECObjectIdentifiers.secp224r1, "P-224"),
          Map.entry(X9ObjectIdentifiers.prime256v1, "P-256"),
          Map.entry(SECObjectIdentifiers.secp384r1, "P-384"),
          Map.entry(SECObjectIdentifiers.secp521r1, "P-521"),
          Map.entry(SECObjectIdentifiers.secp192k1, "secp192k1"),
          Map.entry(SECObjectIdentifiers.secp224k1, "secp224k1"),
          Map.entry(SECObjectIdentifiers.secp256k1, "secp256k1"),
          Map.entry(TeleTrusTObjectIdentifiers.brainpoolP256r1, "brainpoolP256r1"),
          Map.entry(TeleTrusTObjectIdentifiers.brainpoolP384r1, "brainpoolP384r1"),
          Map.entry(TeleTrusTObjectIdentifiers.brainpoolP512r1, "brainpoolP512r1"),
          Map.entry(new ASN1ObjectIdentifier("1.3.101.112"), "Ed25519"),
          Map.entry(new ASN1ObjectIdentifier("1.3.101.113"), "Ed448"));

  /**
   * Those that mbed TLS 2.28 takes in certificates as it comes: all that its {@code config.h}
   * switches on.
   */
  static final List<String> OF_MBEDTLS =
      List.of(
          "P-192",
          "P-224",
          "P-256",
          "P-384",
          "P-521",
          "secp192k1",
          "secp224k1",
          "secp256k1",
          "brainpoolP256r1",
          "brainpoolP384r1",
          "brainpoolP512r1");

  private Curves() {}

  /** Returns the curve of an elliptic key, or the kind of another one. */
  static String name(PublicKey key) {
    try {
      return name(SubjectPublicKeyInfo.getInstance(key.getEncoded()).getAlgorithm());
    } catch (IllegalArgumentException damaged) {
      return "of an unknown kind";
    }
  }

  /** Returns the same of a key's algorithm. */
  static String name(AlgorithmIdentifier algorithm) {
    boolean elliptic = algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey);
    if (elliptic && !(algorithm.getParameters() instanceof ASN1ObjectIdentifier)) {
      return "with a curve of its own";
    }
    ASN1ObjectIdentifier named =
        elliptic ? (ASN1ObjectIdentifier) algorithm.getParameters() : algorithm.getAlgorithm();
    return NAMES.getOrDefault(named, named.getId());
  }
}
