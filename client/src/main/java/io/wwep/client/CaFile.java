package io.wwep.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the certificates of a PEM file. Everything around them is skipped: people keep text and
 * keys in the same file.
 */
final class CaFile {

  private static final Pattern BLOCK =
      Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]*)-----END CERTIFICATE-----");

  private final Path file;

  private CaFile(Path file) {
    this.file = file;
  }

  /**
   * @throws IllegalArgumentException when the file cannot be read or holds no certificate
   */
  static List<X509Certificate> read(Path file) {
    return new CaFile(file).certificates();
  }

  private List<X509Certificate> certificates() {
    List<X509Certificate> certificates = new ArrayList<>();
    Matcher block = BLOCK.matcher(new String(bytes(), StandardCharsets.ISO_8859_1));
    while (block.find()) {
      certificates.add(certificate(block.group(1), certificates.size() + 1));
    }
    if (certificates.isEmpty()) {
      throw bad("holds no certificate", null);
    }
    return certificates;
  }

  private byte[] bytes() {
    try {
      if (Files.size(file) > Limits.CA_FILE_BYTES_MAX) {
        throw bad("is larger than 1 MiB", null);
      }
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw bad(Files.exists(file) ? "cannot be read" : "is not there", e);
    }
  }

  private X509Certificate certificate(String base64, int number) {
    try {
      byte[] der = Base64.getMimeDecoder().decode(base64);
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (CertificateException | RuntimeException e) {
      // No base64, or what the JDK trips over, as over an Ed25519 key of no length.
      throw bad("is damaged in certificate %d".formatted(number), e);
    }
  }

  private IllegalArgumentException bad(String problem, Throwable cause) {
    return new IllegalArgumentException(
        "the CA file %s %s: give a PEM file with -----BEGIN CERTIFICATE----- in it"
            .formatted(file, problem),
        cause);
  }
}
