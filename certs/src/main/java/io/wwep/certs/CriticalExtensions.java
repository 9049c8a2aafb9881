package io.wwep.certs;

import io.wwep.certs.BoardVerdict.Kind;
import io.wwep.certs.BoardVerdict.Step;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.misc.MiscObjectIdentifiers;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.PolicyInformation;

/**
 * Whether a stack knows all that a certificate demands to be understood: who does not know a
 * critical extension has to refuse (RFC 5280, section 4.2), a known root's too.
 */
final class CriticalExtensions {

  /** What mbed TLS 2.28 reads, as its {@code oid.c} has it. */
  private static final Set<String> OF_MBEDTLS =
      oids(
          Extension.basicConstraints,
          Extension.keyUsage,
          Extension.extendedKeyUsage,
          Extension.subjectAlternativeName,
          Extension.certificatePolicies,
          MiscObjectIdentifiers.netscapeCertType);

  /** What OpenSSL and the JDK know beyond that. */
  private static final Set<String> OF_LARGE_STACKS =
      oids(
          Extension.nameConstraints,
          Extension.policyConstraints,
          Extension.policyMappings,
          Extension.inhibitAnyPolicy);

  private static final ASN1ObjectIdentifier ANY_POLICY = Extension.certificatePolicies.branch("0");

  private final X509Certificate certificate;
  private final boolean mbedTls;

  /**
   * @param mbedTls whether to read it as mbed TLS does
   */
  CriticalExtensions(X509Certificate certificate, boolean mbedTls) {
    this.certificate = certificate;
    this.mbedTls = mbedTls;
  }

  private static Set<String> oids(ASN1ObjectIdentifier... all) {
    return Set.of(Stream.of(all).map(ASN1ObjectIdentifier::getId).toArray(String[]::new));
  }

  /** Present when it has to be refused. */
  Optional<Step> step(int link) {
    Set<String> unknown = critical();
    unknown.removeAll(OF_MBEDTLS);
    if (!mbedTls) {
      unknown.removeAll(OF_LARGE_STACKS);
    }
    if (!unknown.isEmpty()) {
      return Optional.of(
          Step.failed(
              link,
              Kind.EXTENSIONS,
              BoardFlag.BAD_EXTENSION,
              "%s not know its extension %s, which is critical, and so cannot accept it: have it made anew without that, or with that not critical"
                  .formatted(
                      mbedTls ? "mbed TLS does" : "TLS stacks do", String.join(", ", unknown))));
    }
    return mbedTls && hasCriticalPolicy()
        ? Optional.of(
            Step.failed(
                link,
                Kind.EXTENSIONS,
                BoardFlag.BAD_POLICY,
                "mbed TLS does not read certificate policies that are critical: have it made anew with them not critical"))
        : Optional.empty();
  }

  private Set<String> critical() {
    Set<String> oids = certificate.getCriticalExtensionOIDs();
    return oids == null ? new TreeSet<>() : new TreeSet<>(oids);
  }

  /** The one policy that mbed TLS knows is "any". */
  private boolean hasCriticalPolicy() {
    return critical().contains(Extension.certificatePolicies.getId())
        && CertificateWords.of(certificate)
            .parsed(Extension.certificatePolicies, CertificatePolicies::getInstance)
            .map(CertificatePolicies::getPolicyInformation)
            .filter(all -> Stream.of(all).allMatch(CriticalExtensions::isAny))
            .isEmpty();
  }

  private static boolean isAny(PolicyInformation policy) {
    return policy.getPolicyIdentifier().equals(ANY_POLICY);
  }
}
