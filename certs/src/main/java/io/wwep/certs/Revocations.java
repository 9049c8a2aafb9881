package io.wwep.certs;

import io.wwep.certs.ClientRefusal.Reason;
import io.wwep.certs.Pem.Kind;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.util.io.pem.PemObject;

/**
 * Which certificates are withdrawn before their end: by CRLs, or by a list of fingerprints.
 * Immutable.
 *
 * @param file where they were read from; null for none
 * @param lists whose signatures are right
 * @param fingerprints SHA-256, upper-case hex digits without colons
 */
record Revocations(Path file, List<X509CRL> lists, Set<String> fingerprints) {

  static final Revocations NONE = new Revocations(null, List.of(), Set.of());

  private static final byte DER_SEQUENCE = 0x30;

  /**
   * As openssl, keytool and 'wwep cert show' write one, with the name that some put in front. That
   * of a key, which the last of them shows too, would call nothing back.
   */
  private static final Pattern FINGERPRINT =
      Pattern.compile(
          "(?:sha-?256(?: fingerprint)?(?:\\s*+[:=]\\s*+|\\s++))?("
              + Fingerprint.PATTERN
              + ")(?:\\s++(?!of its public key).*)?",
          Pattern.CASE_INSENSITIVE);

  /**
   * Reads them.
   *
   * @param authorities one of which has signed each CRL
   * @throws IdentityException when the file is neither CRLs nor a list
   */
  static Revocations read(Path file, List<X509Certificate> authorities) {
    byte[] bytes = InputFile.read(file, "revocation file " + file);
    if (bytes.length > 0 && bytes[0] == DER_SEQUENCE && !isText(bytes)) {
      return new Revocations(file, List.of(list(file, bytes, authorities)), Set.of());
    }
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    if (!text.contains("-----BEGIN ")) {
      return new Revocations(file, List.of(), fingerprints(file, text));
    }
    List<X509CRL> lists = new ArrayList<>();
    for (PemObject each : Pem.read(file, Kind.REVOCATIONS)) {
      if (!each.getType().equals("X509 CRL")) {
        throw new IdentityException(
            "revocation file %s holds a block named %s: give a CRL (X509 CRL), or a list of SHA-256 fingerprints"
                .formatted(file, each.getType()));
      }
      lists.add(list(file, each.getContent(), authorities));
    }
    return new Revocations(file, List.copyOf(lists), Set.of());
  }

  /** A fingerprint may begin with 30, which is the digit 0 as well as what DER begins with. */
  private static boolean isText(byte[] bytes) {
    for (byte each : bytes) {
      if (each < ' ' && each != '\n' && each != '\r' && each != '\t') {
        return false;
      }
    }
    return true;
  }

  private static X509CRL list(Path file, byte[] der, List<X509Certificate> authorities) {
    X509CRL list;
    try {
      list =
          (X509CRL)
              CertificateFactory.getInstance("X.509").generateCRL(new ByteArrayInputStream(der));
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new IdentityException(
          "revocation file %s is damaged (%s): fetch or make the CRL again"
              .formatted(file, IdentityException.words(e)),
          e);
    }
    // The JDK knows what delta and partial ones are, and so does not count them as unsupported.
    if (list.hasUnsupportedCriticalExtension()
        || list.getExtensionValue(Extension.deltaCRLIndicator.getId()) != null
        || list.getExtensionValue(Extension.issuingDistributionPoint.getId()) != null) {
      throw new IdentityException(
          "the CRL in %s is of a special kind (delta or partial): give a full one".formatted(file));
    }
    requireSigned(file, list, authorities);
    return list;
  }

  private static void requireSigned(Path file, X509CRL list, List<X509Certificate> authorities) {
    for (X509Certificate each : authorities) {
      if (each.getSubjectX500Principal().equals(list.getIssuerX500Principal())) {
        try {
          list.verify(each.getPublicKey());
          return;
        } catch (GeneralSecurityException | RuntimeException another) {
          // There may be one more of this name.
        }
      }
    }
    throw new IdentityException(
        "the CRL in %s is not signed by one of the CAs that are trusted but by '%s': give the CRL of the CA in --client-ca"
            .formatted(file, CertificateWords.shortName(list.getIssuerX500Principal())));
  }

  private static Set<String> fingerprints(Path file, String text) {
    Set<String> fingerprints = new HashSet<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      String content = line.replace("\u00EF\u00BB\u00BF", "").strip(); // a byte order mark
      if (!content.isEmpty() && !content.startsWith("#")) {
        Matcher matcher = FINGERPRINT.matcher(content);
        if (!matcher.matches()) {
          throw new IdentityException(
              "%s, line %d: this is no SHA-256 fingerprint: write 64 hex digits, with colons or without, or the # of a comment first"
                  .formatted(file, number));
        }
        fingerprints.add(Fingerprint.plain(matcher.group(1)));
      }
    }
    return Set.copyOf(fingerprints);
  }

  /** Returns what is wrong with the lists now. */
  List<String> problems(Instant now) {
    return lists.stream().filter(each -> isOver(each, now)).map(this::overdue).toList();
  }

  private String overdue(X509CRL list) {
    return "the CRL in %s was to be replaced by %s, and until it is no certificate of '%s' is accepted: fetch or make a new one"
        .formatted(
            file,
            Validity.day(list.getNextUpdate().toInstant()),
            CertificateWords.shortName(list.getIssuerX500Principal()));
  }

  private static boolean isOver(X509CRL list, Instant now) {
    return list.getNextUpdate() != null && now.isAfter(list.getNextUpdate().toInstant());
  }

  /**
   * Makes sure that none of a path is withdrawn.
   *
   * @param path of canonical certificates, each signed by the next one
   * @throws ClientRefusal when one is, or that cannot be known, since its CRL is over
   */
  void requireNone(List<X509Certificate> path, Instant now) throws ClientRefusal {
    for (int i = 0; i < path.size(); i++) {
      X509Certificate each = path.get(i);
      X509Certificate issuer = path.get(Math.min(i + 1, path.size() - 1));
      if (isListed(each, issuer)) {
        throw new ClientRefusal(
            Reason.REVOKED,
            "certificate '%s' is revoked: its fingerprint is in %s; make another one, and load it into the board"
                .formatted(ClientTrust.name(each), file));
      }
      for (X509CRL list : lists) {
        requireNotIn(list, each, now);
      }
    }
  }

  private boolean isListed(X509Certificate certificate, X509Certificate issuer) {
    return !fingerprints.isEmpty()
        && (fingerprints.contains(Fingerprint.plain(CertificateWords.of(certificate).fingerprint()))
            || Twins.fingerprintOfTwin(certificate, issuer)
                .filter(twin -> fingerprints.contains(Fingerprint.plain(twin)))
                .isPresent());
  }

  private void requireNotIn(X509CRL list, X509Certificate certificate, Instant now)
      throws ClientRefusal {
    if (!list.getIssuerX500Principal().equals(certificate.getIssuerX500Principal())) {
      return;
    }
    if (list.isRevoked(certificate)) {
      throw new ClientRefusal(
          Reason.REVOKED,
          "certificate '%s' is revoked by the CRL in %s: make another one, and load it into the board"
              .formatted(ClientTrust.name(certificate), file));
    }
    if (isOver(list, now)) {
      throw new ClientRefusal(Reason.REVOKED, overdue(list));
    }
  }
}
