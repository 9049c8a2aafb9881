package io.wwep.client;

import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Why a server that asked for the client's certificate does not admit the client. Immutable.
 *
 * <p>Stacks send different alerts for one cause. To a client without a certificate OpenSSL sends
 * handshake_failure in TLS 1.2 and certificate_required in TLS 1.3, Java 17 bad_certificate in
 * both, GnuTLS decode_error in TLS 1.2. To one of an unknown CA OpenSSL sends unknown_ca, Java
 * certificate_unknown and GnuTLS access_denied. So what the server asked for counts for more than
 * the alert, and each sentence names the likely causes, the likelier first.
 */
final class CertificateRefusal {

  /**
   * A cause and its cure.
   *
   * @param cause begins behind the name of the server: {@code wants a client certificate …}
   * @param cure what to do
   */
  record Reason(String cause, String cure) {}

  /** Alerts that mean one thing in all stacks. */
  private static final Set<String> PLAIN = Set.of("certificate_expired", "certificate_revoked");

  private static final String ANEW =
      "have one made of RSA 2048 or, with --ec, EC P-256, as 'wwep cert device' does";

  private static final String CHAIN = "CAs between belong behind the client's own in its file";

  private final CertificateRequest request;
  private final ClientIdentity identity;

  /**
   * @param identity null when there is none
   */
  CertificateRefusal(CertificateRequest request, ClientIdentity identity) {
    this.request = request;
    this.identity = identity;
  }

  /**
   * @param alert its name in the RFCs, or empty when none came
   */
  Reason reason(String alert) {
    if (!request.shown()) {
      return identity == null ? noneGiven() : noneThatFits();
    }
    if (isOfOtherCa() && !PLAIN.contains(alert)) {
      return otherCa();
    }
    return switch (alert) {
      case "certificate_expired" -> expired();
      case "certificate_revoked" -> revoked();
      case "unsupported_certificate" -> unsupported();
      case "decrypt_error", "insufficient_security" -> weak();
      case "access_denied" -> denied();
      case "unknown_ca" -> unknownCa();
      default -> unexplained();
    };
  }

  private Reason noneGiven() {
    String issuers =
        request.issuers().isEmpty()
            ? ""
            : " signed by %s".formatted(Certificates.names(request.issuers()));
    return new Reason(
        "wants a client certificate%s, and none was given".formatted(issuers),
        "give one with --cert FILE, as 'wwep cert device' makes it with the CA of that server");
  }

  private Reason noneThatFits() {
    return new Reason(
        "takes no client certificate with a key like this one's (%s), but %s"
            .formatted(keyAlgorithm(), String.join(", ", request.keyTypes())),
        ANEW);
  }

  /** Whether the server named its CAs, and none of them has signed any of the chain. */
  private boolean isOfOtherCa() {
    List<Principal> issuers = request.issuers();
    return !issuers.isEmpty()
        && identity.chain().stream()
            .map(X509Certificate::getIssuerX500Principal)
            .noneMatch(issuers::contains);
  }

  private Reason otherCa() {
    return new Reason(
        "takes only client certificates signed by %s, and %s was signed by %s"
            .formatted(Certificates.names(request.issuers()), identity, issuer()),
        "give one with --cert that the server's CA has signed, or have this CA added on the server (--client-ca); "
            + CHAIN);
  }

  private Reason expired() {
    return new Reason(
        "holds the client certificate %s for expired, or one behind it, and by the clock here (%s) it is valid, from %s to %s"
            .formatted(identity, Certificates.day(Instant.now()), from(), until()),
        "compare the two clocks, then have the certificate made anew");
  }

  private Reason revoked() {
    return new Reason(
        "says that the client certificate %s was revoked, or its own list of what was revoked (CRL) is overdue"
            .formatted(identity),
        "ask who runs the server which it is, then have a new one made, as with 'wwep cert device', or the list renewed");
  }

  private Reason unsupported() {
    return new Reason(
        "cannot use the client certificate %s, either for what it is made for, or for its kind of key or signature (%s)"
            .formatted(identity, identity.certificate().getSigAlgName()),
        ANEW);
  }

  private Reason weak() {
    return new Reason(
        "does not accept the signature of the client certificate's key (%s), or holds the key for too weak"
            .formatted(keyAlgorithm()),
        ANEW);
  }

  private Reason denied() {
    return new Reason(
        "does not admit the client certificate %s, either this one, or all that %s has signed"
            .formatted(identity, issuer()),
        "ask who runs the server which it admits");
  }

  private Reason unknownCa() {
    return new Reason(
        "does not trust %s, which signed the client certificate %s".formatted(issuer(), identity),
        "have that CA added on the server (--client-ca), or give a certificate of a CA that it has with --cert; "
            + CHAIN);
  }

  private Reason unexplained() {
    return new Reason(
        "refused the client certificate %s, either since it does not trust %s, which signed it, or since by its clock it is not within %s to %s"
            .formatted(identity, issuer(), from(), until()),
        "have that CA added on the server (--client-ca), or give a certificate of a CA that it has with --cert; then compare the clocks");
  }

  /** Returns who signed the last one that is shown. */
  private String issuer() {
    return Certificates.issuer(identity.chain().get(identity.chain().size() - 1));
  }

  private String keyAlgorithm() {
    return identity.certificate().getPublicKey().getAlgorithm();
  }

  private String from() {
    return Certificates.day(identity.certificate().getNotBefore());
  }

  private String until() {
    return Certificates.day(identity.certificate().getNotAfter());
  }
}
