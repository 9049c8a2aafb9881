package io.wwep.certs.file;

import io.wwep.certs.IdentityException;
import io.wwep.certs.Pem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/**
 * Writes the forms for which the JDK has all that is needed: PKCS#12, PKCS#7 and encrypted keys.
 *
 * <p>PKCS#12 has what keytool and OpenSSL 3 write by default, AES-256 with PBKDF2 and SHA-256,
 * which Windows takes since Windows 10, version 1709.
 */
final class Protection {

  private static final String CIPHER = "PBEWithHmacSHA256AndAES_256";

  /** As the JDK has it for PKCS#12. */
  private static final int ROUNDS = 10_000;

  private static final int SALT_BYTES = 16;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Protection() {}

  /** Returns a key in PKCS#8 that is encrypted, as PEM. */
  static Converted key(PrivateKeyItem key, Password password, String what, List<String> notes) {
    if (password.characters().length == 0) {
      throw new IdentityException(
          "the password for the new key is empty: put one into the file, or leave out --out-password-file for a key without one");
    }
    requireAscii(password);
    try {
      byte[] salt = new byte[SALT_BYTES];
      RANDOM.nextBytes(salt);
      Cipher cipher = Cipher.getInstance(CIPHER);
      cipher.init(
          Cipher.ENCRYPT_MODE,
          SecretKeyFactory.getInstance(CIPHER)
              .generateSecret(new PBEKeySpec(password.characters())),
          new PBEParameterSpec(salt, ROUNDS));
      byte[] encrypted = cipher.doFinal(Conversion.encoded(key));
      ASN1Primitive parameters = ASN1Primitive.fromByteArray(cipher.getParameters().getEncoded());
      byte[] der =
          new EncryptedPrivateKeyInfo(
                  new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters), encrypted)
              .getEncoded();
      return new Converted(
          Pem.write("ENCRYPTED PRIVATE KEY", der).getBytes(StandardCharsets.US_ASCII),
          true,
          what + ", under a password",
          List.copyOf(notes));
    } catch (GeneralSecurityException | IOException e) {
      throw impossible("an encrypted key", e);
    }
  }

  /**
   * @param key null for certificates alone
   * @param chain that of the key first
   */
  static Converted pkcs12(
      PrivateKeyItem key,
      List<CertificateItem> chain,
      Password password,
      String what,
      List<String> notes) {
    if (password.characters().length == 0) {
      throw new IdentityException(
          "PKCS#12 needs a password: put one into a file and give that with --password-file, or set the variable WWEP_PASSWORD");
    }
    requireAscii(password);
    try {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      Certificate[] certificates = certificates(chain).toArray(Certificate[]::new);
      if (key != null) {
        store.setKeyEntry(
            alias(store, chain.get(0)),
            JavaKeys.of(key.key()),
            password.characters(),
            certificates);
      } else {
        for (int i = 0; i < certificates.length; i++) {
          store.setCertificateEntry(alias(store, chain.get(i)), certificates[i]);
        }
        if (store.size() != certificates.length) {
          throw new IllegalStateException("one certificate has taken another one's place");
        }
      }
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      store.store(bytes, password.characters());
      return new Converted(bytes.toByteArray(), key != null, what, List.copyOf(notes));
    } catch (GeneralSecurityException | IOException e) {
      throw impossible("PKCS#12", e);
    }
  }

  /** What programs list an entry by; a second one of that name, in any case, would replace it. */
  private static String alias(KeyStore store, CertificateItem item) throws KeyStoreException {
    String name = item.words().shortName();
    String alias = name;
    for (int i = 2; store.containsAlias(alias); i++) {
      alias = "%s %d".formatted(name, i);
    }
    return alias;
  }

  /** The JDK's cipher takes no others, and programs differ in how they write them as bytes. */
  private static void requireAscii(Password password) {
    for (char each : password.characters()) {
      if (each < ' ' || each > '~') {
        throw new IdentityException(
            "files are written under a password of ASCII alone, which all programs read alike: choose one of the letters a to z and A to Z, digits and signs");
      }
    }
  }

  /** Returns the certificates without a signature of their own, in DER. */
  static byte[] pkcs7(List<CertificateItem> certificates) {
    try {
      return CertificateFactory.getInstance("X.509")
          .generateCertPath(certificates(certificates))
          .getEncoded("PKCS7");
    } catch (GeneralSecurityException e) {
      throw impossible("PKCS#7", e);
    }
  }

  private static List<Certificate> certificates(List<CertificateItem> items)
      throws GeneralSecurityException {
    CertificateFactory factory = CertificateFactory.getInstance("X.509");
    List<Certificate> certificates = new ArrayList<>();
    for (CertificateItem each : items) {
      certificates.add(
          factory.generateCertificate(new ByteArrayInputStream(Conversion.encoded(each))));
    }
    return certificates;
  }

  private static IdentityException impossible(String what, Exception cause) {
    return new IdentityException(
        "this Java cannot make %s of it (%s): use keys and certificates of RSA, or of EC P-256 or P-384"
            .formatted(what, IdentityException.words(cause)),
        cause);
  }
}
