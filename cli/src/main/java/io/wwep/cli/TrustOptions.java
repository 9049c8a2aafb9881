package io.wwep.cli;

import io.wwep.client.Trust;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Which TLS servers to believe. */
@Command(sortOptions = false)
final class TrustOptions {

  @Option(
      names = "--ca",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "TLS: trust the CAs or server certificates in this PEM file.")
  Path ca;

  @Option(
      names = "--pin",
      paramLabel = "SHA256",
      description = "TLS: trust the one certificate with this fingerprint.")
  String pin;

  @Option(names = "--insecure", description = "TLS: trust any server. For trying things out only.")
  boolean insecure;

  /** Whether one of the options was given. */
  boolean isGiven() {
    return ca != null || pin != null || insecure;
  }

  /**
   * Returns what the options say; without one, what the system trusts.
   *
   * @throws CliException when more than one was given, or one cannot be used
   */
  Trust trust() {
    int given = (ca == null ? 0 : 1) + (pin == null ? 0 : 1) + (insecure ? 1 : 0);
    if (given > 1) {
      throw new CliException("--ca, --pin and --insecure exclude each other: give one of them");
    }
    List<Trust> all = all();
    return all.isEmpty() ? Trust.system() : all.get(0);
  }

  /**
   * Returns all that the options say, for boards, which can change their mind: what counts at first
   * comes first.
   *
   * @throws CliException when one cannot be used
   */
  List<Trust> all() {
    List<Trust> all = new ArrayList<>();
    try {
      if (insecure) {
        all.add(Trust.insecure());
      }
      if (ca != null) {
        all.add(Trust.caFile(ca));
      }
      if (pin != null) {
        all.add(Trust.pin(pin));
      }
      return all;
    } catch (IllegalArgumentException e) {
      throw new CliException(e.getMessage(), e);
    }
  }
}
