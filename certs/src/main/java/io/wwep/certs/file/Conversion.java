package io.wwep.certs.file;

import io.wwep.certs.IdentityException;
import io.wwep.certs.ListWords;
import io.wwep.certs.Pem;
import io.wwep.certs.PublicHalf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes what is in files in another form. Keys come out only where they are asked for by the form;
 * what is left out is told.
 */
public final class Conversion {

  private static final int TITLES_MAX = 3;

  private final List<CryptoFile> files;
  private final List<CertificateItem> certificates;
  private final List<PrivateKeyItem> keys;
  private final List<String> notes = new ArrayList<>();

  /**
   * @param files where the certificates and keys come from; one or more
   */
  public Conversion(List<CryptoFile> files) {
    this.files = files;
    certificates = inOrder();
    keys = items(PrivateKeyItem.class);
  }

  /**
   * Returns what to write.
   *
   * @param protection the password of PKCS#12, and of a key if one was given
   * @throws IdentityException when there is nothing that has this form
   */
  public Converted to(Form form, Password protection) {
    return switch (form) {
      case PEM -> certificates.isEmpty() ? others() : certificates();
      case CERTIFICATES -> certificates();
      case DER -> der();
      case PKCS8 -> key(protection);
      case PKCS12 -> pkcs12(protection);
      case PKCS7 -> pkcs7();
    };
  }

  /** Whether what is written in this form has a private key in it. */
  public boolean givesKey(Form form) {
    return switch (form) {
      case PKCS8, PKCS12 -> !keys.isEmpty();
      case PEM, DER -> certificates.isEmpty() && !keys.isEmpty();
      case CERTIFICATES, PKCS7 -> false;
    };
  }

  private <T extends Item> List<T> items(Class<T> kind) {
    return files.stream().flatMap(file -> file.items(kind).stream()).toList();
  }

  private String names() {
    return files.stream().map(CryptoFile::name).collect(Collectors.joining(" and "));
  }

  /** That of the key first, then who signed it, if they stand in one line. */
  private List<CertificateItem> inOrder() {
    List<CertificateItem> all = Relations.distinct(items(CertificateItem.class));
    List<CertificateItem> given = items(CertificateItem.class);
    if (all.size() < given.size()) {
      notes.add(
          "what was there more than once is written once: %d of %d certificates"
              .formatted(all.size(), given.size()));
    }
    List<CertificateItem> sorted = new Chain(all).inOrder().orElse(all);
    if (!sorted.equals(all)) {
      notes.add("the chain is put into its order: each certificate before that of its signer");
    }
    return sorted;
  }

  private Converted certificates() {
    requireCertificate();
    leaveOutOthers(CertificateItem.class);
    StringBuilder pem = new StringBuilder();
    certificates.forEach(each -> pem.append(pem(each)));
    return converted(pem, false, titles(certificates));
  }

  private void requireCertificate() {
    if (certificates.isEmpty()) {
      throw missing("certificate", "give a file with one");
    }
  }

  /** What is protected by a password may be what is missing. */
  private IdentityException missing(String what, String cure) {
    boolean locked = items(OtherItem.class).stream().anyMatch(OtherItem::locked);
    return new IdentityException(
        locked
            ? "%s shows no %s without its password: give that in a file with --password-file, or in the variable WWEP_PASSWORD"
                .formatted(names(), what)
            : "%s holds no %s: %s".formatted(names(), what, cure));
  }

  private void leaveOutOthers(Class<? extends Item> kept) {
    for (CryptoFile file : files) {
      for (Item each : file.items()) {
        if (!kept.isInstance(each)) {
          notes.add(leftOut(file.nameOf(each), each));
        }
      }
    }
  }

  private static String leftOut(String name, Item item) {
    return item instanceof PrivateKeyItem
        ? "%s is left out, because the new file is for certificates: convert it by itself, to a name that ends in .key.pem, or to .p12 for both"
            .formatted(name)
        : item instanceof OtherItem other
            ? "%s in %s is left out: it is neither certificate nor key"
                .formatted(other.title(), name)
            : "%s is left out: convert it by itself".formatted(name);
  }

  /** Requests, lists and keys alone are written as they are. */
  private Converted others() {
    if (!keys.isEmpty()) {
      return key(Password.NONE);
    }
    List<Item> all =
        files.stream()
            .flatMap(file -> file.items().stream())
            .filter(each -> !(each instanceof OtherItem))
            .toList();
    if (all.isEmpty()) {
      throw missing("certificate and no key", "give a file with one");
    }
    StringBuilder pem = new StringBuilder();
    all.forEach(each -> pem.append(pem(each)));
    return converted(pem, false, titles(all));
  }

  private static String pem(Item item) {
    String type =
        item instanceof CertificateItem
            ? "CERTIFICATE"
            : item instanceof RequestItem
                ? "CERTIFICATE REQUEST"
                : item instanceof CrlItem
                    ? "X509 CRL"
                    : item instanceof PrivateKeyItem ? "PRIVATE KEY" : "PUBLIC KEY";
    return Pem.write(type, encoded(item));
  }

  static byte[] encoded(Item item) {
    try {
      if (item instanceof CertificateItem certificate) {
        return certificate.holder().getEncoded();
      }
      if (item instanceof PrivateKeyItem key) {
        return PublicHalf.completed(key.key()).getEncoded();
      }
      if (item instanceof RequestItem request) {
        return request.request().getEncoded();
      }
      if (item instanceof CrlItem crl) {
        return crl.holder().getEncoded();
      }
      return ((PublicKeyItem) item).key().getEncoded();
    } catch (IOException e) {
      throw new UncheckedIOException("it was read from DER", e);
    }
  }

  private Converted der() {
    Item chosen = certificates.isEmpty() ? onlyOther() : certificates.get(0);
    if (certificates.size() > 1) {
      notes.add(
          "DER holds one certificate of the %d, and this is %s: write .pem or .p7b for all"
              .formatted(certificates.size(), titles(List.of(chosen))));
    }
    if (chosen instanceof CertificateItem) {
      leaveOutOthers(CertificateItem.class);
    }
    boolean secret = chosen instanceof PrivateKeyItem;
    return new Converted(encoded(chosen), secret, titles(List.of(chosen)), List.copyOf(notes));
  }

  private Item onlyOther() {
    List<Item> all =
        files.stream()
            .flatMap(file -> file.items().stream())
            .filter(each -> !(each instanceof OtherItem))
            .toList();
    if (all.size() != 1) {
      throw all.isEmpty()
          ? missing("certificate and no key", "give a file with one")
          : new IdentityException(
              "%s holds %d things, and DER holds one: write .pem".formatted(names(), all.size()));
    }
    return all.get(0);
  }

  private Converted key(Password protection) {
    PrivateKeyItem key = onlyKey();
    if (protection.isGiven()) {
      return Protection.key(key, protection, titles(List.of(key)), notes);
    }
    if (key.protection() != null) {
      notes.add("the new file has no password, and whoever has it has the key: keep it safe");
    }
    return converted(pem(key), true, titles(List.of(key)));
  }

  private PrivateKeyItem onlyKey() {
    if (keys.isEmpty()) {
      throw missing("private key", "give its file too, with --key FILE");
    }
    if (keys.size() > 1) {
      throw new IdentityException(
          "%s hold %d private keys, and one is written at a time: give files with one"
              .formatted(names(), keys.size()));
    }
    return keys.get(0);
  }

  private Converted pkcs12(Password protection) {
    requireCertificate();
    if (keys.isEmpty()) {
      boolean locked = items(OtherItem.class).stream().anyMatch(OtherItem::locked);
      if (locked) {
        throw missing("private key", "");
      }
      notes.add("no private key was given, so there is none in it: add it with --key FILE");
      return Protection.pkcs12(null, certificates, protection, titles(certificates), notes);
    }
    PrivateKeyItem key = onlyKey();
    List<CertificateItem> chain = chainOf(key);
    return Protection.pkcs12(key, chain, protection, "a private key, " + titles(chain), notes);
  }

  private List<CertificateItem> chainOf(PrivateKeyItem key) {
    CertificateItem own =
        certificates.stream()
            .filter(
                each ->
                    key.publicKey() != null && PublicHalf.isSame(each.publicKey(), key.publicKey()))
            .findFirst()
            .orElseThrow(
                () ->
                    new IdentityException(
                        "the private key belongs to none of the certificates of %s: give the key that the certificate was made with"
                            .formatted(names())));
    List<CertificateItem> chain = new Chain(certificates).from(own);
    if (chain.size() < certificates.size()) {
      notes.add(
          "of %d certificates %d are in it, the key's own and who signed it: write .pem or .p7b for all"
              .formatted(certificates.size(), chain.size()));
    }
    return chain;
  }

  private Converted pkcs7() {
    requireCertificate();
    leaveOutOthers(CertificateItem.class);
    byte[] der = Protection.pkcs7(certificates);
    return converted(Pem.write("PKCS7", der), false, titles(certificates));
  }

  private Converted converted(CharSequence pem, boolean secret, String what) {
    return new Converted(
        pem.toString().getBytes(StandardCharsets.US_ASCII), secret, what, List.copyOf(notes));
  }

  private static String titles(List<? extends Item> items) {
    return ListWords.first(
        TITLES_MAX, items.stream().map(each -> each.describe(Instant.EPOCH).title()).toList());
  }
}
