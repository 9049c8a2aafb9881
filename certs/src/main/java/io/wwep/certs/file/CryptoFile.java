package io.wwep.certs.file;

import io.wwep.certs.IdentityException;
import io.wwep.certs.InputFile;
import io.wwep.certs.NoPem;
import io.wwep.certs.Pem;
import io.wwep.certs.Problems;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;

/**
 * A file with certificates, keys, requests or lists of withdrawn certificates, in whichever form:
 * PEM, DER, PKCS#7, PKCS#8, PKCS#12, and what people paste. Immutable.
 */
public final class CryptoFile {

  /** The roots of a whole system are some 150. */
  static final int ITEMS_MAX = 1_000;

  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]{40,}+={0,2}");

  private static final Pattern END = Pattern.compile("\\.[^./\\\\]*$");
  private static final int SEQUENCE = 0x30;

  private final String name;
  private final Path path;
  private final List<Item> items = new ArrayList<>();
  private final List<String> flaws = new ArrayList<>();
  private String format = "DER";

  private CryptoFile(String name, Path path) {
    this.name = name;
    this.path = path;
  }

  /**
   * Reads a file.
   *
   * @param password opens what is protected
   * @throws IdentityException when it cannot be read, is none of the forms, or does not open
   */
  public static CryptoFile read(Path file, Password password) {
    CryptoFile read = new CryptoFile(file.toString(), file);
    read.parse(InputFile.read(file, read.name), password);
    return read;
  }

  /**
   * Reads a stream until its end.
   *
   * @param name what sentences call it
   * @throws IdentityException as for a file
   */
  public static CryptoFile read(InputStream in, String name, Password password) {
    CryptoFile read = new CryptoFile(name, null);
    read.parse(InputFile.read(in, name), password);
    return read;
  }

  /** Returns what sentences call it. */
  public String name() {
    return name;
  }

  /** Returns the outer form: {@code PEM}, {@code DER} or {@code base64}. */
  public String format() {
    return format;
  }

  /** Returns what is in it, in its order: one item or more. */
  public List<Item> items() {
    return List.copyOf(items);
  }

  /** Returns the items of one kind. */
  <T extends Item> List<T> items(Class<T> kind) {
    return items.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /**
   * Returns the certificates in it in their order, one or more, and passes over all else.
   *
   * @throws IdentityException when there is none, or one of a kind that this Java does not read
   */
  public List<X509Certificate> certificates() {
    List<CertificateItem> found = items(CertificateItem.class);
    if (found.isEmpty()) {
      throw noCertificate();
    }
    return found.stream().map(this::certificate).toList();
  }

  private IdentityException noCertificate() {
    boolean closed =
        items(OtherItem.class).stream()
            .anyMatch(each -> each.locked() && each.form().endsWith(Pkcs12Reader.FORM));
    if (closed) {
      return new IdentityException(
          "%s is protected by a password: 'wwep cert convert %s %s.pem --password-file FILE' takes the certificates out"
              .formatted(name, name, END.matcher(name).replaceFirst("")));
    }
    Item first = items.get(0);
    return new IdentityException(
        "%s holds no certificate, but %s: give a certificate's file"
            .formatted(
                name,
                first instanceof OtherItem other
                    ? "something else (%s)".formatted(other.title())
                    : "a " + first.noun()));
  }

  private X509Certificate certificate(CertificateItem item) {
    try {
      return new JcaX509CertificateConverter().getCertificate(item.holder());
    } catch (CertificateException | RuntimeException e) {
      // The JDK trips over some, as over an Ed25519 key of no length.
      throw new IdentityException(
          "%s cannot be used (%s): copy it again, or have it made with an RSA or EC key"
              .formatted(nameOf(item), IdentityException.words(e)),
          e);
    }
  }

  /** Returns what is wrong with the file as a whole, each as a sentence with the cure. */
  public List<String> flaws() {
    return List.copyOf(flaws);
  }

  /** Returns what sentences call an item: by its number where there are several of its kind. */
  String nameOf(Item item) {
    int alike = 0;
    int number = 0;
    for (Item each : items) {
      alike += each.noun().equals(item.noun()) ? 1 : 0;
      // Two that are equal are two nevertheless.
      number = each == item ? alike : number;
    }
    return alike == 1
        ? "%s %s".formatted(item.noun(), name)
        : "%s %d in %s".formatted(item.noun(), number, name);
  }

  private void parse(byte[] bytes, Password password) {
    if (bytes.length == 0) {
      throw new IdentityException("%s is empty: copy it again".formatted(name));
    }
    requireNoKeystore(bytes);
    DerReader der = new DerReader(new Decryption(name, password));
    if (bytes[0] == SEQUENCE && !isText(bytes)) {
      parseDer(bytes, der);
    } else {
      parsePem(bytes, der, password);
    }
    if (items.size() > ITEMS_MAX) {
      flaws.add(
          "%s holds more than %d items, and the others are left out: split it"
              .formatted(name, ITEMS_MAX));
      items.subList(ITEMS_MAX, items.size()).clear();
    }
    checkMode();
  }

  /** A zero is what DER begins with, and in base64 nearly nothing does. */
  private static boolean isText(byte[] bytes) {
    for (int i = 0; i < Math.min(bytes.length, 16); i++) {
      if ((bytes[i] < ' ' || bytes[i] > '~') && bytes[i] != '\n' && bytes[i] != '\r') {
        return false;
      }
    }
    return true;
  }

  private void requireNoKeystore(byte[] bytes) {
    if (Pem.startsWith(bytes, 0xFE, 0xED, 0xFE, 0xED)
        || Pem.startsWith(bytes, 0xCE, 0xCE, 0xCE, 0xCE)) {
      throw new IdentityException(
          "%s is a keystore in Java's old form: make PKCS#12 of it with keytool -importkeystore -srckeystore %s -destkeystore new.p12 -deststoretype PKCS12"
              .formatted(name, name));
    }
  }

  private void parseDer(byte[] bytes, DerReader der) {
    DerLength length = DerLength.of(bytes);
    if (length.total() > bytes.length) {
      throw new IdentityException(
          "%s is cut off: it says that it has %d bytes, and has %d: copy it again, in binary mode"
              .formatted(name, length.total(), bytes.length));
    }
    try {
      items.addAll(der.items(length.first(bytes), "DER"));
    } catch (IOException | RuntimeException e) {
      throw damaged(name, e);
    }
    if (length.isDefinite() && length.total() < bytes.length) {
      flaws.add(
          "%s has %d bytes behind the end of its DER: copy it again, in binary mode"
              .formatted(name, bytes.length - length.total()));
    }
  }

  private static IdentityException damaged(String what, Exception e) {
    return e instanceof IdentityException sentence
        ? sentence
        : new IdentityException(
            "%s is damaged (%s): copy it again, in binary mode"
                .formatted(what, IdentityException.words(e)),
            e);
  }

  private void parsePem(byte[] bytes, DerReader der, Password password) {
    PemText text = new PemText(name, bytes);
    flaws.addAll(text.flaws());
    PemBlocks blocks = new PemBlocks(name, der, password);
    for (PemText.Block each : text.blocks()) {
      blocks.read(each);
      if (blocks.items().size() > ITEMS_MAX) {
        break;
      }
    }
    items.addAll(blocks.items());
    flaws.addAll(blocks.flaws());
    format = "PEM";
    if (text.blocks().isEmpty()) {
      parseBase64(bytes, der);
    }
    if (items.isEmpty()) {
      throw new IdentityException(
          text.hasBegin() ? flaws.get(flaws.size() - 1) : NoPem.sentence(name, bytes));
    }
  }

  /** What is left when somebody has copied the lines between BEGIN and END alone. */
  private void parseBase64(byte[] bytes, DerReader der) {
    String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
    if (text.length() > 40 && BASE64.matcher(text).matches()) {
      try {
        items.addAll(der.items(Base64.getMimeDecoder().decode(text), "base64"));
        format = "base64";
        flaws.add(
            "%s has no BEGIN and END lines, without which it is no PEM: 'wwep cert convert' writes it with them"
                .formatted(name));
      } catch (IOException | IllegalArgumentException | ClassCastException none) {
        items.clear(); // Another text.
      }
    }
  }

  private void checkMode() {
    boolean clear =
        items(PrivateKeyItem.class).stream().anyMatch(each -> each.protection() == null);
    Optional.ofNullable(path)
        .filter(file -> clear)
        .flatMap(Problems::openKey)
        .ifPresent(flaws::add);
  }
}
