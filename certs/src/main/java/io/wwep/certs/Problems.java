package io.wwep.certs;

import io.wwep.certs.ServerIdentity.Sourced;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** What is wrong with an identity that can be used nevertheless. */
final class Problems {

  /** What current TLS stacks accept without being told to. */
  static final int RSA_BITS_MIN = 2048;

  /** As most authorities do; a class meets once a week. */
  private static final Duration WARNED_AHEAD = Duration.ofDays(30);

  private Problems() {}

  static void collect(Sourced sourced, Instant now, List<String> problems) {
    dates(sourced, now, problems);
    strength(sourced, problems);
    addresses(sourced, problems);
    keyFile(sourced.keyFile(), problems);
  }

  /**
   * Also what will be wrong within the next weeks, while there is time to do something about it.
   */
  static void dates(Sourced sourced, Instant now, List<String> problems) {
    X509Certificate certificate = sourced.identity().certificate();
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      problems.add(
          "%s expired on %s: %s".formatted(name(sourced), Validity.day(until), renewal(sourced)));
    } else if (now.isBefore(from)) {
      problems.add(
          "%s is valid from %s on, and this computer's clock says %s: set the clock"
              .formatted(name(sourced), Validity.day(from), Validity.day(now)));
    } else if (until.isBefore(now.plus(warnedAhead(from, until)))) {
      long days = Duration.between(now, until).toDays();
      problems.add(
          "%s expires on %s, %s: %s"
              .formatted(
                  name(sourced),
                  Validity.day(until),
                  days == 0 ? "within a day" : "in %d day%s".formatted(days, days == 1 ? "" : "s"),
                  renewal(sourced)));
    }
  }

  /**
   * One that holds for a few weeks is renewed all the time, and would be warned of all the time.
   */
  private static Duration warnedAhead(Instant from, Instant until) {
    Duration third = Duration.between(from, until).dividedBy(3);
    return third.compareTo(WARNED_AHEAD) < 0 ? third : WARNED_AHEAD;
  }

  private static void strength(Sourced sourced, List<String> problems) {
    if (sourced.identity().certificate().getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < RSA_BITS_MIN) {
      problems.add(
          "%s has an RSA key of %d bits, and many TLS stacks refuse fewer than %d: %s"
              .formatted(
                  name(sourced), rsa.getModulus().bitLength(), RSA_BITS_MIN, renewal(sourced)));
    }
    if (hasWeakSignature(sourced.identity().certificate())) {
      problems.add(
          "%s is signed with %s, which most TLS stacks refuse: have it signed with SHA-256"
              .formatted(name(sourced), sourced.identity().certificate().getSigAlgName()));
    }
  }

  /** Whether it is signed by way of a hash that can be forged. */
  static boolean hasWeakSignature(X509Certificate certificate) {
    String signature = certificate.getSigAlgName();
    return signature.startsWith("SHA1") || signature.startsWith("MD");
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
    if (file == null) {
      return;
    }
    try {
      Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(file);
      if (permissions.contains(PosixFilePermission.OTHERS_READ)) {
        problems.add(
            "key %s can be read by every user of this computer: chmod 600 %s"
                .formatted(file, file));
      }
    } catch (IOException | UnsupportedOperationException e) {
      // Windows has no such permissions, and a key that is gone by now is no problem of its mode.
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
        : "get a new one from who issued it";
  }
}
