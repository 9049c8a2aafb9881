package io.wwep.server.tls;

import io.wwep.protocol.tls.TlsAlert;
import java.util.Arrays;
import java.util.List;

/**
 * Why this server ended a handshake, told from the words of its TLS engines: BoringSSL's in capital
 * letters, then those of the JDK. Both were collected by provoking each failure.
 */
enum TlsDiagnosisFailure {
  /** The board offers nothing newer than TLS 1.1. */
  PROTOCOL_TOO_OLD(
      TlsAlert.PROTOCOL_VERSION,
      "UNSUPPORTED_PROTOCOL",
      "is not enabled or supported in server context",
      "The client supported protocol versions"),
  /** No cipher suite suits both, or none suits with the curves and signatures offered. */
  NO_SHARED_CIPHER(
      TlsAlert.HANDSHAKE_FAILURE, "NO_SHARED_CIPHER", "WRONG_CURVE", "no cipher suites in common"),
  /** No curve for the key exchange suits both. */
  NO_SHARED_GROUP(null, "NO_SHARED_GROUP", "Unexpected key_share extension in HelloRetryRequest"),
  /** The board can verify no signature of the server's key. */
  NO_SHARED_SIGNATURE(
      TlsAlert.HANDSHAKE_FAILURE,
      "NO_COMMON_SIGNATURE_ALGORITHMS",
      "No available authentication scheme",
      "No supported signature algorithm",
      "No supported CertificateVerify signature algorithm"),
  /** The board shows no certificate where one is asked for. */
  NO_CLIENT_CERTIFICATE(
      null, "PEER_DID_NOT_RETURN_A_CERTIFICATE", "Empty client certificate chain"),
  /** The board shows a certificate that this server does not trust. */
  CLIENT_CERTIFICATE_REFUSED(
      null,
      "CERTIFICATE_VERIFY_FAILED",
      "PKIX path",
      "ValidatorException",
      "CertificateExpiredException",
      "CertificateNotYetValidException"),
  /** What the board signed is not signed with the key of the certificate that it showed. */
  WRONG_CLIENT_KEY(
      TlsAlert.DECRYPT_ERROR,
      "BAD_SIGNATURE",
      "RSA routines", // of whose failures there are many, all of a signature
      "Invalid CertificateVerify",
      "certificate verify message signature error",
      "Unable to verify the digital signature"),
  /** The board's key may not sign, or is of a kind that an engine here does not take. */
  UNUSABLE_CLIENT_KEY(
      null,
      "KEY_USAGE_BIT_INCORRECT",
      "UNSUPPORTED_ALGORITHM",
      "Cannot verify CertificateVerify signature"),
  /** What the board sends as its chain is more than an engine here takes. */
  LARGE_CLIENT_CHAIN(
      null,
      "EXCESSIVE_MESSAGE_SIZE",
      "exceeds the maximum allowed size",
      "certificate chain length"),
  /**
   * The board refused the certificate with an alert in clear where TLS 1.3 expects an encrypted
   * one: OpenSSL does. The engine then sees a record that is too short for its cipher.
   */
  ALERT_IN_CLEAR(
      null, "BAD_PACKET_LENGTH", "Insufficient buffer remaining for AEAD cipher fragment"),
  /** The board wants to change keys by a second handshake, as TLS 1.2 had it. */
  RENEGOTIATION(null, "NO_RENEGOTIATION", "renegotiation is not allowed", "Insecure renegotiation"),
  /** The ClientHello is longer than any board's. */
  LONG_HELLO(null, "ClientHello length exceeds"),
  /** The ClientHello contradicts itself. */
  UNREADABLE_HELLO(
      TlsAlert.DECODE_ERROR, "CLIENTHELLO_PARSE_FAILED", "Illegal handshake message: client_hello"),
  /** What the board encrypted does not decrypt, or its Finished is wrong. */
  WRONG_KEYS(
      null,
      "DECRYPTION_FAILED_OR_BAD_RECORD_MAC",
      "BAD_DECRYPT",
      "DIGEST_CHECK_FAILED",
      "Tag mismatch",
      "bad record MAC",
      "Bad record MAC",
      "The Finished message cannot be verified",
      "Padding invalid"),
  /** The handshake began in TLS and went on in something else. */
  NOT_TLS_ANY_MORE(
      null,
      "WRONG_VERSION_NUMBER",
      "HTTP_REQUEST",
      "not an SSL/TLS record",
      "Unrecognized SSL message",
      "Unsupported or unrecognized SSL message"),
  /** A message came where the handshake has none. */
  OUT_OF_ORDER(
      null,
      "UNEXPECTED_RECORD",
      "UNEXPECTED_MESSAGE",
      "BAD_CHANGE_CIPHER_SPEC",
      "Unexpected ChangeCipherSpec",
      "Unknown handshake type",
      "Unexpected handshake message",
      "Receiving application data before handshake complete"),
  /** A second, older attempt of a client that could do better. */
  FALLBACK(TlsAlert.INAPPROPRIATE_FALLBACK, "INAPPROPRIATE_FALLBACK");

  private final TlsAlert sent;

  @SuppressWarnings("ImmutableEnumChecker") // a List.of is
  private final List<String> words;

  TlsDiagnosisFailure(TlsAlert sent, String... words) {
    this.sent = sent;
    this.words = List.of(words);
  }

  /** Returns the failure that an engine's message tells of, or null when it is none of these. */
  static TlsDiagnosisFailure in(String message) {
    return Arrays.stream(values())
        .filter(each -> each.words.stream().anyMatch(message::contains))
        .findFirst()
        .orElse(null);
  }

  /** Returns the alert that this server sends then, or null when its engines differ in that. */
  TlsAlert sent() {
    return sent;
  }
}
