package io.wwep.client;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;

/** SHA-256 fingerprints of certificates, in the form that {@code openssl x509} prints. */
final class Fingerprints {

  private static final int SHA256_BYTES = 32;
  private static final HexFormat COLONS = HexFormat.ofDelimiter(":").withUpperCase();

  private Fingerprints() {}

  /** Returns the fingerprint of the certificate as a whole (its DER), with colons. */
  static String of(X509Certificate certificate) {
    try {
      return COLONS.formatHex(
          MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
      throw new IllegalStateException("a certificate cannot be fingerprinted: " + e, e);
    }
  }

  /**
   * Returns the same fingerprint with colons and in upper case.
   *
   * @throws IllegalArgumentException when the text is not 64 hex digits
   */
  static String normalize(String text) {
    String digits = digits(text);
    byte[] bytes;
    try {
      bytes = HexFormat.of().parseHex(digits);
    } catch (IllegalArgumentException e) {
      throw bad(text, digits, e);
    }
    if (bytes.length != SHA256_BYTES) {
      throw bad(text, digits, null);
    }
    return COLONS.formatHex(bytes);
  }

  /** Takes off what openssl prints in front ({@code sha256 Fingerprint=}), colons and spaces. */
  private static String digits(String text) {
    String rest = text.substring(text.indexOf('=') + 1).strip().toLowerCase(Locale.ROOT);
    String digits = rest.startsWith("sha256:") ? rest.substring("sha256:".length()) : rest;
    return digits.replaceAll("[:\\s]", "");
  }

  private static IllegalArgumentException bad(String text, String digits, Throwable cause) {
    int length = digits.getBytes(StandardCharsets.UTF_8).length;
    return new IllegalArgumentException(
        "a pin must be the 64 hex digits of a SHA-256 fingerprint, not the %d characters of '%s': "
                .formatted(length, text.length() > 100 ? text.substring(0, 100) + "…" : text)
            + "'wwep cert show server.pem' prints it",
        cause);
  }
}
