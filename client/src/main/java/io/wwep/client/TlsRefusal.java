package io.wwep.client;

import java.io.IOException;
import java.security.Principal;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What a server means that refuses TLS: by the alert that it sent (RFC 8446, section 6; RFC 5246,
 * section 7.2), and by what it asked this client for before. Immutable.
 *
 * <p>Stacks send different alerts for one cause. To a client without a certificate OpenSSL sends
 * handshake_failure in TLS 1.2 and certificate_required in TLS 1.3, Java 17 bad_certificate in
 * both. To one of an unknown CA OpenSSL sends unknown_ca and Java certificate_unknown. So where a
 * server asked and nothing was shown, that counts for more than the alert; and each sentence names
 * the likely causes, the likelier first.
 */
final class TlsRefusal {

  /** What the JDK says of an alert that came, and of none that it sent. */
  private static final Pattern RECEIVED = Pattern.compile("Received fatal alert: ([a-z_]+)");

  /** Alerts that come of a client's certificate, or of the lack of one. */
  private static final Set<String> ABOUT_CERTIFICATE =
      Set.of(
          "handshake_failure",
          "no_certificate",
          "bad_certificate",
          "unsupported_certificate",
          "certificate_revoked",
          "certificate_expired",
          "certificate_unknown",
          "unknown_ca",
          "access_denied",
          "decode_error",
          "decrypt_error",
          "insufficient_security",
          "certificate_required");

  private static final String TRUST_CURE =
      "have that CA added on the server, or give a certificate of a CA that it has with --cert; CAs"
          + " between belong behind the client's own in its file";

  private final Endpoint endpoint;
  private final CertificateRequest request;
  private final ClientIdentity identity;

  /**
   * @param request null when the server did not ask for a certificate
   * @param identity null when there is none
   */
  TlsRefusal(Endpoint endpoint, CertificateRequest request, ClientIdentity identity) {
    this.endpoint = endpoint;
    this.request = request;
    this.identity = identity;
  }

  /** Returns the alert that ended the connection, as in {@code unknown_ca}, or null. */
  private static String alert(IOException failure) {
    if (!(failure instanceof SSLException)) {
      return null;
    }
    Matcher received = RECEIVED.matcher(String.valueOf(failure.getMessage()));
    return received.find() ? received.group(1) : null;
  }

  /** Returns what ended a handshake before its end on this side, or null when it was no alert. */
  WwepException ofHandshake(IOException failure) {
    String alert = alert(failure);
    if (alert == null) {
      return null;
    }
    WwepException refused = ofCertificate(failure);
    return refused != null ? refused : new WwepException.Unreachable(settings(alert), failure);
  }

  /**
   * Returns the refusal of the client's certificate, or of a client without one; null for any other
   * end. In TLS 1.3 it comes when the handshake is over on the client's side, and then the server
   * has looked at nothing of what was sent behind it: it goes on with no client that it refused.
   */
  WwepException.NotAdmitted ofCertificate(IOException failure) {
    String alert = alert(failure);
    if (request == null || alert == null || !ABOUT_CERTIFICATE.contains(alert)) {
      return null;
    }
    Reason reason = request.shown() ? shown(alert) : notShown();
    return new WwepException.NotAdmitted(
        "%s %s (TLS alert %s): %s".formatted(endpoint, reason.cause, alert, reason.cure), failure);
  }

  /**
   * Returns what may be behind an end without an alert and without an answer, as the end of a
   * sentence that tells of it; null when it has nothing to do with certificates.
   */
  String suspicion() {
    if (request == null) {
      return null;
    }
    Reason reason = request.shown() ? shown("") : notShown();
    return "most likely because it %s: %s; its log says why".formatted(reason.cause, reason.cure);
  }

  // ---- a server that asked for a certificate

  /**
   * Why a server does not admit this client.
   *
   * @param cause with the server as what it is about
   * @param cure what to do
   */
  private record Reason(String cause, String cure) {}

  private Reason notShown() {
    if (identity == null) {
      String issuers =
          request.issuers().isEmpty()
              ? ""
              : " signed by %s".formatted(Certificates.names(request.issuers()));
      return new Reason(
          "wants a client certificate%s, and none was given".formatted(issuers),
          "give one with --cert FILE, as 'wwep cert device' makes it with the CA of that server");
    }
    return new Reason(
        "takes no client certificate with a key like this one's (%s), but %s"
            .formatted(
                identity.certificate().getPublicKey().getAlgorithm(),
                String.join(", ", request.keyTypes())),
        "have one made of RSA 2048 or, with --ec, EC P-256, as 'wwep cert device' does");
  }

  private Reason shown(String alert) {
    if (isOfOtherCa()) {
      return new Reason(
          "takes only client certificates signed by %s, and %s was signed by %s"
              .formatted(Certificates.names(request.issuers()), identity, issuer()),
          "give one with --cert that the server's CA has signed, or have this CA added on the"
              + " server");
    }
    return switch (alert) {
      case "certificate_expired" ->
          new Reason(
              "holds the client certificate %s for expired, or one behind it, and by the clock here (%s) it is valid, from %s to %s"
                  .formatted(identity, Certificates.day(Instant.now()), from(), until()),
              "compare the two clocks, then have the certificate made anew");
      case "certificate_revoked" ->
          new Reason(
              "says that the client certificate %s was revoked".formatted(identity),
              "have a new one made, as with 'wwep cert device', and give it with --cert");
      case "unsupported_certificate" ->
          new Reason(
              "cannot use the client certificate %s, either for what it is made for, or for its kind of key or signature (%s)"
                  .formatted(identity, identity.certificate().getSigAlgName()),
              "have one made as 'wwep cert device' does, of RSA 2048 or, with --ec, EC P-256");
      case "decrypt_error", "insufficient_security" ->
          new Reason(
              "does not accept the signature of the client certificate's key (%s), or holds the key for too weak"
                  .formatted(identity.certificate().getPublicKey().getAlgorithm()),
              "have one made of RSA 2048 or, with --ec, EC P-256, as 'wwep cert device' does");
      case "access_denied" ->
          new Reason(
              "does not admit the client certificate %s, either this one, or all that %s has signed"
                  .formatted(identity, issuer()),
              "ask who runs the server which it admits");
      case "unknown_ca" ->
          new Reason(
              "does not trust %s, which signed the client certificate %s"
                  .formatted(issuer(), identity),
              TRUST_CURE);
      default ->
          new Reason(
              "refused the client certificate %s, either since it does not trust %s, which signed it, or since by its clock it is not within %s to %s"
                  .formatted(identity, issuer(), from(), until()),
              TRUST_CURE + "; and compare the clocks");
    };
  }

  /** Whether the server named its CAs, and none of them has signed any of the chain. */
  private boolean isOfOtherCa() {
    List<Principal> issuers = request.issuers();
    return !issuers.isEmpty()
        && identity.chain().stream()
            .map(X509Certificate::getIssuerX500Principal)
            .noneMatch(issuers::contains);
  }

  private String issuer() {
    return Certificates.issuer(identity.chain().get(identity.chain().size() - 1));
  }

  private String from() {
    return Certificates.day(identity.certificate().getNotBefore());
  }

  private String until() {
    return Certificates.day(identity.certificate().getNotAfter());
  }

  // ---- a server that did not

  private String settings(String alert) {
    return "%s refused the TLS handshake (alert %s): %s"
        .formatted(
            endpoint,
            alert,
            switch (alert) {
              case "protocol_version" ->
                  "it takes neither TLS 1.2 nor 1.3, and this client nothing older: enable TLS 1.2 there";
              case "handshake_failure", "insufficient_security" ->
                  "most likely it shares no cipher suite, curve or signature with this client: enable ECDHE with AES-GCM on P-256 there; its log says more";
              case "unrecognized_name" ->
                  "it serves no '%s': connect by the name that it goes by, or by its address"
                      .formatted(endpoint.host());
              case "internal_error" -> "it failed by itself: its log says why";
              case "unknown_psk_identity" ->
                  "it works with pre-shared keys and not with certificates: give the server a certificate";
              case "no_application_protocol" ->
                  "it insists on an application protocol (ALPN), and WWEP has none: switch that off there";
              default -> "its log says why";
            });
  }
}
