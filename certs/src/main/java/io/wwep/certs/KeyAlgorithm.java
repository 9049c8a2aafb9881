package io.wwep.certs;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;

/** The kinds of key that this project makes. Both sign with SHA-256. */
public enum KeyAlgorithm {
  /** Elliptic curve P-256: small and quick, for all but old boards. */
  EC_P256("EC P-256", "EC", "SHA256withECDSA"),
  /** RSA with 2048 bits: for boards whose stack knows no ECDSA. */
  RSA_2048("RSA 2048", "RSA", "SHA256withRSA");

  private final String words;
  private final String jcaName;
  private final String signature;

  KeyAlgorithm(String words, String jcaName, String signature) {
    this.words = words;
    this.jcaName = jcaName;
    this.signature = signature;
  }

  /** Returns the name that people know it by. */
  public String words() {
    return words;
  }

  /** Returns the JCA name of the signature that a key of this kind makes. */
  String signature() {
    return signature;
  }

  KeyPair generate() {
    try {
      return generator().generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IdentityException(
          "this Java cannot make %s keys (%s): use an unmodified JDK 17 or newer"
              .formatted(words, e.getMessage()),
          e);
    }
  }

  private KeyPairGenerator generator()
      throws NoSuchAlgorithmException, InvalidAlgorithmParameterException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(jcaName);
    generator.initialize(parameters());
    return generator;
  }

  private AlgorithmParameterSpec parameters() {
    return switch (this) {
      case EC_P256 -> new ECGenParameterSpec("secp256r1");
      case RSA_2048 -> new RSAKeyGenParameterSpec(2048, RSAKeyGenParameterSpec.F4);
    };
  }
}
