package io.wwep.certs;

import io.wwep.certs.StackNotes.Limits;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The TLS stacks of boards, and what each is known not to take: one table, of which all warnings
 * come.
 *
 * <p>Where it is from: {@code docs/how-to/verify-a-certificate.md} has a source for each number.
 */
public enum BoardStack {
  /**
   * BESL, the stack in WICED as of 2016. It is closed, so all of this is what its users report: a
   * forum's thread on dates (Infineon community, 129636, error 3035), and that it offers nothing
   * but TLS_RSA suites with CBC.
   */
  WICED(
      new Limits(
          "WICED's stack is reported not to",
          Optional.of(2_048),
          List.of(),
          2,
          4_096,
          false,
          true)),

  /**
   * mbed TLS 2.28 as it comes: its {@code config.h} says 16384 bytes ({@code
   * MBEDTLS_SSL_IN_CONTENT_LEN}), in which each handshake message has to fit, and 8 certificates
   * between server and root ({@code MBEDTLS_X509_MAX_INTERMEDIATE_CA}); which curves it takes was
   * tried. Of RSA keys it refuses short ones alone.
   */
  MBEDTLS(
      new Limits(
          "mbed TLS 2.28 does not", Optional.empty(), Curves.OF_MBEDTLS, 9, 16_384, true, false)),

  /** All of the others at once. */
  ANY(null);

  @SuppressWarnings("ImmutableEnumChecker") // A record of values and a list that is a copy.
  private final Limits limits;

  BoardStack(Limits limits) {
    this.limits = limits;
  }

  /**
   * Returns what this stack does not take of a server's certificates, each as a sentence with the
   * cure; empty when there is nothing known against them.
   *
   * @param chain what the server shows, its own first
   */
  public List<String> notes(List<X509Certificate> chain) {
    return stacks().flatMap(each -> new StackNotes(each.limits, chain).all().stream()).toList();
  }

  private Stream<BoardStack> stacks() {
    return this == ANY ? Stream.of(WICED, MBEDTLS) : Stream.of(this);
  }

  /** Whether what mbed TLS alone refuses counts. */
  boolean decidesAsMbedTls() {
    return this != WICED;
  }

  /** Whether what the standards want, and mbed TLS does not look at, counts. */
  boolean decidesByStandards() {
    return this != MBEDTLS;
  }
}
