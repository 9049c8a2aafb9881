package io.wwep.certs;

import io.wwep.certs.ClientRefusal.Reason;
import io.wwep.certs.Pem.Kind;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * Whom a server believes of those clients that show a certificate: the CAs that it was given, and
 * what was revoked of theirs. Immutable, and equal by content; any thread.
 *
 * <p>Whether a path of certificates holds is decided by the JDK's PKIX validation (RFC 5280,
 * section 6); what is around it here finds the path, looks at what PKIX does not, and says in words
 * why one is refused.
 */
public final class ClientTrust {

  /** CAs in one file; each is sent to each client that is asked for a certificate. */
  static final int AUTHORITIES_MAX = 100;

  /**
   * DER of a whole chain; ten certificates of RSA 4096 are half of it. What a client sends is
   * checked on an event loop, and kept in its session tickets.
   */
  private static final int CHAIN_BYTES_MAX = 32 * 1024;

  private final Path file;
  private final List<X509Certificate> authorities;
  private final Revocations revocations;
  private final Clock clock;

  private ClientTrust(
      Path file, List<X509Certificate> authorities, Revocations revocations, Clock clock) {
    this.file = file;
    this.authorities = authorities;
    this.revocations = revocations;
    this.clock = clock;
  }

  /**
   * Reads it from files.
   *
   * @param file PEM with the certificates of 1 to 100 CAs, roots or not; 1 MiB at most
   * @param revokedFile a CRL of one of them, PEM or DER, or a list of SHA-256 fingerprints, one a
   *     line; null for none
   * @param clock tells the time of each check
   * @throws IdentityException when a file cannot be used, with the reason
   */
  public static ClientTrust read(Path file, Path revokedFile, Clock clock) {
    List<X509Certificate> authorities =
        PemIdentity.certificates(file, Pem.read(file, Kind.CERTIFICATE), AUTHORITIES_MAX);
    authorities.forEach(each -> requireCa(file, each));
    Revocations revocations =
        revokedFile == null ? Revocations.NONE : Revocations.read(revokedFile, authorities);
    return new ClientTrust(file, List.copyOf(authorities), revocations, clock);
  }

  private static void requireCa(Path file, X509Certificate certificate) {
    if (!CertificateAuthority.maySign(certificate)) {
      throw new IdentityException(
          "certificate '%s' in %s is not a CA's, and none that it signs is accepted: give the CA's file there, such as the ca.pem of 'wwep cert ca'"
              .formatted(name(certificate), file));
    }
    if (!isForClients(certificate)) {
      throw new IdentityException(
          "CA '%s' in %s may not sign certificates of clients: give another CA's file, such as the ca.pem of 'wwep cert ca'"
              .formatted(name(certificate), file));
    }
  }

  /** Returns the certificates of the CAs. */
  public List<X509Certificate> authorities() {
    return authorities;
  }

  /** Returns the files that it was read from: one or two. */
  public List<Path> files() {
    return Stream.of(file, revocations.file()).filter(Objects::nonNull).toList();
  }

  /**
   * Returns what is wrong with it at this moment though it can be used, each as a sentence with the
   * cure; empty when nothing is.
   */
  public List<String> problems() {
    Instant now = clock.instant();
    List<String> problems = new ArrayList<>(revocations.problems(now));
    for (X509Certificate each : authorities) {
      if (now.isAfter(each.getNotAfter().toInstant())) {
        problems.add(
            "CA '%s' in %s expired on %s, and with it the clients' certificates that it signed: make another CA, and sign theirs anew"
                .formatted(name(each), file, Validity.day(each.getNotAfter().toInstant())));
      } else if (now.isBefore(each.getNotBefore().toInstant())) {
        problems.add(
            "CA '%s' in %s holds from %s on, and this computer's clock says %s: set the clock"
                .formatted(
                    name(each),
                    file,
                    Validity.day(each.getNotBefore().toInstant()),
                    Validity.day(now)));
      }
    }
    return problems;
  }

  /**
   * Returns what a client has proved, once TLS has seen that it has the key.
   *
   * @param chain what it sent in DER, its own certificate first; 1 or more
   * @throws ClientRefusal when it is not accepted, with the reason
   */
  public ClientCertificate checkDer(List<byte[]> chain) throws ClientRefusal {
    requireSize(chain.size(), chain.stream().mapToInt(each -> each.length).sum());
    List<X509Certificate> parsed = new ArrayList<>();
    try {
      CertificateFactory factory = CertificateFactory.getInstance("X.509");
      for (byte[] each : chain) {
        parsed.add((X509Certificate) factory.generateCertificate(new ByteArrayInputStream(each)));
      }
    } catch (CertificateException | RuntimeException e) {
      // The JDK trips over some.
      throw new ClientRefusal(
          Reason.BAD,
          "certificate %d that the board sent cannot be read (%s): make another one with 'wwep cert device'"
              .formatted(parsed.size() + 1, IdentityException.words(e)));
    }
    return accept(parsed);
  }

  /**
   * Returns what a client has proved, once TLS has seen that it has the key.
   *
   * @param chain what it sent, its own certificate first; 1 or more
   * @throws ClientRefusal when it is not accepted, with the reason
   */
  public ClientCertificate check(List<X509Certificate> chain) throws ClientRefusal {
    requireSize(chain.size(), chain.stream().mapToInt(ClientTrust::bytes).sum());
    return accept(chain);
  }

  /**
   * @param chain is no larger than may be
   */
  private ClientCertificate accept(List<X509Certificate> chain) throws ClientRefusal {
    Instant now = clock.instant();
    List<X509Certificate> path = path(chain);
    requireDates(path, now);
    requirePurpose(path);
    for (X509Certificate each : path) {
      requireStrength(each);
    }
    validate(path, now);
    revocations.requireNone(path, now);
    return ClientCertificate.of(chain, end(path), this);
  }

  private static int bytes(X509Certificate certificate) {
    try {
      return certificate.getEncoded().length;
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("what was read from DER has a DER form", e);
    }
  }

  private static void requireSize(int certificates, int bytes) throws ClientRefusal {
    if (certificates > Identity.CHAIN_MAX || bytes > CHAIN_BYTES_MAX) {
      throw new ClientRefusal(
          Reason.BAD,
          "the board sent a chain of %d certificates, %,d bytes in all, and %d of %,d are the most: leave its own and those that signed it"
              .formatted(certificates, bytes, Identity.CHAIN_MAX, CHAIN_BYTES_MAX));
    }
  }

  /** Returns the first moment at which one of them does not hold any more. */
  private static Instant end(List<X509Certificate> path) {
    return path.stream().map(each -> each.getNotAfter().toInstant()).min(Instant::compareTo).get();
  }

  /** Returns what leads from the client's certificate to a CA that is known, both included. */
  private List<X509Certificate> path(List<X509Certificate> chain) throws ClientRefusal {
    List<X509Certificate> path = new ArrayList<>(List.of(chain.get(0)));
    X509Certificate last = chain.get(0);
    while (!authorities.contains(last)) {
      X509Certificate issuer = issuer(last, chain, path);
      if (issuer == null) {
        throw new ClientRefusal(Reason.UNKNOWN_CA, unknown(chain.get(0), last));
      }
      path.add(issuer);
      last = issuer;
    }
    return path;
  }

  private X509Certificate issuer(
      X509Certificate signed, List<X509Certificate> chain, List<X509Certificate> path) {
    return Stream.concat(authorities.stream(), chain.stream())
        .filter(each -> !path.contains(each) && hasSigned(each, signed))
        .findFirst()
        .orElse(null);
  }

  private static boolean hasSigned(X509Certificate issuer, X509Certificate signed) {
    return ChainPath.isIssuer(issuer, signed)
        && new SignatureCheck(signed, issuer.getPublicKey()).isGood();
  }

  /**
   * @param last of the path, whose issuer was not found
   */
  private String unknown(X509Certificate own, X509Certificate last) {
    String which = "its certificate '%s' is".formatted(name(own));
    if (authorities.stream().anyMatch(each -> ChainPath.isIssuer(each, last))) {
      return "%s signed by a CA with the name of one in %s, '%s', and another key: the CA was made anew, or the certificate was changed; sign it again with that CA"
          .formatted(which, file, issuerName(last));
    }
    if (CertificateMaker.isSelfIssued(last)) {
      return (last.equals(own)
              ? "%s signed by itself, and %s does not have it: have it signed by '%s'"
              : "%s signed under root '%4$s', which is not in %s: have it signed by '%s', or add that root to the file")
          .formatted(which, file, authorityNames(), name(last));
    }
    return "%s signed by '%s', which is not in %s ('%s'): either it was made with another CA, or the board does not send the certificate between the two along; put that behind its own"
        .formatted(which, issuerName(last), file, authorityNames());
  }

  private String authorityNames() {
    return authorities.stream().limit(3).map(ClientTrust::name).collect(Collectors.joining("', '"));
  }

  private static void requireDates(List<X509Certificate> path, Instant now) throws ClientRefusal {
    for (X509Certificate each : path) {
      Instant from = each.getNotBefore().toInstant();
      Instant until = each.getNotAfter().toInstant();
      if (now.isAfter(until)) {
        throw new ClientRefusal(
            Reason.NOT_VALID_NOW,
            "certificate '%s' expired on %s: make another one, and load it into the board"
                .formatted(name(each), Validity.day(until)));
      }
      if (now.isBefore(from)) {
        throw new ClientRefusal(
            Reason.NOT_VALID_NOW,
            "certificate '%s' holds from %s on, and this server's clock says %s: set the clock of the server, or of the computer that made the certificate"
                .formatted(name(each), Validity.day(from), Validity.day(now)));
      }
    }
  }

  /**
   * PKIX leaves this to who asks; what a CA is said to be for, all that it signs is for at most.
   */
  private static void requirePurpose(List<X509Certificate> path) throws ClientRefusal {
    X509Certificate own = path.get(0);
    if (!isForClients(own) || !Purposes.allow(own, Purposes.DIGITAL_SIGNATURE)) {
      throw new ClientRefusal(
          Reason.WRONG_PURPOSE,
          "certificate '%s' is not for clients but, most likely, a %s: make one with 'wwep cert device'"
              .formatted(name(own), CertificateAuthority.maySign(own) ? "CA's" : "server's"));
    }
    for (X509Certificate each : path) {
      if (!isForClients(each)) {
        throw new ClientRefusal(
            Reason.WRONG_PURPOSE,
            "CA '%s', which signed it, may not sign certificates of clients: have it signed by another one"
                .formatted(name(each)));
      }
    }
  }

  private static boolean isForClients(X509Certificate certificate) {
    return Purposes.include(certificate, KeyPurposeId.id_kp_clientAuth);
  }

  private void requireStrength(X509Certificate each) throws ClientRefusal {
    if (!Twins.isCanonical(each) && !authorities.contains(each)) {
      throw new ClientRefusal(
          Reason.BAD,
          "certificate '%s' is not written by the rules of DER: make another one with 'wwep cert device'"
              .formatted(name(each)));
    }
    if (each.getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < Problems.RSA_BITS_MIN) {
      throw new ClientRefusal(
          Reason.BAD,
          "certificate '%s' has an RSA key of %d bits, which can be broken: use %d, or EC P-256"
              .formatted(name(each), rsa.getModulus().bitLength(), Problems.RSA_BITS_MIN));
    }
    // Nobody checks the signature of what is trusted by itself.
    CertificateWords words = CertificateWords.of(each);
    if (CertificateProblems.hasWeakSignature(words) && !authorities.contains(each)) {
      throw new ClientRefusal(
          Reason.BAD,
          "certificate '%s' is signed with %s, which can be forged: have it signed with SHA-256"
              .formatted(name(each), words.signature()));
    }
  }

  /**
   * @param path ends in a CA that is trusted
   */
  private static void validate(List<X509Certificate> path, Instant now) throws ClientRefusal {
    X509Certificate anchor = path.get(path.size() - 1);
    int between = path.size() - 2;
    if (between < 0) {
      return; // the certificate itself is trusted
    }
    if (anchor.getBasicConstraints() < between) { // which PKIX does not look at in an anchor
      throw new ClientRefusal(
          Reason.BAD,
          "CA '%s' allows %d CAs below itself, and '%s' comes below %d: have it signed by a nearer one"
              .formatted(name(anchor), anchor.getBasicConstraints(), name(path.get(0)), between));
    }
    try {
      PKIXParameters parameters =
          new PKIXParameters(Set.of(new TrustAnchor(anchor, nameConstraints(anchor))));
      parameters.setDate(Date.from(now));
      parameters.setRevocationEnabled(false); // Revocations does that
      CertPathValidator.getInstance("PKIX")
          .validate(
              CertificateFactory.getInstance("X.509")
                  .generateCertPath(path.subList(0, path.size() - 1)),
              parameters);
    } catch (GeneralSecurityException | RuntimeException e) {
      throw new ClientRefusal(
          Reason.BAD,
          "certificate '%s' cannot be traced to CA '%s' by the rules of RFC 5280 (%s): make another one with 'wwep cert device'"
              .formatted(name(path.get(0)), name(anchor), IdentityException.words(e)));
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ClientTrust trust
        && trust.file.equals(file)
        && trust.authorities.equals(authorities)
        && trust.revocations.equals(revocations);
  }

  @Override
  public int hashCode() {
    return Objects.hash(file, authorities, revocations);
  }

  /** PKIX looks at those of an anchor only where they are given; null where there are none. */
  private static byte[] nameConstraints(X509Certificate anchor) {
    byte[] wrapped = anchor.getExtensionValue(Extension.nameConstraints.getId());
    return wrapped == null ? null : ASN1OctetString.getInstance(wrapped).getOctets();
  }

  /** Returns whose it is, in the one part of the subject that people know it by. */
  static String name(X509Certificate certificate) {
    return CertificateWords.shortName(certificate.getSubjectX500Principal());
  }

  private static String issuerName(X509Certificate certificate) {
    return CertificateWords.shortName(certificate.getIssuerX500Principal());
  }
}
