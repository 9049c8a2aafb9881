package io.wwep.cli;

import io.wwep.certs.PairFiles;
import io.wwep.client.ClientIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who to be for TLS servers that ask. */
@Command(sortOptions = false)
final class IdentityOptions {

  @Option(
      names = "--cert",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "TLS: the client certificate to show to a server that wants one.")
  Path certificate;

  @Option(
      names = "--key",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Its private key (as the certificate, with .key.pem at the end).")
  Path key;

  /** Whether one of the options was given. */
  boolean isGiven() {
    return certificate != null || key != null;
  }

  /**
   * Returns what the options say, or null when none was given.
   *
   * @throws CliException when they are no client's certificate and key
   */
  ClientIdentity identity() {
    if (!isGiven()) {
      return null;
    }
    if (certificate == null) {
      throw new CliException("--key goes with --cert: give the certificate's file too");
    }
    try {
      return ClientIdentity.read(certificate, keyFile());
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
  }

  private Path keyFile() {
    if (key != null) {
      return key;
    }
    PairFiles files = PairFiles.of(certificate);
    Path usual = files.key();
    if (Files.isRegularFile(certificate) && !Files.exists(usual)) {
      files.requireCertificate();
      throw new CliException(
          "the private key of %s is not where it is expected (%s): give its file with --key"
              .formatted(certificate, usual));
    }
    return usual;
  }
}
