package io.wwep.certs;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/** The names for which a CA may sign: its name constraints (RFC 5280, section 4.2.1.10). */
final class NameLimits {

  private final CertificateWords authority;

  NameLimits(CertificateWords authority) {
    this.authority = authority;
  }

  /**
   * Returns why the CA may not have signed one of those below, directly or not; empty when it may.
   *
   * @param below the server's own first
   */
  Optional<String> violation(List<CertificateWords> below) {
    if (!authority.hasExtension(Extension.nameConstraints)) {
      return Optional.empty();
    }
    Optional<NameConstraints> limits =
        authority.parsed(Extension.nameConstraints, NameConstraints::getInstance);
    if (limits.isEmpty()) {
      return Optional.of("its name constraints cannot be read: make the CA anew");
    }
    return names(below)
        .filter(each -> !isPermitted(limits.get(), each))
        .findFirst()
        .map(
            each ->
                "its name constraints do not let it sign for %s: sign with a CA that may, or make this one anew for that name too"
                    .formatted(NameWords.bare(each)));
  }

  /** CAs that sign themselves anew are left out, as the RFC has it. */
  private static Stream<GeneralName> names(List<CertificateWords> below) {
    return below.stream()
        .filter(each -> each == below.get(0) || !each.isSelfIssued())
        .flatMap(NameLimits::names);
  }

  /** The common name counts as a host's where no alternative one is there, as OpenSSL has it. */
  private static Stream<GeneralName> names(CertificateWords words) {
    X500Name subject = words.certificate().getSubject();
    Stream<GeneralName> all =
        Stream.concat(
            subject.getRDNs().length == 0 ? Stream.empty() : Stream.of(new GeneralName(subject)),
            words.generalNames());
    return words.isCa() || words.hasExtension(Extension.subjectAlternativeName)
        ? all
        : Stream.concat(
            all,
            words.commonName().filter(CertificateWords::isHost).stream()
                .map(host -> new GeneralName(GeneralName.dNSName, host)));
  }

  private static boolean isPermitted(NameConstraints limits, GeneralName name) {
    PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
    try {
      if (limits.getPermittedSubtrees() != null) {
        validator.intersectPermittedSubtree(limits.getPermittedSubtrees());
      }
      if (limits.getExcludedSubtrees() != null) {
        for (GeneralSubtree each : limits.getExcludedSubtrees()) {
          validator.addExcludedSubtree(each);
        }
      }
      validator.checkPermitted(name);
      validator.checkExcluded(name);
      return true;
    } catch (NameConstraintValidatorException | RuntimeException refused) {
      // What cannot be compared is not permitted.
      return false;
    }
  }
}
