package io.wwep.certs;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;

/**
 * What mbed TLS calls a failed check, and which alert it sends of it: names and numbers are those
 * of its {@code x509.h} ({@code MBEDTLS_X509_BADCERT_...}), the alerts and their precedence those
 * of {@code ssl_tls.c} in 2.28. The order is that precedence.
 */
public enum BoardFlag {
  /** It is not even read, and so has no bit: {@code MBEDTLS_ERR_X509_INVALID_EXTENSIONS}. */
  BAD_EXTENSION(0, 42, "bad_certificate"),
  /** As that, with {@code MBEDTLS_ERR_X509_FEATURE_UNAVAILABLE}. */
  BAD_POLICY(0, 42, "bad_certificate"),
  CN_MISMATCH(0x04, 42, "bad_certificate"),
  KEY_USAGE(0x0800, 43, "unsupported_certificate"),
  EXT_KEY_USAGE(0x1000, 43, "unsupported_certificate"),
  BAD_PK(0x8000, 43, "unsupported_certificate"),
  BAD_KEY(0x01_0000, 43, "unsupported_certificate"),
  EXPIRED(0x01, 45, "certificate_expired"),
  NOT_TRUSTED(0x08, 48, "unknown_ca"),
  /** Has no branch of its own there. */
  FUTURE(0x0200, 46, "certificate_unknown"),
  BAD_MD(0x4000, 46, "certificate_unknown");

  private final int bit;
  private final int alert;
  private final String alertName;

  BoardFlag(int bit, int alert, String alertName) {
    this.bit = bit;
    this.alert = alert;
    this.alertName = alertName;
  }

  /** Returns its bit in what {@code mbedtls_ssl_get_verify_result} returns. */
  public int bit() {
    return bit;
  }

  /** Returns the number of the alert. */
  public int alert() {
    return alert;
  }

  /** Returns the alert's name (RFC 8446, section 6). */
  public String alertName() {
    return alertName;
  }

  /** Returns the one of several that decides which alert is sent. */
  public static BoardFlag first(Collection<BoardFlag> flags) {
    return flags.stream().min(Comparator.naturalOrder()).orElseThrow();
  }

  /**
   * Returns what {@code mbedtls_ssl_handshake} returns: what a certificate is for is looked at by
   * TLS and not by X.509, and has an error of its own where nothing else is wrong.
   */
  public static String error(Collection<BoardFlag> flags) {
    if (areUnreadable(flags)) {
      return flags.contains(BAD_EXTENSION) ? "-0x2562" : "-0x2080";
    }
    return EnumSet.of(KEY_USAGE, EXT_KEY_USAGE).containsAll(flags) ? "-0x7A00" : "-0x2700";
  }

  /** Whether a certificate cannot be read, behind which nothing is checked. */
  public static boolean areUnreadable(Collection<BoardFlag> flags) {
    return flags.contains(BAD_EXTENSION) || flags.contains(BAD_POLICY);
  }

  /** Returns the bits of several. */
  public static int bits(Collection<BoardFlag> flags) {
    return flags.stream().mapToInt(BoardFlag::bit).reduce(0, (one, other) -> one | other);
  }
}
