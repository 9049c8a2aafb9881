package io.wwep.protocol.tls;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The alerts of TLS (RFC 8446, section 6; RFC 5246, section 7.2). */
public enum TlsAlert {
  CLOSE_NOTIFY(0),
  UNEXPECTED_MESSAGE(10),
  BAD_RECORD_MAC(20),
  DECRYPTION_FAILED(21),
  RECORD_OVERFLOW(22),
  HANDSHAKE_FAILURE(40),
  NO_CERTIFICATE(41),
  BAD_CERTIFICATE(42),
  UNSUPPORTED_CERTIFICATE(43),
  CERTIFICATE_REVOKED(44),
  CERTIFICATE_EXPIRED(45),
  CERTIFICATE_UNKNOWN(46),
  ILLEGAL_PARAMETER(47),
  UNKNOWN_CA(48),
  ACCESS_DENIED(49),
  DECODE_ERROR(50),
  DECRYPT_ERROR(51),
  EXPORT_RESTRICTION(60),
  PROTOCOL_VERSION(70),
  INSUFFICIENT_SECURITY(71),
  INTERNAL_ERROR(80),
  INAPPROPRIATE_FALLBACK(86),
  USER_CANCELED(90),
  NO_RENEGOTIATION(100),
  MISSING_EXTENSION(109),
  UNSUPPORTED_EXTENSION(110),
  CERTIFICATE_UNOBTAINABLE(111),
  UNRECOGNIZED_NAME(112),
  BAD_CERTIFICATE_STATUS_RESPONSE(113),
  UNKNOWN_PSK_IDENTITY(115),
  CERTIFICATE_REQUIRED(116),
  NO_APPLICATION_PROTOCOL(120);

  /** Sent in a handshake by a side that has judged the other's certificate, and refuses it. */
  public static final Set<TlsAlert> ABOUT_CERTIFICATE =
      Set.of(
          BAD_CERTIFICATE,
          UNSUPPORTED_CERTIFICATE,
          CERTIFICATE_REVOKED,
          CERTIFICATE_EXPIRED,
          CERTIFICATE_UNKNOWN,
          UNKNOWN_CA,
          ACCESS_DENIED,
          DECRYPT_ERROR);

  /** Largest number of an alert: it is one byte. */
  public static final int NUMBER_MAX = 255;

  private final int number;

  TlsAlert(int number) {
    this.number = number;
  }

  /** Returns the alert with this number; empty when it is none of these. */
  public static Optional<TlsAlert> of(int number) {
    return Arrays.stream(values()).filter(each -> each.number == number).findFirst();
  }

  /** Returns the alert with this name as the RFCs write it; empty when it is none of these. */
  public static Optional<TlsAlert> named(String name) {
    return Arrays.stream(values()).filter(each -> each.word().equals(name)).findFirst();
  }

  public int number() {
    return number;
  }

  /** Returns the name as the RFCs write it: {@code unknown_ca}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns number and name: {@code 48 (unknown_ca)}. */
  @Override
  public String toString() {
    return "%d (%s)".formatted(number, word());
  }
}
