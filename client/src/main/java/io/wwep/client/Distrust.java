package io.wwep.client;

import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Why a server's certificate was refused, and what to do, in plain words. */
final class Distrust {

  /** A pin is as good as where it comes from, and it must not come from the connection itself. */
  private static final String PIN_CURE =
      "if the server printed the same at its start, this fingerprint with --pin";

  private final X509Certificate[] chain;
  private final X509Certificate leaf;
  private final CertificateException failure;
  private final List<X509Certificate> trusted;

  /**
   * @param chain what the server sent
   * @param failure what the JDK said of it
   * @param trusted CAs
   */
  Distrust(X509Certificate[] chain, CertificateException failure, List<X509Certificate> trusted) {
    this.chain = chain;
    leaf = chain[0];
    this.failure = failure;
    this.trusted = trusted;
  }

  UntrustedCertificate explained() {
    String message = String.valueOf(failure.getMessage());
    if (has(CertificateExpiredException.class) || has(CertificateNotYetValidException.class)) {
      return outOfTime();
    }
    if (message.contains("subject alternative") || message.startsWith("No name matching")) {
      return untrusted(
          "it is made for %s and not for this host".formatted(Certificates.hosts(leaf)),
          "connect by one of these with --host, or have one made for this host, as with 'wwep cert"
              + " server'");
    }
    if (message.contains("xtended key usage")) {
      return untrusted(
          "it is not made for servers", "give the server one as 'wwep cert server' makes it");
    }
    if (message.contains("lgorithm constraints")) {
      return untrusted(
          "this Java holds a key or a signature of it, or of one above it, for too weak (%s, %s)"
              .formatted(leaf.getPublicKey().getAlgorithm(), leaf.getSigAlgName()),
          "give the server one of RSA 2048 or EC P-256 with SHA-256, as 'wwep cert server' makes it");
    }
    return isOfATrustedCa() ? unfit() : unknownIssuer();
  }

  /** Whether the way up, by names and by signatures, reaches what is trusted. */
  private boolean isOfATrustedCa() {
    X509Certificate top = leaf;
    for (int i = 0; i < chain.length; i++) {
      if (signer(trusted, top).isPresent()) {
        return true;
      }
      Optional<X509Certificate> next = signer(List.of(chain), top);
      if (next.isEmpty()) {
        return false;
      }
      top = next.get();
    }
    return false;
  }

  private static Optional<X509Certificate> signer(
      List<X509Certificate> authorities, X509Certificate certificate) {
    return authorities.stream()
        .filter(each -> isNamed(each, certificate) && hasSigned(each, certificate))
        .findFirst();
  }

  /** The CA is the right one, and giving it again would not help. */
  private UntrustedCertificate unfit() {
    return untrusted(
        "a trusted CA has signed it, but %s".formatted(unfitness()),
        "see which one and how to mend it with 'wwep cert verify', the CA's file as its --ca");
  }

  private String unfitness() {
    String reason = deepest();
    String lower = reason.toLowerCase(Locale.ROOT);
    if (lower.contains("critical extension")) {
      return "it, or a CA above it, has a critical extension that this Java does not know";
    }
    if (lower.contains("name constraints")) {
      return "a CA above it may not sign for its names (name constraints)";
    }
    if (lower.contains("usage") || lower.contains("keycertsign")) {
      return "its key usage, or that of a CA above it, does not allow what it is used for";
    }
    if (lower.contains("basic constraints")) {
      return "one above it is not a CA's, or has too many CAs below it (basic constraints)";
    }
    return "this Java refuses it all the same (%s)".formatted(reason);
  }

  private String deepest() {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }

  /** Where a certificate is out of its time, it may just be a clock that is. */
  private UntrustedCertificate outOfTime() {
    Instant now = Instant.now();
    String clock = "and this computer's clock says %s".formatted(Certificates.day(now));
    if (now.isBefore(leaf.getNotBefore().toInstant())) {
      return untrusted(
          "it is valid from %s on, %s".formatted(Certificates.day(leaf.getNotBefore()), clock),
          "set the clock here, or set the server's and have its certificate made anew");
    }
    return untrusted(
        now.isAfter(leaf.getNotAfter().toInstant())
            ? "it expired on %s, %s".formatted(Certificates.day(leaf.getNotAfter()), clock)
            : "one of those that signed it is not valid now, %s".formatted(clock),
        "renew it on the server, unless it is the clock here that is wrong");
  }

  private UntrustedCertificate unknownIssuer() {
    if (leaf.getIssuerX500Principal().equals(leaf.getSubjectX500Principal())) {
      return untrusted(
          "it is self-signed, as %s, and not among those that are trusted"
              .formatted(Certificates.subject(leaf)),
          "give its file with --ca (wwep keeps its own in wwep-data/tls), or, " + PIN_CURE);
    }
    String issuer = Certificates.issuer(leaf);
    if (hasNamesake()) {
      return untrusted(
          "its issuer, %s, is trusted by that name, but with another key: either that CA was made anew, or somebody is in between"
              .formatted(issuer),
          "give the CA's file of today with --ca, or, " + PIN_CURE);
    }
    return untrusted(
        "its issuer, %s, is not trusted%s"
            .formatted(issuer, chain.length == 1 ? "" : ", nor who signed that"),
        "give its CA with --ca FILE, or, " + PIN_CURE);
  }

  /** Whether there are trusted CAs with the name of the issuer, and none has signed this. */
  private boolean hasNamesake() {
    List<X509Certificate> namesakes = trusted.stream().filter(each -> isNamed(each, leaf)).toList();
    return !namesakes.isEmpty() && namesakes.stream().noneMatch(each -> hasSigned(each, leaf));
  }

  private static boolean isNamed(X509Certificate authority, X509Certificate certificate) {
    return authority.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static boolean hasSigned(X509Certificate authority, X509Certificate certificate) {
    try {
      certificate.verify(authority.getPublicKey());
      return true;
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  private UntrustedCertificate untrusted(String reason, String cure) {
    return new UntrustedCertificate(reason, cure, leaf, failure);
  }

  private boolean has(Class<? extends Throwable> kind) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (kind.isInstance(t)) {
        return true;
      }
    }
    return false;
  }
}
