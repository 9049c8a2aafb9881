package io.wwep.cli;

import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.Validity;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What all commands have in common that make a key and its certificate. */
@Command(sortOptions = false)
final class PairOptions {

  @Option(
      names = "--out",
      paramLabel = "DIR",
      converter = FilePath.class,
      description = "Where to write (the current directory).")
  Path directory = Path.of("");

  @Option(
      names = "--ec",
      description = {
        "Make an EC P-256 key in place of RSA 2048: smaller and quicker,",
        "but old TLS stacks do not know it."
      })
  boolean ec;

  @Option(
      names = "--days",
      paramLabel = "N",
      converter = Numbers.Days.class,
      description = {
        "How long it is valid, at most until the end of 2049, after which",
        "boards misread dates, and no longer than its CA."
      })
  Integer days;

  @Option(names = "--force", description = "Replace files that are there.")
  boolean force;

  KeyAlgorithm algorithm() {
    return ec ? KeyAlgorithm.EC_P256 : KeyAlgorithm.RSA_2048;
  }

  /** Returns that of {@code --days}, or else this one. */
  Validity validity(int daysOtherwise) {
    return Validity.starting(Clock.systemUTC(), Period.ofDays(days == null ? daysOtherwise : days));
  }

  /**
   * Makes sure that the files of a pair may be written.
   *
   * @throws CliException when one is there, unless files may be replaced
   */
  void requireFree(PairFiles files) {
    if (!force && files.present().isPresent()) {
      throw new CliException(
          "%s is there already, and who trusts it would not trust a new one: choose another directory with --out, or add --force to replace it"
              .formatted(files.present().get()));
    }
  }

  /**
   * Returns what was made in two lines: each file, and what it is for.
   *
   * @param holder whom the certificate is about
   * @param certificateUse what to do with the certificate
   * @param keyUse what to do with the key
   */
  List<String> lines(
      PairFiles files, Identity made, String holder, String certificateUse, String keyUse) {
    String line = "%-" + files.key().toString().length() + "s  %s";
    return List.of(
        line.formatted(
            files.certificate(),
            "%s, %s, until %s: %s"
                .formatted(algorithm().words(), holder, end(made), certificateUse)),
        line.formatted(files.key(), keyUse));
  }

  /** Returns the day on which an identity's certificate ends. */
  static String end(Identity identity) {
    Instant end = identity.certificate().getNotAfter().toInstant();
    return end.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }
}
