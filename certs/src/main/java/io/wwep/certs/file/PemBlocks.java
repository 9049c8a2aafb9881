package io.wwep.certs.file;

import io.wwep.certs.IdentityException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.openssl.bc.BcPEMDecryptorProvider;
import org.bouncycastle.util.io.pem.PemHeader;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/** Reads PEM blocks, each by itself, so that a damaged one does not hide the others. */
final class PemBlocks {

  private static final String DEK_INFO = "DEK-Info";

  private final String name;
  private final DerReader der;
  private final Password password;
  private final List<Item> items = new ArrayList<>();
  private final List<String> flaws = new ArrayList<>();

  PemBlocks(String name, DerReader der, Password password) {
    this.name = name;
    this.der = der;
    this.password = password;
  }

  List<Item> items() {
    return items;
  }

  List<String> flaws() {
    return flaws;
  }

  /**
   * @throws IdentityException when the password does not open it
   */
  void read(PemText.Block block) {
    String where = "PEM, line %d".formatted(block.line());
    try (PemReader reader = new PemReader(new StringReader(block.text()))) {
      PemObject object = reader.readPemObject();
      items.addAll(items(object, where));
    } catch (IdentityException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      flaws.add(
          "%s has a damaged block %s in line %d (%s): copy it again, whole lines from BEGIN to END"
              .formatted(name, block.type(), block.line(), IdentityException.words(e)));
    }
  }

  private List<Item> items(PemObject block, String where) throws IOException {
    if (block.getType().equals("OPENSSH PRIVATE KEY")) {
      return List.of(
          new OtherItem(
              where,
              "private key of SSH",
              "ssh-keygen -p -m PKCS8 -f FILE brings it into a form of TLS",
              false));
    }
    String method = header(block, DEK_INFO);
    if (method != null) {
      return encrypted(block, method, where);
    }
    if (block.getContent().length == 0) {
      throw new IOException("nothing stands between BEGIN and END");
    }
    return der.items(value(block), where);
  }

  /** What openssl trusts more than others has something behind the certificate. */
  private static byte[] value(PemObject block) throws IOException {
    if (!block.getType().equals("TRUSTED CERTIFICATE")) {
      return block.getContent();
    }
    try (ASN1InputStream in = new ASN1InputStream(block.getContent())) {
      return in.readObject().getEncoded();
    }
  }

  private static String header(PemObject block, String name) {
    for (Object each : block.getHeaders()) {
      if (((PemHeader) each).getName().equals(name)) {
        return ((PemHeader) each).getValue();
      }
    }
    return null;
  }

  /** The form of openssl before PKCS#8: the method in a header, the key hashed once. */
  private List<Item> encrypted(PemObject block, String method, String where) throws IOException {
    String cipher = method.split(",", 2)[0];
    String words = "%s, in openssl's old form".formatted(cipher);
    if (!password.isGiven()) {
      return List.of(
          DerReader.locked(where, "private key, protected by a password (%s)".formatted(words)));
    }
    try {
      byte[] salt = HexFormat.of().parseHex(method.substring(cipher.length() + 1).strip());
      byte[] plain =
          new BcPEMDecryptorProvider(password.characters())
              .get(cipher)
              .decrypt(block.getContent(), salt);
      return der.decrypted(plain, where, words);
    } catch (IOException | RuntimeException e) {
      throw der.refused(e);
    }
  }
}
