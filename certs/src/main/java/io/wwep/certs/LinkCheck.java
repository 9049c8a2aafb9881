package io.wwep.certs;

import io.wwep.certs.BoardCheck.Question;
import io.wwep.certs.BoardVerdict.Kind;
import io.wwep.certs.BoardVerdict.Link;
import io.wwep.certs.BoardVerdict.Step;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** The steps that are about one certificate on the way to the root. */
final class LinkCheck {

  private final List<Link> links;
  private final int index;
  private final Question question;
  private final Link link;
  private final X509Certificate certificate;
  private final CertificateWords words;

  LinkCheck(List<Link> links, int index, Question question) {
    this.links = links;
    this.index = index;
    this.question = question;
    link = links.get(index);
    certificate = link.certificate();
    words = link.words();
  }

  /** Of a known root nobody looks at the signature: it is believed as it is. */
  List<Step> signature() {
    if (link.isRoot()) {
      return List.of();
    }
    Optional<X509Certificate> issuer = issuer();
    if (issuer.isEmpty()) {
      return List.of(
          Step.skipped(
              index,
              Kind.SIGNATURE,
              "not checked, since the certificate of %s is not there"
                  .formatted(words.issuerShortName())));
    }
    return new SignatureSteps(index, certificate, issuer.get()).steps();
  }

  private Optional<X509Certificate> issuer() {
    if (index + 1 < links.size()) {
      return Optional.of(links.get(index + 1).certificate());
    }
    return words.isSelfIssued() ? Optional.of(certificate) : Optional.empty();
  }

  /** Asked of the last one. */
  Optional<Step> root() {
    if (index < links.size() - 1) {
      return Optional.empty();
    }
    if (!link.isRoot()) {
      return Optional.of(Step.failed(index, Kind.ROOT, BoardFlag.NOT_TRUSTED, unknown()));
    }
    return Optional.of(
        isSignedLeaf()
            ? Step.failed(
                index,
                Kind.ROOT,
                BoardFlag.NOT_TRUSTED,
                "it is in %s, but boards believe a server's own certificate only when the server has signed it itself (mbed TLS always, OpenSSL unless it has X509_V_FLAG_PARTIAL_CHAIN): load the one of %s into the board"
                    .formatted(link.source().get(), words.issuerShortName()))
            : Step.ok(index, Kind.ROOT, "it is in %s".formatted(link.source().get())));
  }

  /** Whether the board has the server's own certificate for a root, and a CA has signed it. */
  private boolean isSignedLeaf() {
    return index == 0 && link.isRoot() && !words.isSelfIssued();
  }

  private String unknown() {
    if (!words.isSelfIssued()) {
      return "%s, who signed it, is neither known nor sent: if that is a root, give its file with --ca and load it into the boards; if not, put its certificate into the server's file, behind the server's own"
          .formatted(words.issuerShortName());
    }
    boolean namesake =
        question.roots().stream()
            .anyMatch(each -> ChainPath.isIssuer(each.certificate(), certificate));
    String cure =
        links.size() == 1
            ? "load it into the board if it is the right one, which its fingerprint tells"
            : "load this root into the board, if it is the right one";
    return namesake
        ? "a root of the same name is known, but with another key: this one was made anew, or somebody else made it; %s"
            .formatted(cure)
        : "it signs itself, and the board does not know it: %s".formatted(cure);
  }

  /** Present when it demands what is not known. */
  Optional<Step> extensions() {
    return new CriticalExtensions(certificate, question.asMbedTls()).step(index);
  }

  /** Whether it may have signed the one below. */
  Optional<Step> maySign() {
    if (index == 0) {
      return Optional.empty();
    }
    Optional<String> reason = whyNotSigner();
    return Optional.of(
        reason
            .map(each -> Step.failed(index, Kind.ISSUER, BoardFlag.NOT_TRUSTED, each))
            .or(this::nameLimits)
            .orElseGet(() -> Step.ok(index, Kind.ISSUER, "it is a CA's")));
  }

  /** Of these mbed TLS knows nothing. */
  private Optional<Step> nameLimits() {
    return question.byStandards()
        ? new NameLimits(words)
            .violation(links.subList(0, index).stream().map(Link::words).toList())
            .map(each -> Step.failed(index, Kind.ISSUER, each))
        : Optional.empty();
  }

  private Optional<String> whyNotSigner() {
    boolean oldRoot = link.isRoot() && certificate.getVersion() < 3;
    int pathLength = certificate.getBasicConstraints();
    if (pathLength < 0 && !oldRoot) {
      return Optional.of(
          "it is not a CA's certificate, and so may sign none: have %s signed by a CA, as 'wwep cert ca' makes one"
              .formatted(links.get(index - 1).words().shortName()));
    }
    if (!Purposes.allow(certificate, Purposes.KEY_CERT_SIGN)) {
      return Optional.of(
          "its key usage does not include signing certificates: make the CA anew with keyCertSign");
    }
    long below =
        links.subList(1, index).stream().filter(each -> !each.words().isSelfIssued()).count();
    return !oldRoot && below > pathLength
        ? Optional.of(
            "it allows %d CA%s below itself (pathLen), and there %s %d: sign with it directly, or make it anew without that limit"
                .formatted(
                    pathLength, pathLength == 1 ? "" : "s", below == 1 ? "is" : "are", below))
        : Optional.empty();
  }

  Step dates(Instant at) {
    if (at.isAfter(words.notAfter())) {
      return Step.failed(
          index,
          Kind.DATES,
          BoardFlag.EXPIRED,
          "it expired on %s, and the clock says %s: renew it%s"
              .formatted(
                  Validity.day(words.notAfter()),
                  Validity.day(at),
                  link.isRoot() ? " and load the new one into the boards" : " on the server"));
    }
    if (at.isBefore(words.notBefore())) {
      return Step.failed(
          index,
          Kind.DATES,
          BoardFlag.FUTURE,
          "it holds from %s on, and the clock says %s: have the board set its clock (SNTP) before it connects"
              .formatted(Validity.day(words.notBefore()), Validity.day(at)));
    }
    return Step.ok(
        index, Kind.DATES, "%s, and the clock says %s".formatted(words.period(), Validity.day(at)));
  }

  /**
   * Its key, and the hash with which it was signed; the latter does not count in a known root, but
   * mbed TLS looks at it in a server's own certificate also where that is its root.
   */
  List<Step> strength() {
    List<Step> steps = new ArrayList<>();
    if (certificate.getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < Problems.RSA_BITS_MIN) {
      steps.add(
          Step.failed(
              index,
              Kind.STRENGTH,
              BoardFlag.BAD_KEY,
              "its key is %s, and stacks refuse RSA below %d: make a new key"
                  .formatted(words.key(), Problems.RSA_BITS_MIN)));
    }
    if (CertificateProblems.hasWeakSignature(words) && (!link.isRoot() || index == 0)) {
      steps.add(
          Step.failed(
              index,
              Kind.STRENGTH,
              BoardFlag.BAD_MD,
              "it is signed with %s, which can be forged: have it signed with SHA-256"
                  .formatted(words.signature())));
    }
    return steps.isEmpty()
        ? List.of(Step.ok(index, Kind.STRENGTH, "%s, %s".formatted(words.key(), words.signature())))
        : steps;
  }

  /** Whether it is for TLS servers (RFC 5280, sections 4.2.1.3 and 4.2.1.12). */
  Step use() {
    boolean encrypts = isEncryptedTo() && Purposes.allow(certificate, Purposes.KEY_ENCIPHERMENT);
    if (!encrypts && !Purposes.allow(certificate, Purposes.DIGITAL_SIGNATURE)) {
      return Step.failed(
          index,
          Kind.USE,
          BoardFlag.KEY_USAGE,
          "its key usage does not include digitalSignature: make it anew with 'wwep cert server'");
    }
    if (!Purposes.include(certificate, KeyPurposeId.id_kp_serverAuth)) {
      return Step.failed(
          index,
          Kind.USE,
          BoardFlag.EXT_KEY_USAGE,
          "it is not for TLS servers (extended key usage): make it anew with 'wwep cert server'");
    }
    return Step.ok(index, Kind.USE, "for TLS servers");
  }

  /**
   * Whether the board offers TLS_RSA suites alone, in which the server signs nothing; in all of
   * today's it does (RFC 8422, section 2; RFC 8446, section 4.4.2.2).
   */
  private boolean isEncryptedTo() {
    return question.stack().equals(Optional.of(BoardStack.WICED))
        && certificate.getPublicKey() instanceof RSAPublicKey;
  }
}
