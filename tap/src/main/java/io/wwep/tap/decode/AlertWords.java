package io.wwep.tap.decode;

import io.wwep.protocol.tls.TlsAlert;

/** What the alerts of TLS tell of a board. */
public final class AlertWords {

  private AlertWords() {}

  /** Returns its name in the RFCs, or its number as text. */
  public static String name(int number) {
    return TlsAlert.of(number).map(TlsAlert::word).orElseGet(() -> "number " + number);
  }

  /** Whether it comes of a certificate. */
  public static boolean isOfCertificate(String name) {
    return TlsAlert.named(name).filter(TlsAlert.ABOUT_CERTIFICATE::contains).isPresent();
  }

  /** Returns what it means when a board sends it to who shows a certificate that is not real. */
  public static String meaning(String name) {
    return switch (name) {
      case "unknown_ca" ->
          "the board verifies, and does not trust who signed the tap's certificate: it is safe from a man in the middle";
      case "certificate_unknown", "bad_certificate", "access_denied" ->
          "the board verifies, and refuses the tap's certificate, most likely for its unknown CA: it is safe from a man in the middle";
      case "certificate_expired" ->
          "the board verifies, and holds the certificate for over or not valid yet: it looks at dates, and a clock that is not set does the same";
      case "unsupported_certificate", "certificate_revoked", "decrypt_error" ->
          "the board looks at the certificate, and cannot or will not use it";
      case "handshake_failure", "protocol_version", "insufficient_security", "missing_extension" ->
          "board and tap share no version, cipher suite or curve: that says nothing about whether the board verifies, so let it offer TLS 1.2 with ECDHE and AES-GCM, or 1.3";
      case "close_notify", "user_canceled" -> "the board gave up by itself";
      default ->
          "the board ended the handshake: its own log says why, and whether it looked at the certificate";
    };
  }
}
