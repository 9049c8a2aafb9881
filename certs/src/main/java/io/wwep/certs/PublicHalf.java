package io.wwep.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.RSAPrivateKey;
import org.bouncycastle.asn1.pkcs.RSAPublicKey;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.ECNamedCurveTable;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed448PrivateKeyParameters;
import org.bouncycastle.math.ec.FixedPointCombMultiplier;

/** The public key of a private one, and whether two are the same. */
public final class PublicHalf {

  private PublicHalf() {}

  /** Returns it, unless the key is damaged or of a kind that is not known here. */
  public static Optional<SubjectPublicKeyInfo> of(PrivateKeyInfo key) {
    try {
      ASN1ObjectIdentifier oid = key.getPrivateKeyAlgorithm().getAlgorithm();
      if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)
          || oid.equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
        return Optional.of(rsa(key));
      }
      if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
        return ec(key);
      }
      return edwards(key, oid);
    } catch (IOException | RuntimeException damaged) {
      return Optional.empty();
    }
  }

  private static SubjectPublicKeyInfo rsa(PrivateKeyInfo key) throws IOException {
    RSAPrivateKey rsa = RSAPrivateKey.getInstance(key.parsePrivateKey());
    return new SubjectPublicKeyInfo(
        new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
        new RSAPublicKey(rsa.getModulus(), rsa.getPublicExponent()));
  }

  /** Calculated and not read, since what stands beside the key could be another's. */
  private static Optional<SubjectPublicKeyInfo> ec(PrivateKeyInfo key) throws IOException {
    Optional<X9ECParameters> curve = curve(key.getPrivateKeyAlgorithm());
    if (curve.isEmpty()) {
      return Optional.empty();
    }
    BigInteger d = ECPrivateKey.getInstance(key.parsePrivateKey()).getKey();
    if (d.signum() <= 0 || d.compareTo(curve.get().getN()) >= 0) {
      return Optional.empty();
    }
    byte[] point = new FixedPointCombMultiplier().multiply(curve.get().getG(), d).getEncoded(false);
    return Optional.of(new SubjectPublicKeyInfo(key.getPrivateKeyAlgorithm(), point));
  }

  /**
   * Returns an EC key together with its public key, which RFC 5915 wants beside it, Java leaves out
   * and GnuTLS does not do without; other keys as they are.
   */
  public static PrivateKeyInfo completed(PrivateKeyInfo key) {
    try {
      if (!key.getPrivateKeyAlgorithm().getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)) {
        return key;
      }
      ECPrivateKey ec = ECPrivateKey.getInstance(key.parsePrivateKey());
      Optional<SubjectPublicKeyInfo> half = ec(key);
      return ec.getPublicKey() != null || half.isEmpty()
          ? key
          : new PrivateKeyInfo(
              key.getPrivateKeyAlgorithm(),
              new ECPrivateKey(
                  curve(key.getPrivateKeyAlgorithm()).orElseThrow().getN().bitLength(),
                  ec.getKey(),
                  half.get().getPublicKeyData(),
                  null));
    } catch (IOException | RuntimeException damaged) {
      return key;
    }
  }

  /** Only by name: what a hostile file writes out could take hours. */
  private static Optional<X9ECParameters> curve(AlgorithmIdentifier algorithm) {
    return algorithm.getParameters() instanceof ASN1ObjectIdentifier name
        ? Optional.ofNullable(ECNamedCurveTable.getByOID(name))
        : Optional.empty();
  }

  private static Optional<SubjectPublicKeyInfo> edwards(
      PrivateKeyInfo key, ASN1ObjectIdentifier oid) throws IOException {
    byte[] seed = ASN1OctetString.getInstance(key.parsePrivateKey()).getOctets();
    if (oid.equals(EdECObjectIdentifiers.id_Ed25519)) {
      return Optional.of(
          new SubjectPublicKeyInfo(
              key.getPrivateKeyAlgorithm(),
              new Ed25519PrivateKeyParameters(seed).generatePublicKey().getEncoded()));
    }
    if (oid.equals(EdECObjectIdentifiers.id_Ed448)) {
      return Optional.of(
          new SubjectPublicKeyInfo(
              key.getPrivateKeyAlgorithm(),
              new Ed448PrivateKeyParameters(seed).generatePublicKey().getEncoded()));
    }
    return Optional.empty();
  }

  /** Returns the SHA-256 of a key in DER, as of {@code openssl pkey -pubout -outform DER}. */
  public static String fingerprint(SubjectPublicKeyInfo key) {
    return KeyWords.fingerprint(der(key));
  }

  private static byte[] der(SubjectPublicKeyInfo key) {
    try {
      return key.getEncoded();
    } catch (IOException e) {
      throw new IllegalStateException("it was read from DER", e);
    }
  }

  /** Whether two are one key, in whichever way they are written. */
  public static boolean isSame(SubjectPublicKeyInfo one, SubjectPublicKeyInfo other) {
    return Arrays.equals(der(plain(one)), der(plain(other)));
  }

  /** A point may be written in half of its length, and RSA with a restriction to PSS. */
  private static SubjectPublicKeyInfo plain(SubjectPublicKeyInfo key) {
    try {
      if (key.getAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
        return new SubjectPublicKeyInfo(
            new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
            RSAPublicKey.getInstance(key.parsePublicKey()));
      }
      byte[] point = key.getPublicKeyData().getOctets();
      Optional<X9ECParameters> curve = curve(key.getAlgorithm());
      return curve.isEmpty() || point.length == 0 || point[0] == 4
          ? key
          : new SubjectPublicKeyInfo(
              key.getAlgorithm(), curve.get().getCurve().decodePoint(point).getEncoded(false));
    } catch (IOException | RuntimeException damaged) {
      return key;
    }
  }
}
