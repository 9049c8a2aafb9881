package io.wwep.client;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Set;

/**
 * Reads the private key of a certificate: PKCS#8 (RFC 5208), PKCS#1 for RSA (RFC 8017, A.1.2) and
 * SEC 1 for EC (RFC 5915).
 */
final class KeyFile {

  private static final String PKCS8 = "PRIVATE KEY";
  private static final Set<String> FORMS = Set.of(PKCS8, "RSA PRIVATE KEY", "EC PRIVATE KEY");

  private static final int SEQUENCE = 0x30;
  private static final int OCTET_STRING = 0x04;
  private static final int LONG_LENGTH = 0x80;
  private static final byte[] VERSION_0 = {0x02, 0x01, 0x00};

  private static final byte[] CHALLENGE = {'w', 'w', 'e', 'p'};

  private final Path path;
  private final PemFile file;
  private final PublicKey certified;

  private KeyFile(Path path, PublicKey certified) {
    this.path = path;
    this.certified = certified;
    file = new PemFile(path, PemFile.Kind.KEY);
  }

  /**
   * @param certified the key in the certificate, whose other half is expected
   * @throws IllegalArgumentException when the file cannot be read, holds no key or that of another
   *     certificate
   */
  static PrivateKey read(Path path, PublicKey certified) {
    return new KeyFile(path, certified).key();
  }

  private PrivateKey key() {
    PemFile.Block block = file.key();
    requireReadable(block);
    PrivateKey key = key(block);
    if (!isOtherHalf(key)) {
      throw notThis(null);
    }
    return key;
  }

  private void requireReadable(PemFile.Block block) {
    // The older way to encrypt says so in a header and not in the type.
    if (block.type().equals("ENCRYPTED " + PKCS8) || block.body().contains("ENCRYPTED")) {
      throw file.bad(
          "is protected by a password",
          "take it off with 'wwep cert convert %s plain.key.pem --password-file FILE', whose first line is the password"
              .formatted(path),
          null);
    }
    if (!FORMS.contains(block.type())) {
      throw file.bad(
          "holds a key in a form that is not read here (%s)".formatted(block.shownType()),
          block.shownType().startsWith("OPENSSH")
              ? "make PKCS#8 of it, as ssh-keygen -p -m PKCS8 does"
              : "make PKCS#8 of it, as 'wwep cert convert %s plain.key.pem' does".formatted(path),
          null);
    }
  }

  private PrivateKey key(PemFile.Block block) {
    try {
      byte[] der = block.der();
      return KeyFactory.getInstance(certified.getAlgorithm())
          .generatePrivate(new PKCS8EncodedKeySpec(block.type().equals(PKCS8) ? der : pkcs8(der)));
    } catch (GeneralSecurityException | RuntimeException e) {
      // The JDK trips over some bytes with exceptions of its own.
      throw notThis(e);
    }
  }

  /**
   * The two older forms are what PKCS#8 has inside. What it adds, algorithm and curve, the
   * certificate's key begins with in the same bytes (RFC 5280, section 4.1).
   */
  private byte[] pkcs8(byte[] inside) {
    byte[] certifiedDer = certified.getEncoded();
    int algorithm = contentAt(certifiedDer, 0);
    return der(
        SEQUENCE,
        VERSION_0,
        Arrays.copyOfRange(certifiedDer, algorithm, endOf(certifiedDer, algorithm)),
        der(OCTET_STRING, inside));
  }

  private static int contentAt(byte[] der, int at) {
    int length = der[at + 1] & 0xFF;
    return at + 2 + (length < LONG_LENGTH ? 0 : length - LONG_LENGTH);
  }

  private static int endOf(byte[] der, int at) {
    int contentAt = contentAt(der, at);
    int length = contentAt == at + 2 ? der[at + 1] : 0;
    for (int i = at + 2; i < contentAt; i++) {
      length = (length << 8) | (der[i] & 0xFF);
    }
    return contentAt + length;
  }

  private static byte[] der(int tag, byte[]... parts) {
    int length = Arrays.stream(parts).mapToInt(part -> part.length).sum();
    ByteArrayOutputStream der = new ByteArrayOutputStream();
    der.write(tag);
    if (length < LONG_LENGTH) {
      der.write(length);
    } else {
      byte[] digits = BigInteger.valueOf(length).toByteArray();
      int from = digits[0] == 0 ? 1 : 0; // its sign
      der.write(LONG_LENGTH + digits.length - from);
      der.write(digits, from, digits.length - from);
    }
    for (byte[] part : parts) {
      der.writeBytes(part);
    }
    return der.toByteArray();
  }

  /** What the key signs must verify; for RSA the modulus tells it without a slow signature. */
  private boolean isOtherHalf(PrivateKey key) {
    if (key instanceof RSAKey own && certified instanceof RSAKey other) {
      return own.getModulus().equals(other.getModulus());
    }
    try {
      Signature signature =
          Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "EdDSA");
      signature.initSign(key);
      signature.update(CHALLENGE);
      byte[] signed = signature.sign();
      signature.initVerify(certified);
      signature.update(CHALLENGE);
      return signature.verify(signed);
    } catch (GeneralSecurityException e) {
      return false; // keys of two sizes or curves
    }
  }

  private IllegalArgumentException notThis(Throwable cause) {
    return file.bad(
        "does not belong to the certificate, or is damaged",
        "give the %s key that the certificate was made with".formatted(certified.getAlgorithm()),
        cause);
  }
}
