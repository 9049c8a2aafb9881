package io.wwep.certs.file;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** In which form a file is written. */
public enum Form {
  /** PEM of the certificates, or of what there is where there are none. */
  PEM("PEM"),
  /** PEM of the certificates. */
  CERTIFICATES("PEM"),
  /** One certificate, or one of what else there is, in binary. */
  DER("DER"),
  /** PEM of the private key. */
  PKCS8("PKCS#8"),
  /** Key and certificates under a password, in binary. */
  PKCS12("PKCS#12"),
  /** PEM of the certificates, in one block. */
  PKCS7("PKCS#7");

  /** By the ends of names, of which the longest counts. */
  private static final Map<String, Form> ENDS =
      Map.of(
          ".key.pem", PKCS8,
          ".pem", PEM,
          ".crt", CERTIFICATES,
          ".cer", CERTIFICATES,
          ".der", DER,
          ".key", PKCS8,
          ".p8", PKCS8,
          ".p12", PKCS12,
          ".pfx", PKCS12,
          ".p7b", PKCS7);

  private final String words;

  Form(String words) {
    this.words = words;
  }

  /** Returns the name that people know it by. */
  public String words() {
    return words;
  }

  /**
   * Returns the form that a file's name stands for.
   *
   * @throws IllegalArgumentException when it stands for none
   */
  public static Form of(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    return end(name)
        .map(ENDS::get)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "the name %s does not tell the form: end it with .pem, .crt, .cer, .der, .key, .p8, .p12, .pfx or .p7b, or add --to"
                        .formatted(file)));
  }

  private static Optional<String> end(String name) {
    return ENDS.keySet().stream()
        .filter(name::endsWith)
        .max((one, other) -> Integer.compare(one.length(), other.length()));
  }
}
