package io.wwep.cli;

import java.util.List;
import java.util.Locale;

/** How names of certificates' files end, which no host's does. */
final class CertificateEnds {

  private static final List<String> ALL = List.of(".pem", ".crt", ".cer", ".der");

  private CertificateEnds() {}

  static boolean has(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return ALL.stream().anyMatch(small::endsWith);
  }
}
