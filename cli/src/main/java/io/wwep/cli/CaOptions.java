package io.wwep.cli;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.PairFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.stream.Stream;
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
      description = "The CA's private key (as its certificate, with .key.pem at the end).")
  Path key;

  /** What to do where the key is not found, for a command that has no such option. */
  String keyCure = "give its file with --ca-key";

  /** Returns the CA's files, there or not. */
  PairFiles files(Path directory) {
    PairFiles usual =
        certificate == null ? PairFiles.in(directory, "ca") : PairFiles.of(certificate);
    return key == null ? usual : new PairFiles(usual.certificate(), key);
  }

  /**
   * Returns the CA.
   *
   * @throws CliException when there is none
   */
  CertificateAuthority read(Path directory) {
    PairFiles files = files(directory);
    if (certificate == null && !Files.exists(files.certificate())) {
      throw new CliException(
          "there is no CA here that could sign (%s)%s"
              .formatted(files.certificate(), cure(directory)));
    }
    if (key == null && Files.isRegularFile(files.certificate()) && !Files.exists(files.key())) {
      files.requireCertificate();
      throw new CliException(
          "the private key of %s is not where it is expected (%s): %s"
              .formatted(files.certificate(), files.key(), keyCure));
    }
    return CertificateAuthority.read(files, Clock.systemUTC());
  }

  /** Whoever has the files written into a directory of their own has the CA beside it. */
  private static String cure(Path directory) {
    return Stream.of(directory.resolveSibling("ca.pem"), Path.of("ca.pem"))
        .filter(Files::exists)
        .findFirst()
        .map(
            near ->
                ", but there is %s: add --ca %s".formatted(near, CommandName.word(near.toString())))
        .orElse(": make one with 'wwep cert ca', or give one's file with --ca");
  }

  /**
   * Makes sure that what is to be written is not the CA itself.
   *
   * @throws CliException when it is
   */
  void requireOthers(Path directory, Path... written) {
    for (Path each : written) {
      if (files(directory).has(each)) {
        throw new CliException(
            "%s is the CA's own file: choose another directory with --out, or another name"
                .formatted(each));
      }
    }
  }
}
