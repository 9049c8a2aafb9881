package io.wwep.certs;

import java.io.IOException;
import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;

/** Makes a private key of PEM blocks: PKCS#8, PKCS#1 for RSA and SEC 1 for EC. */
final class PemKey {

  private static final String PKCS8 = "PRIVATE KEY";
  private static final String PKCS8_ENCRYPTED = "ENCRYPTED PRIVATE KEY";
  private static final String PKCS1 = "RSA PRIVATE KEY";
  private static final String SEC1 = "EC PRIVATE KEY";
  private static final String SEC1_CURVE = "EC PARAMETERS";

  /** The server's TLS stacks differ on others. */
  private static final List<ECParameterSpec> CURVES =
      List.of(curve("secp256r1"), curve("secp384r1"));

  /** The least that the JDK's TLS takes. */
  private static final int RSA_BITS_MIN = 1024;

  private static final int RSA_BITS_MAX = 8192;

  private PemKey() {}

  static boolean hasKey(List<PemObject> blocks) {
    return blocks.stream().anyMatch(PemKey::isKey);
  }

  private static boolean isKey(PemObject block) {
    return block.getType().endsWith(PKCS8);
  }

  static PrivateKey parse(Path file, List<PemObject> blocks) {
    PemObject block =
        blocks.stream().filter(PemKey::isKey).findFirst().orElseThrow(() -> noKey(file, blocks));
    if (isEncrypted(block)) {
      throw new IdentityException(
          "key %s is protected by a password: take it off with 'wwep cert convert %s plain.key.pem --password-file FILE', whose first line is the password"
              .formatted(file, file));
    }
    PrivateKey key = key(file, block, blocks);
    requireSupported(file, key);
    return key;
  }

  private static IdentityException noKey(Path file, List<PemObject> blocks) {
    String type = blocks.get(0).getType();
    return new IdentityException(
        "key file %s holds no private key, but a block named %s: give the file with PRIVATE KEY"
            .formatted(file, type));
  }

  private static boolean isEncrypted(PemObject block) {
    List<?> headers = block.getHeaders();
    return block.getType().equals(PKCS8_ENCRYPTED)
        || headers.stream().anyMatch(each -> ((PemHeader) each).getValue().contains("ENCRYPTED"));
  }

  private static PrivateKey key(Path file, PemObject block, List<PemObject> blocks) {
    try {
      PrivateKeyInfo info = info(file, block, blocks);
      return KeyFactory.getInstance(algorithm(file, info))
          .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    } catch (IdentityException e) {
      throw e;
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // The library has several of its own for what does not fit together.
      throw new IdentityException(
          "key %s is damaged or of an unusual kind (%s): copy it again, or make an EC P-256 key"
              .formatted(file, IdentityException.words(e)),
          e);
    }
  }

  /** Everything is brought into PKCS#8, the one form that the JDK reads. */
  private static PrivateKeyInfo info(Path file, PemObject block, List<PemObject> blocks)
      throws IOException {
    return switch (block.getType()) {
      case PKCS8 -> PrivateKeyInfo.getInstance(block.getContent());
      case PKCS1 ->
          new PrivateKeyInfo(
              new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption, DERNull.INSTANCE),
              ASN1Primitive.fromByteArray(block.getContent()));
      case SEC1 -> sec1(block, blocks);
      default -> throw unsupported(file, block.getType());
    };
  }

  private static PrivateKeyInfo sec1(PemObject block, List<PemObject> blocks) throws IOException {
    ECPrivateKey key = ECPrivateKey.getInstance(block.getContent());
    ASN1Encodable curve = key.getParametersObject();
    for (PemObject each : blocks) {
      if (curve == null && each.getType().equals(SEC1_CURVE)) {
        curve = ASN1Primitive.fromByteArray(each.getContent());
      }
    }
    return new PrivateKeyInfo(
        new AlgorithmIdentifier(X9ObjectIdentifiers.id_ecPublicKey, curve), key);
  }

  private static String algorithm(Path file, PrivateKeyInfo info) {
    var oid = info.getPrivateKeyAlgorithm().getAlgorithm();
    if (oid.equals(PKCSObjectIdentifiers.rsaEncryption)) {
      return "RSA";
    }
    if (oid.equals(X9ObjectIdentifiers.id_ecPublicKey)) {
      return "EC";
    }
    throw unsupported(file, name(oid.getId()));
  }

  private static String name(String oid) {
    return switch (oid) {
      case "1.3.101.112" -> "Ed25519";
      case "1.3.101.113" -> "Ed448";
      case "1.2.840.113549.1.1.10" -> "RSA-PSS";
      case "1.2.840.10040.4.1" -> "DSA";
      default -> "algorithm " + oid;
    };
  }

  /**
   * Throws unless the server's TLS stacks can use a key, private or public.
   *
   * @throws IdentityException when it is neither RSA nor on P-256 or P-384
   */
  static void requireSupported(Path file, Key key) {
    if (key instanceof RSAKey rsa) {
      int bits = rsa.getModulus().bitLength();
      if (bits < RSA_BITS_MIN || bits > RSA_BITS_MAX) {
        throw unsupported(file, "RSA with %d bits".formatted(bits));
      }
    } else if (key instanceof ECKey ec) {
      if (CURVES.stream().noneMatch(each -> isSame(each, ec.getParams()))) {
        int bits = ec.getParams().getCurve().getField().getFieldSize();
        throw unsupported(file, "EC on another curve, of %d bits".formatted(bits));
      }
    } else {
      throw unsupported(file, key.getAlgorithm());
    }
  }

  /** Two curves of one size differ in these; the generator alone would do. */
  private static boolean isSame(ECParameterSpec one, ECParameterSpec other) {
    return one.getCurve().equals(other.getCurve())
        && one.getGenerator().equals(other.getGenerator());
  }

  private static ECParameterSpec curve(String name) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return parameters.getParameterSpec(ECParameterSpec.class);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK knows " + name, e);
    }
  }

  private static IdentityException unsupported(Path file, String kind) {
    return new IdentityException(
        "%s has a key of a kind that cannot be used here (%s): use RSA with 2048 bits or EC on"
                .formatted(file, kind)
            + " P-256 or P-384");
  }
}
