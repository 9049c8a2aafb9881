package io.wwep.certs;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;
import org.bouncycastle.util.IPAddress;

/** What is wrong with a certificate that can be read, each as a sentence with the cure. */
public final class CertificateProblems {

  /** As most authorities do; a class meets once a week. */
  private static final Duration WARNED_AHEAD = Duration.ofDays(30);

  static final String RENEWAL = "get a new one from whoever issued it";

  private static final Pattern WEAK_HASH = Pattern.compile("(SHA1|MD\\d)with.*");

  private final String name;
  private final CertificateWords certificate;
  private final String renewal;
  private final boolean proof;

  /**
   * @param proof whether a server proves itself with it
   */
  CertificateProblems(String name, CertificateWords certificate, String renewal, boolean proof) {
    this.name = name;
    this.proof = proof;
    this.certificate = certificate;
    this.renewal = renewal;
  }

  /**
   * Returns the problems of a certificate that somebody else has issued.
   *
   * @param name what sentences call it, as in {@code certificate a.pem}
   */
  public static CertificateProblems of(String name, CertificateWords certificate) {
    return new CertificateProblems(name, certificate, RENEWAL, certificate.isServer());
  }

  /** Returns the problems of a certificate with which a server proves itself, a root or not. */
  public static CertificateProblems ofServer(String name, CertificateWords certificate) {
    return new CertificateProblems(name, certificate, RENEWAL, true);
  }

  /** Returns all of them at a moment. */
  public List<String> all(Instant now) {
    List<String> all = new ArrayList<>();
    date(now).ifPresent(all::add);
    rsaKey().ifPresent(all::add);
    curve().ifPresent(all::add);
    signature().ifPresent(all::add);
    purpose().or(this::names).ifPresent(all::add);
    generalizedTime().ifPresent(all::add);
    usage().ifPresent(all::add);
    return all;
  }

  /**
   * Also what will be wrong within the next weeks, while there is time to do something about it.
   */
  Optional<String> date(Instant now) {
    Instant from = certificate.notBefore();
    Instant until = certificate.notAfter();
    if (now.isAfter(until)) {
      return Optional.of("%s expired on %s: %s".formatted(name, Validity.day(until), renewal));
    }
    if (now.isBefore(from)) {
      return Optional.of(
          "%s is valid from %s on, and this computer's clock says %s: set the clock"
              .formatted(name, Validity.day(from), Validity.day(now)));
    }
    if (until.isBefore(now.plus(warnedAhead(from, until)))) {
      long days = Duration.between(now, until).toDays();
      String when =
          days == 0 ? "within a day" : "in %d day%s".formatted(days, days == 1 ? "" : "s");
      return Optional.of(
          "%s expires on %s, %s: %s".formatted(name, Validity.day(until), when, renewal));
    }
    return Optional.empty();
  }

  /**
   * One that holds for a few weeks is renewed all the time, and would be warned of all the time.
   */
  private static Duration warnedAhead(Instant from, Instant until) {
    Duration third = Duration.between(from, until).dividedBy(3);
    return third.compareTo(WARNED_AHEAD) < 0 ? third : WARNED_AHEAD;
  }

  Optional<String> rsaKey() {
    return KeyWords.rsaModulus(certificate.certificate().getSubjectPublicKeyInfo())
        .map(BigInteger::bitLength)
        .filter(bits -> bits < Problems.RSA_BITS_MIN)
        .map(
            bits ->
                "%s has an RSA key of %d bits, and many TLS stacks refuse fewer than %d: %s"
                    .formatted(name, bits, Problems.RSA_BITS_MIN, renewal));
  }

  /** See RFC 5480, section 2.1.1: within certificates a curve has to be named. */
  Optional<String> curve() {
    AlgorithmIdentifier algorithm =
        certificate.certificate().getSubjectPublicKeyInfo().getAlgorithm();
    boolean writtenOut =
        algorithm.getAlgorithm().equals(X9ObjectIdentifiers.id_ecPublicKey)
            && !(algorithm.getParameters() instanceof ASN1ObjectIdentifier);
    return writtenOut
        ? Optional.of(
            "%s has an EC key whose curve is written out in place of its name, which TLS stacks refuse: make a key anew, on P-256 by its name"
                .formatted(name))
        : Optional.empty();
  }

  /**
   * Returns that its signature is by way of a hash that can be forged. That of a root is no proof
   * of anything: who trusts a root has it already.
   */
  public Optional<String> signature() {
    boolean root = certificate.isCa() && certificate.isSelfIssued();
    return hasWeakSignature(certificate) && (proof || !root)
        ? Optional.of(
            "%s is signed with %s, which most TLS stacks refuse: have it signed with SHA-256"
                .formatted(name, certificate.signature()))
        : Optional.empty();
  }

  static boolean hasWeakSignature(CertificateWords certificate) {
    return WEAK_HASH.matcher(certificate.signature()).matches();
  }

  /** What a server shows must be made for that (RFC 5280, sections 4.2.1.3 and 4.2.1.12). */
  Optional<String> purpose() {
    boolean otherPurpose =
        certificate.hasExtension(Extension.extendedKeyUsage)
            && !certificate.hasPurpose(KeyPurposeId.id_kp_serverAuth)
            && !certificate.hasPurpose(KeyPurposeId.anyExtendedKeyUsage);
    boolean otherUse =
        !certificate.mayDo(KeyUsage.digitalSignature).orElse(true)
            && !certificate.mayDo(KeyUsage.keyEncipherment).orElse(true);
    return proof && (otherPurpose || otherUse)
        ? Optional.of(
            "%s is not made for servers (%s), and boards that look at that refuse it: have one made for this server, as 'wwep cert server' does"
                .formatted(
                    name,
                    otherPurpose
                        ? "its extended key usage lacks serverAuth"
                        : "its key usage lacks digitalSignature"))
        : Optional.empty();
  }

  /** Only of a server's; a board compares what it connects to. */
  Optional<String> names() {
    if (!proof && !certificate.isServer()) {
      return Optional.empty();
    }
    Optional<String> address = certificate.commonName().filter(IPAddress::isValid);
    if (address.isPresent() && !certificate.hasAddress(address.get())) {
      return Optional.of(
          "%s has the address %s as its common name alone, where most clients do not look: have it made with the address among its alternative names, as 'wwep cert new %s' does"
              .formatted(name, address.get(), address.get()));
    }
    return certificate.names().isEmpty()
        ? Optional.of(
            "%s has no alternative names, and most clients look for a server's name nowhere else: have it made with them, as 'wwep cert new %s' does"
                .formatted(name, certificate.commonName().orElse("NAME")))
        : Optional.empty();
  }

  /** See RFC 5280, section 4.1.2.5: from 2050 on there is no other form. */
  Optional<String> generalizedTime() {
    return certificate.hasGeneralizedTime()
        ? Optional.of(
            "%s has a date in the long form (GeneralizedTime), which old WICED stacks refuse with error 3035: have it made with dates before 2050 in the short form (UTCTime), as 'wwep cert' does"
                .formatted(name))
        : Optional.empty();
  }

  /** What says that it is a CA, and what its key may do, can contradict each other. */
  Optional<String> usage() {
    Optional<Boolean> signs = certificate.mayDo(KeyUsage.keyCertSign);
    if (certificate.isCa() && signs.isPresent() && !signs.get()) {
      return Optional.of(
          "%s is a CA's, and its key usage does not let it sign certificates: have it made with keyCertSign, as 'wwep cert ca' does"
              .formatted(name));
    }
    if (!certificate.isCa() && signs.orElse(false)) {
      return Optional.of(
          "%s may sign certificates by its key usage, and is no CA's by its basic constraints, so what it signs is refused: have it made anew, as a CA's with 'wwep cert ca' or without keyCertSign"
              .formatted(name));
    }
    boolean path =
        certificate
            .parsed(Extension.basicConstraints, BasicConstraints::getInstance)
            .filter(each -> !each.isCA() && each.getPathLenConstraint() != null)
            .isPresent();
    return path
        ? Optional.of(
            "%s limits the path below a CA, and is no CA's: have it made without a path length"
                .formatted(name))
        : Optional.empty();
  }
}
