package io.wwep.client;

import java.io.IOException;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What a server means that refuses TLS: by the alert that it sent (RFC 8446, section 6; RFC 5246,
 * section 7.2), and by what it asked this client for before. Immutable.
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
    CertificateRefusal.Reason reason = new CertificateRefusal(request, identity).reason(alert);
    return new WwepException.NotAdmitted(
        "%s %s (TLS alert %s): %s".formatted(endpoint, reason.cause(), alert, reason.cure()),
        failure);
  }

  /**
   * Returns what may be behind an end without an alert and without an answer, as the end of a
   * sentence that tells of it; null when it has nothing to do with certificates.
   */
  String suspicion() {
    if (request == null) {
      return null;
    }
    CertificateRefusal.Reason reason = new CertificateRefusal(request, identity).reason("");
    return "most likely because it %s: %s; its log says why"
        .formatted(reason.cause(), reason.cure());
  }

  private String settings(String alert) {
    String cause =
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
              "it works with pre-shared keys and not with certificates: give it a certificate";
          case "no_application_protocol" ->
              "it insists on an application protocol (ALPN), and WWEP has none: switch that off there";
          default -> "its log says why";
        };
    return "%s refused the TLS handshake (alert %s): %s".formatted(endpoint, alert, cause);
  }
}
