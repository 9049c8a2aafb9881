package io.wwep.certs.file;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** Turns keys of files into those of this Java, as far as it knows them. */
final class JavaKeys {

  private static final Map<ASN1ObjectIdentifier, String> NAMES =
      Map.of(
          PKCSObjectIdentifiers.rsaEncryption, "RSA",
          PKCSObjectIdentifiers.id_RSASSA_PSS, "RSASSA-PSS",
          X9ObjectIdentifiers.id_ecPublicKey, "EC",
          EdECObjectIdentifiers.id_Ed25519, "EdDSA",
          EdECObjectIdentifiers.id_Ed448, "EdDSA");

  private JavaKeys() {}

  /**
   * @throws GeneralSecurityException when this Java does not know the kind, or the key is damaged
   */
  static PublicKey of(SubjectPublicKeyInfo key) throws GeneralSecurityException {
    try {
      return factory(key.getAlgorithm().getAlgorithm())
          .generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  /**
   * @throws GeneralSecurityException when this Java does not know the kind, or the key is damaged
   */
  static PrivateKey of(PrivateKeyInfo key) throws GeneralSecurityException {
    try {
      return factory(key.getPrivateKeyAlgorithm().getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(key.getEncoded()));
    } catch (IOException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static KeyFactory factory(ASN1ObjectIdentifier algorithm)
      throws GeneralSecurityException {
    return KeyFactory.getInstance(NAMES.getOrDefault(algorithm, algorithm.getId()));
  }
}
