package io.wwep.cli;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.PairFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Who signs. */
@Command(sortOptions = false)
final class CaOptions {

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "The CA that signs (ca.pem where the files are written).")
  Path certificate;

  @Option(
      names = "--ca-key",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "The CA's private key (as the CA's file, with .key.pem at its end).")
  Path key;

  /** Returns the CA's files, there or not. */
  PairFiles files(Path directory) {
    PairFiles usual =
        certificate == null ? PairFiles.in(directory, "ca") : PairFiles.of(certificate);
    return key == null ? usual : new PairFiles(usual.certificate(), key);
  }

  /**
   * Returns the CA.
   *
   * @param written the files that it is to sign for, none of which may be its own
   * @throws CliException when there is none
   */
  CertificateAuthority read(Path directory, PairFiles... written) {
    PairFiles files = files(directory);
    if (certificate == null && !Files.exists(files.certificate())) {
      throw new CliException(
          "there is no CA here that could sign (%s): make one with 'wwep cert ca', or give one's file with --ca"
              .formatted(files.certificate()));
    }
    for (PairFiles each : written) {
      if (each.overlaps(files)) {
        throw new CliException(
            "%s is the CA's own file: choose another directory with --out, or another first name"
                .formatted(each.certificate()));
      }
    }
    return CertificateAuthority.read(files, Clock.systemUTC());
  }
}
