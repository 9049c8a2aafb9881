package io.wwep.cli;

import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
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
      names = "--force",
      description =
          "Replace files that are there; a pair is kept as NAME.pem.old and NAME.key.pem.old.")
  boolean force;

  KeyAlgorithm algorithm() {
    return ec ? KeyAlgorithm.EC_P256 : KeyAlgorithm.RSA_2048;
  }

  /** Returns when a certificate holds that is made now. */
  static Validity validity(int days) {
    return Validity.starting(Clock.systemUTC(), Period.ofDays(days));
  }

  /**
   * Makes sure that a pair may be written, and makes its directory: before its key is made, which
   * takes a while.
   *
   * @throws CliException when it is there, unless it may be replaced
   */
  void prepare(PairFiles files) {
    if (!force && files.present().isPresent()) {
      throw new CliException(
          "%s is there already: choose another directory with --out, or add --force to replace the pair, which is kept with .old at its names' ends"
              .formatted(files.present().get()));
    }
    files.makeDirectory();
    requireWritable(files.certificate().toAbsolutePath().getParent());
  }

  /**
   * @throws CliException when no file can be made there
   */
  static void requireWritable(Path directory) {
    if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new CliException(
          "nothing can be written to %s: give a directory that is there, and that this user may write to"
              .formatted(directory));
    }
  }

  void write(PairFiles files, Identity identity) {
    if (force) {
      files.replace(identity);
    } else {
      files.write(identity);
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
    return lines(files, files, made, holder, certificateUse, keyUse);
  }

  /** Returns the same of several pairs that were made alike, from the first one to the last. */
  List<String> lines(
      PairFiles first,
      PairFiles last,
      Identity made,
      String holder,
      String certificateUse,
      String keyUse) {
    String keys = range(first.key(), last.key());
    String line = "%-" + keys.length() + "s  %s";
    return List.of(
        line.formatted(
            range(first.certificate(), last.certificate()),
            "%s, %s, until %s: %s"
                .formatted(algorithm().words(), holder, end(made), certificateUse)),
        line.formatted(keys, keyUse));
  }

  private static String range(Path first, Path last) {
    return first.equals(last) ? first.toString() : first + " to " + last.getFileName();
  }

  /** Returns the day on which an identity's certificate ends. */
  static String end(Identity identity) {
    return Validity.day(identity.certificate().getNotAfter().toInstant());
  }
}
