package io.wwep.certs;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a server proves itself with: an EC identity for boards that can take it, an RSA identity for
 * those that cannot, or one of the two. Immutable.
 */
public final class ServerIdentity {

  private static final String NOBODY_KNOWN = "unknown CA";

  /** For a certificate that holds for no name, which only a board takes that looks at none. */
  private static final String NO_NAME = "localhost";

  private final Sourced ec;
  private final Sourced rsa;
  private final Clock clock;

  private ServerIdentity(Sourced ec, Sourced rsa, Clock clock) {
    this.ec = ec;
    this.rsa = rsa;
    this.clock = clock;
  }

  /** Returns a server identity that has only this one. */
  public static ServerIdentity of(Identity identity) {
    return of(new Sourced(identity, null, null), Clock.systemUTC());
  }

  static ServerIdentity of(Sourced sourced, Clock clock) {
    return sourced.identity().isEc()
        ? new ServerIdentity(sourced, null, clock)
        : new ServerIdentity(null, sourced, clock);
  }

  /** Either may be null, not both. */
  static ServerIdentity of(Sourced ec, Sourced rsa, Clock clock) {
    return new ServerIdentity(ec, rsa, clock);
  }

  /** Returns the EC identity, or null when there is none. */
  public Identity ec() {
    return ec == null ? null : ec.identity();
  }

  /** Returns the RSA identity, or null when there is none. */
  public Identity rsa() {
    return rsa == null ? null : rsa.identity();
  }

  /** Returns the identities that are there, EC first: one or two. */
  public List<Identity> all() {
    return sourced().map(Sourced::identity).toList();
  }

  /**
   * Makes an identity that looks like this one and that nobody can have a root for: for the same
   * names and dates and with keys of the same kinds, each signed by itself. What a board objects to
   * in it is the signer, as nothing else differs. Takes up to a second where there is an RSA key.
   */
  public ServerIdentity counterfeit() {
    return new ServerIdentity(
        counterfeit(ec, KeyAlgorithm.EC_P256), counterfeit(rsa, KeyAlgorithm.RSA_2048), clock);
  }

  private Sourced counterfeit(Sourced real, KeyAlgorithm algorithm) {
    if (real == null) {
      return null;
    }
    List<String> names = CertificateNames.of(real.identity().certificate());
    return new Sourced(
        Identities.selfSigned(
            algorithm,
            NOBODY_KNOWN,
            names.isEmpty() ? List.of(NO_NAME) : names,
            datesOf(real.identity().certificate())),
        null,
        null);
  }

  private Validity datesOf(X509Certificate real) {
    try {
      return new Validity(real.getNotBefore().toInstant(), real.getNotAfter().toInstant());
    } catch (IllegalArgumentException outOfRange) { // made by others, for longer than boards read
      return Validity.starting(clock, Period.ofYears(1));
    }
  }

  /**
   * Returns the files that the certificates came from, EC first; empty when they came from none.
   */
  public List<Path> certificateFiles() {
    return sourced().map(Sourced::certificateFile).filter(Objects::nonNull).toList();
  }

  /** Returns all files that it came from, certificates and keys; empty when it came from none. */
  public List<Path> files() {
    return sourced()
        .flatMap(each -> Stream.of(each.certificateFile(), each.keyFile()))
        .filter(Objects::nonNull)
        .toList();
  }

  /**
   * Returns what is wrong with the identities at this moment though they can be used, each as a
   * sentence with the cure; empty when nothing is.
   */
  public List<String> problems() {
    Instant now = clock.instant();
    List<String> problems = new ArrayList<>();
    sourced().forEach(each -> Problems.collect(each, now, problems));
    return List.copyOf(problems);
  }

  /**
   * Returns what of {@link #problems} is about dates: a certificate that is over, will be within 30
   * days, or does not hold yet.
   */
  public List<String> dateProblems() {
    Instant now = clock.instant();
    List<String> problems = new ArrayList<>();
    sourced().forEach(each -> Problems.dates(each, now, problems));
    return List.copyOf(problems);
  }

  private Stream<Sourced> sourced() {
    return Stream.of(ec, rsa).filter(Objects::nonNull);
  }

  /**
   * An identity and where it came from.
   *
   * @param certificateFile null when it came from no file
   * @param keyFile null when it came from no file
   * @param own whether this project made the files and would make them again
   */
  record Sourced(Identity identity, Path certificateFile, Path keyFile, boolean own) {

    Sourced(Identity identity, Path certificateFile, Path keyFile) {
      this(identity, certificateFile, keyFile, false);
    }
  }
}
