package io.wwep.certs;

import io.wwep.certs.ServerIdentity.Sourced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is wrong with an identity that can be used nevertheless. */
public final class Problems {

  /** What current TLS stacks accept without being told to. */
  static final int RSA_BITS_MIN = 2048;

  private Problems() {}

  static void collect(Sourced sourced, Instant now, List<String> problems) {
    problems.addAll(certificate(sourced).all(now));
    addresses(sourced, problems);
    keyFile(sourced.keyFile(), problems);
  }

  static void dates(Sourced sourced, Instant now, List<String> problems) {
    certificate(sourced).date(now).ifPresent(problems::add);
  }

  private static CertificateProblems certificate(Sourced sourced) {
    return new CertificateProblems(
        name(sourced),
        CertificateWords.of(sourced.identity().certificate()),
        renewal(sourced),
        true);
  }

  /** Only for our own: who issued another one may have had reasons. */
  private static void addresses(Sourced sourced, List<String> problems) {
    if (!sourced.own()) {
      return;
    }
    List<String> missing =
        LocalNames.missingAddresses(sourced.identity().certificate(), LocalNames.boardAddresses());
    if (!missing.isEmpty()) {
      problems.add(
          ("%s does not name this computer's address %s, so boards that connect to it and check"
                  + " the name refuse it: %s")
              .formatted(name(sourced), String.join(", ", missing), renewal(sourced)));
    }
  }

  private static void keyFile(Path file, List<String> problems) {
    if (file != null) {
      openKey(file).ifPresent(problems::add);
    }
  }

  /** Returns what is wrong when a key's file can be read by everybody. */
  public static Optional<String> openKey(Path file) {
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      return permissions.contains(PosixFilePermission.OTHERS_READ)
          ? Optional.of(
              "key %s can be read by every user of this computer: chmod 600 %s"
                  .formatted(file, file))
          : Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      // Windows has no such permissions, and a key that is gone by now is no problem of its mode.
      return Optional.empty();
    }
  }

  private static String name(Sourced sourced) {
    return sourced.certificateFile() == null
        ? "certificate %s"
            .formatted(sourced.identity().certificate().getSubjectX500Principal().getName())
        : "certificate %s".formatted(sourced.certificateFile());
  }

  private static String renewal(Sourced sourced) {
    return sourced.own()
        ? "delete it and %s and start again to get a new one, then load that one into the boards"
            .formatted(sourced.keyFile().getFileName())
        : CertificateProblems.RENEWAL;
  }
}
