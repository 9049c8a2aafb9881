package io.wwep.certs.file;

import io.wwep.certs.CertificateProblems;
import io.wwep.certs.PublicHalf;
import io.wwep.certs.Validity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * How the items of one file or several belong together: who has signed whom, which key is whose,
 * and what is wrong with all of it. Immutable.
 */
public final class Relations {

  /** Beyond it stands a collection of roots, of which each line would say the same. */
  private static final int LINES_MAX = 20;

  private final List<CryptoFile> files;
  private final IdentityHashMap<Item, String> names = new IdentityHashMap<>();
  private final List<String> statements = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private Relations(List<CryptoFile> files) {
    this.files = files;
  }

  /** Looks at what was read from one or more files, at a moment. */
  public static Relations of(List<CryptoFile> files, Instant now) {
    Relations relations = new Relations(files);
    files.forEach(relations::name);
    files.forEach(file -> relations.problems.addAll(file.flaws()));
    relations.certificates(now);
    relations.keys();
    relations.lists(now);
    return relations;
  }

  /** Returns who has signed whom and which key is whose, a sentence for each; may be empty. */
  public List<String> statements() {
    return List.copyOf(statements);
  }

  /** Returns what is wrong, each as a sentence with the cure; the files' own flaws first. */
  public List<String> problems() {
    return problems.stream().distinct().toList();
  }

  private void name(CryptoFile file) {
    for (Item each : file.items()) {
      names.put(each, file.nameOf(each));
    }
  }

  private <T extends Item> List<T> items(Class<T> kind) {
    return files.stream().flatMap(file -> file.items(kind).stream()).toList();
  }

  private void certificates(Instant now) {
    List<CertificateItem> all = items(CertificateItem.class);
    for (CertificateItem each : all) {
      problems.addAll(CertificateProblems.of(names.get(each), each.words()).all(now));
    }
    signers(all);
    for (CryptoFile each : files) {
      duplicates(each);
      order(each);
    }
  }

  private void signers(List<CertificateItem> all) {
    Chain chain = new Chain(all);
    int roots = 0;
    for (int i = 0; i < all.size(); i++) {
      roots += chain.isRoot(i) ? 1 : 0;
      if (all.size() > 1 && all.size() <= LINES_MAX) {
        statements.add(signer(chain, all.get(i), i));
      }
      if (chain.signature(i) == Chain.Signature.INVALID) {
        problems.add(invalid(chain, all.get(i), i));
      }
    }
    if (all.size() > LINES_MAX) {
      statements.add("%d certificates, of which %d sign themselves".formatted(all.size(), roots));
    }
  }

  private String signer(Chain chain, CertificateItem certificate, int index) {
    String name = names.get(certificate);
    if (chain.signer(index).isEmpty()) {
      return "%s is signed by %s, whose certificate is not here"
          .formatted(name, certificate.words().issuer());
    }
    boolean unknown = chain.signature(index) == Chain.Signature.UNKNOWN;
    boolean valid = chain.signature(index) == Chain.Signature.VALID;
    String verb =
        valid
            ? "is signed by"
            : unknown ? "says that it is signed by" : "is not signed, as it says, by";
    return "%s %s %s"
        .formatted(
            name,
            verb,
            chain.isRoot(index) ? "itself" : names.get(chain.signer(index).orElseThrow()));
  }

  private String invalid(Chain chain, CertificateItem certificate, int index) {
    String name = names.get(certificate);
    return chain.isRoot(index)
        ? "%s says that it signs itself, and its signature is another: it was changed or damaged, so get it again from whoever issued it"
            .formatted(name)
        : "%s is not signed with the key of %s, though it names it: take the CA's certificate of the time when it was signed, or have it signed again"
            .formatted(name, names.get(chain.signer(index).orElseThrow()));
  }

  private void duplicates(CryptoFile file) {
    Map<X509CertificateHolder, CertificateItem> seen = new LinkedHashMap<>();
    for (CertificateItem each : file.items(CertificateItem.class)) {
      CertificateItem first = seen.putIfAbsent(each.holder(), each);
      if (first != null) {
        problems.add(
            "%s is the same as %s, and boards have little room: take one of the two out"
                .formatted(names.get(each), names.get(first)));
      }
    }
  }

  /** Only PEM has an order: PKCS#7 is a set, and in PKCS#12 names tell what belongs together. */
  private void order(CryptoFile file) {
    List<CertificateItem> all =
        distinct(file.items(CertificateItem.class)).stream()
            .filter(each -> !each.form().contains("PKCS#"))
            .toList();
    new Chain(all)
        .inOrder()
        .filter(sorted -> !sorted.equals(all))
        .ifPresent(
            sorted ->
                problems.add(
                    "%s has its chain in the wrong order, and many stacks take the first certificate for the server's: 'wwep cert convert' puts %s first, then who signed it"
                        .formatted(file.name(), sorted.get(0).words().subject())));
  }

  static List<CertificateItem> distinct(List<CertificateItem> all) {
    Map<X509CertificateHolder, CertificateItem> distinct = new LinkedHashMap<>();
    all.forEach(each -> distinct.putIfAbsent(each.holder(), each));
    return List.copyOf(distinct.values());
  }

  private void keys() {
    List<CertificateItem> certificates = items(CertificateItem.class);
    List<RequestItem> requests = items(RequestItem.class);
    for (PrivateKeyItem key : items(PrivateKeyItem.class)) {
      if (key.publicKey() == null) {
        problems.add(
            "%s is damaged, or of a kind of which its public key cannot be told: make a key anew, EC P-256 or RSA 2048"
                .formatted(names.get(key)));
      } else if (!certificates.isEmpty()) {
        belongs(
            key.publicKey(),
            names.get(key),
            certificates,
            "give the key that the certificate was made with");
      } else {
        fits(key, requests);
      }
    }
    for (RequestItem each : requests) {
      if (!certificates.isEmpty()) {
        belongs(
            each.publicKey(),
            names.get(each),
            certificates,
            "ask for a new certificate, or take the right request");
      }
    }
  }

  /** Where there is no certificate yet, it is asked for with this key or with another one. */
  private void fits(PrivateKeyItem key, List<RequestItem> requests) {
    for (RequestItem each : requests) {
      if (PublicHalf.isSame(each.publicKey(), key.publicKey())) {
        statements.add("%s belongs to %s".formatted(names.get(key), names.get(each)));
      } else if (requests.size() == 1) {
        problems.add(
            "%s does not belong to %s: give the key that the request was made with"
                .formatted(names.get(key), names.get(each)));
      }
    }
  }

  private void lists(Instant now) {
    for (CrlItem each : items(CrlItem.class)) {
      Date next = each.holder().getNextUpdate();
      if (next != null && now.isAfter(next.toInstant())) {
        problems.add(
            "%s was to be replaced on %s, and who looks at it takes no certificate now: get the next one from whoever issued it"
                .formatted(names.get(each), Validity.day(next.toInstant())));
      }
    }
  }

  private void belongs(
      SubjectPublicKeyInfo key, String name, List<CertificateItem> certificates, String cure) {
    List<String> owners =
        certificates.stream()
            .filter(each -> PublicHalf.isSame(each.publicKey(), key))
            .map(names::get)
            .toList();
    if (!owners.isEmpty()) {
      statements.add("%s belongs to %s".formatted(name, String.join(" and ", owners)));
      return;
    }
    problems.add(
        certificates.size() == 1
            ? "%s does not belong to %s: %s".formatted(name, names.get(certificates.get(0)), cure)
            : "%s belongs to none of the %d certificates: %s"
                .formatted(name, certificates.size(), cure));
  }
}
