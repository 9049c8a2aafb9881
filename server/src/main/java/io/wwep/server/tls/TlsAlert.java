package io.wwep.server.tls;

import java.util.Locale;

/**
 * An alert that ends a TLS handshake (RFC 5246, 7.2; RFC 8446, 6), and what it usually means when a
 * board sends it.
 *
 * <p>Stacks differ in the alert that they send for one cause: for a root that is not loaded OpenSSL
 * and mbed TLS send 48, GnuTLS 42 and Java 46; for a clock at 1970 mbed TLS sends 46, OpenSSL and
 * GnuTLS 42; where the name does not match, OpenSSL, mbed TLS and GnuTLS send 42. So each meaning
 * names the likely causes, the likeliest first.
 */
enum TlsAlert {
  CLOSE_NOTIFY(
      0,
      "it ended the handshake in an orderly way: either its own time for the handshake was up, or"
          + " it checked the certificate by itself and refused it; look at the board's own error"),
  UNEXPECTED_MESSAGE(
      10,
      "its TLS stack got a message that it did not expect, which points to a fault in the stack:"
          + " update it, or leave only TLS 1.2 switched on"),
  BAD_RECORD_MAC(
      20,
      "it could not decrypt what this server sent: look for a memory error in the board's program"
          + " (a stack too small, a buffer overrun), then for a fault in its crypto hardware"),
  DECRYPTION_FAILED(
      21,
      "it could not decrypt what this server sent: look for a memory error in the board's program"),
  RECORD_OVERFLOW(
      22,
      "a record was larger than its buffer: enlarge its TLS input buffer (mbed TLS:"
          + " MBEDTLS_SSL_IN_CONTENT_LEN), or send a shorter certificate chain"),
  HANDSHAKE_FAILURE(
      40,
      "it found nothing acceptable in what this server chose: compare its cipher suites, curves and"
          + " signature algorithms; ECDHE, P-256 and SHA-256 suit both"),
  NO_CERTIFICATE(
      41, "it has no certificate of its own to show: load one, or do not ask boards for one"),
  BAD_CERTIFICATE(
      42,
      "it refused this server's certificate: either the name or address that it connects to is not"
          + " in the certificate (connect to a name that is; many stacks match no IP addresses), or"
          + " it does not trust it (load it as the board's root), or the board's clock is not set"
          + " (set it by SNTP before TLS)",
      true),
  UNSUPPORTED_CERTIFICATE(
      43,
      "its TLS stack cannot use this kind of certificate: give the server an RSA 2048 or an EC P-256"
          + " pair signed with SHA-256, whichever the board can verify",
      true),
  CERTIFICATE_REVOKED(44, "it holds the certificate for revoked: give the server a new pair", true),
  CERTIFICATE_EXPIRED(
      45,
      "it holds this server's certificate for expired: either the certificate is (this server says"
          + " so at its start; renew it), or the board's clock is wrong (set it by SNTP before"
          + " TLS)",
      true),
  CERTIFICATE_UNKNOWN(
      46,
      "it refused this server's certificate for a reason that it does not name: either the board's"
          + " clock is not set, often at 1970 (set it by SNTP before TLS), or it does not trust the"
          + " certificate (load it as the board's root), or it accepts no such signature (mbed TLS"
          + " refuses SHA-1; use SHA-256)",
      true),
  ILLEGAL_PARAMETER(
      47,
      "its TLS stack holds a value that this server sent for wrong, which points to a fault in the"
          + " stack: update it, or leave only TLS 1.2 and P-256 switched on"),
  UNKNOWN_CA(
      48,
      "it does not know who signed this server's certificate: load the server's certificate, or the"
          + " root that signed it, into the board before it connects",
      true),
  /** In mbed TLS a program's own check of the certificate (BADCERT_OTHER), before all others. */
  ACCESS_DENIED(
      49,
      "its program refused this server's certificate by a check of its own: look at what its verify"
          + " callback compares, as a fingerprint (load that of today's certificate) or a name, and"
          + " at the board's own error",
      true),
  DECODE_ERROR(
      50,
      "it could not read a message of this server: either its buffer is too small for the"
          + " certificate (mbed TLS: MBEDTLS_SSL_IN_CONTENT_LEN), or its stack is too old for what"
          + " the certificate holds; try a smaller certificate, EC P-256"),
  DECRYPT_ERROR(
      51,
      "a signature or the end of the handshake did not verify: either the root that is loaded has"
          + " the right name and another key (load the server's certificate of today), or memory is"
          + " corrupted on the board",
      true),
  EXPORT_RESTRICTION(60, "it asks for export ciphers, which are broken: update its TLS stack"),
  PROTOCOL_VERSION(
      70, "it does not take the TLS version that this server chose: enable TLS 1.2 on the board"),
  INSUFFICIENT_SECURITY(
      71,
      "it asks for stronger keys or ciphers than this server offered: lower its demands to RSA 2048"
          + " or P-256 with AES-128, or give the server a stronger pair"),
  INTERNAL_ERROR(
      80,
      "its TLS stack failed by itself, mostly for lack of memory: free memory on the board, use an"
          + " EC P-256 certificate and a chain of one"),
  INAPPROPRIATE_FALLBACK(
      86, "it tried again with an older version by itself: enable TLS 1.2 on the board"),
  USER_CANCELED(90, "its program gave up the handshake: look at the board's own time limit"),
  NO_RENEGOTIATION(100, "it was asked to shake hands again and does not: nothing to change here"),
  MISSING_EXTENSION(
      109,
      "it misses an extension in what this server sent, which points to a fault in its stack: update"
          + " it, or leave only TLS 1.2 switched on"),
  UNSUPPORTED_EXTENSION(110, "it got an extension that it did not ask for: update its TLS stack"),
  CERTIFICATE_UNOBTAINABLE(111, "it could not fetch a certificate: load it into the board"),
  UNRECOGNIZED_NAME(
      112, "it does not recognise the server's name: connect to a name in the certificate"),
  BAD_CERTIFICATE_STATUS_RESPONSE(
      113, "it wants a proof that the certificate is not revoked: switch that check off"),
  UNKNOWN_PSK_IDENTITY(115, "it works with pre-shared keys, this server with certificates"),
  CERTIFICATE_REQUIRED(116, "it asks for a certificate that was not sent"),
  NO_APPLICATION_PROTOCOL(
      120, "it insists on an application protocol (ALPN): switch ALPN off, WWEP has none");

  /** Largest number of an alert: it is one byte. */
  static final int NUMBER_MAX = 255;

  private final int number;
  private final String meaning;
  private final boolean aboutCertificate;

  TlsAlert(int number, String meaning) {
    this(number, meaning, false);
  }

  TlsAlert(int number, String meaning, boolean aboutCertificate) {
    this.number = number;
    this.meaning = meaning;
    this.aboutCertificate = aboutCertificate;
  }

  /** Returns the alert with this number, or null when it is none of these. */
  static TlsAlert of(int number) {
    for (TlsAlert each : values()) {
      if (each.number == number) {
        return each;
      }
    }
    return null;
  }

  /** Returns the alert with this name as the RFCs write it, or null when it is none of these. */
  static TlsAlert named(String name) {
    for (TlsAlert each : values()) {
      if (each.word().equals(name)) {
        return each;
      }
    }
    return null;
  }

  int number() {
    return number;
  }

  /** Returns the name as the RFCs write it: {@code unknown_ca}. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns what it usually means when a board sends it, with the cure; "it" is the board. */
  String meaning() {
    return meaning;
  }

  /** Whether it may mean that the board looked for another name in the certificate. */
  boolean isAboutName() {
    return this == BAD_CERTIFICATE || this == CERTIFICATE_UNKNOWN || this == ACCESS_DENIED;
  }

  /** Whether it may mean that what came was more than the board has room for. */
  boolean isAboutSize() {
    return this == RECORD_OVERFLOW || this == DECODE_ERROR || this == INTERNAL_ERROR;
  }

  /** Whether the board judged the server's certificate. */
  boolean isAboutCertificate() {
    return aboutCertificate;
  }

  /** Returns number and name: {@code 48 (unknown_ca)}. */
  @Override
  public String toString() {
    return "%d (%s)".formatted(number, word());
  }
}
