package io.wwep.server.tls;

import static io.wwep.protocol.tls.TlsNames.TLS_1_2;
import static io.wwep.protocol.tls.TlsNames.TLS_1_3;

import io.wwep.protocol.tls.TlsNames;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * What a client offers at the start of a TLS handshake (RFC 5246, 7.4.1.2; RFC 8446, 4.1.2).
 *
 * <p>It serves to choose the certificate and to explain a failure; the TLS engine reads the bytes
 * for itself. Numbers are those of the IANA registries; GREASE values are left out. Immutable.
 *
 * @param legacyVersion the version field, 0x0303 from TLS 1.2 on; 0 when there was none
 * @param supportedVersions the extension of that name, which TLS 1.3 brought; empty when not sent
 * @param cipherSuites in the client's order
 * @param groups curves for key exchange and ECDSA, in the client's order; empty when not sent
 * @param signatureSchemes that the client can verify, in its order; empty when not sent
 * @param serverName the name that the client wants to reach, or null when it sent none
 * @param randomTimeSeconds first four bytes of the random: Unix time on some stacks before TLS 1.3,
 *     anything on others
 * @param malformed whether the bytes ended early or contradict themselves; the rest holds what
 *     could be read
 */
public record ClientHello(
    int legacyVersion,
    List<Integer> supportedVersions,
    List<Integer> cipherSuites,
    List<Integer> groups,
    List<Integer> signatureSchemes,
    String serverName,
    long randomTimeSeconds,
    boolean malformed) {

  /** A sentence with more names is read by nobody. */
  private static final int SHOWN_MAX = 8;

  private static final int P_256 = 0x0017;
  private static final int ECDSA_P_256_SHA_256 = 0x0403;

  /**
   * A board that starts at the epoch is rarely up for longer, and only one in 1,657 random numbers
   * looks like that.
   */
  private static final long UNSET_CLOCK_SECONDS = 30L * 24 * 3600;

  /** Where some clock chips start. */
  private static final long YEAR_2000_SECONDS = 946_684_800L;

  public ClientHello {
    supportedVersions = List.copyOf(supportedVersions);
    cipherSuites = List.copyOf(cipherSuites);
    groups = List.copyOf(groups);
    signatureSchemes = List.copyOf(signatureSchemes);
  }

  /**
   * Reads the body of a ClientHello: the bytes behind the handshake header, beginning with the
   * version. Never throws, whatever the bytes are.
   */
  public static ClientHello parse(byte[] body) {
    return new ClientHelloParser(body).parse();
  }

  /**
   * Whether the client can use an EC P-256 certificate: the server's other one is RSA, which old
   * boards need.
   */
  boolean canTakeEc() {
    boolean signature =
        signatureSchemes.isEmpty() || signatureSchemes.contains(ECDSA_P_256_SHA_256);
    if (supportedVersions.contains(TLS_1_3)) {
      return signatureSchemes.contains(ECDSA_P_256_SHA_256);
    }
    boolean curve = groups.isEmpty() || groups.contains(P_256);
    return highestVersion() >= TLS_1_2
        && cipherSuites.stream().anyMatch(TlsProfile::isEcdsa)
        && curve
        && signature;
  }

  /** Whether a version is offered, 0x0304 being TLS 1.3. */
  boolean offersVersion(int version) {
    return supportedVersions.isEmpty()
        ? legacyVersion >= version && version < TLS_1_3
        : supportedVersions.contains(version);
  }

  /** Returns the newest version offered, 0x0304 being TLS 1.3; 0 when none could be read. */
  int highestVersion() {
    return supportedVersions.stream().mapToInt(each -> each).max().orElse(legacyVersion);
  }

  /** Returns the newest version offered, as in {@code TLSv1.3}; null when none could be read. */
  public String newestVersion() {
    return TlsNames.engineVersion(highestVersion()).orElse(null);
  }

  /**
   * Returns the date of a clock that was never set, as far as the random gives it away; null when
   * it does not.
   */
  LocalDate unsetClock() {
    boolean timeless = supportedVersions.contains(TLS_1_3) || cipherSuites.isEmpty();
    long since2000 = randomTimeSeconds - YEAR_2000_SECONDS;
    boolean unset =
        randomTimeSeconds < UNSET_CLOCK_SECONDS
            || (since2000 >= 0 && since2000 < UNSET_CLOCK_SECONDS);
    return unset && !timeless
        ? Instant.ofEpochSecond(randomTimeSeconds).atOffset(ZoneOffset.UTC).toLocalDate()
        : null;
  }

  /** Returns the versions for people: {@code TLS 1.3, TLS 1.2}, or {@code TLS 1.1 at most}. */
  String versionWords() {
    return supportedVersions.isEmpty()
        ? TlsNames.version(legacyVersion) + " at most"
        : TlsNames.versions(supportedVersions, SHOWN_MAX);
  }

  /** Returns the cipher suites for people: the first few by name, then how many more. */
  String suiteWords() {
    return TlsNames.suites(cipherSuites, SHOWN_MAX);
  }

  /** Returns the signatures that it can verify, for people. */
  String signatureWords() {
    return TlsNames.signatures(signatureSchemes, SHOWN_MAX);
  }

  /** Returns the groups for people: the first few by name, then how many more. */
  String groupWords() {
    return TlsNames.groups(groups, SHOWN_MAX);
  }
}
