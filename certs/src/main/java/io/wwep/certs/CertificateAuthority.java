package io.wwep.certs;

import io.wwep.certs.CertificateMaker.Content;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/**
 * A certificate authority: an identity that signs those of servers and devices. Whoever trusts its
 * certificate trusts all of them. Immutable; making a pair takes up to a second.
 */
public final class CertificateAuthority {

  /** The longest name, in characters: the bound of X.520. */
  public static final int NAME_LENGTH_MAX = CertificateMaker.COMMON_NAME_MAX;

  /** The bit of RFC 5280, section 4.2.1.3, for signing certificates. */
  private static final int KEY_CERT_SIGN = 5;

  private static final int DEVICE_MAX = 0xFFFF;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Identity identity;

  private CertificateAuthority(Identity identity) {
    this.identity = identity;
  }

  /**
   * Makes one that signs itself.
   *
   * @param name 1 to 64 characters, which people see as the issuer
   * @throws IllegalArgumentException when the name is out of its range
   */
  public static CertificateAuthority create(
      KeyAlgorithm algorithm, String name, Validity validity) {
    return new CertificateAuthority(
        CertificateMaker.selfSigned(
            new Content(Role.CA, algorithm, "CA", name, List.of(), validity)));
  }

  /** Returns a name that no other has: two with one name and two keys confuse all who verify. */
  public static String newName() {
    return "WWEP CA %08X".formatted(RANDOM.nextInt());
  }

  /**
   * Reads one from its files.
   *
   * @throws IdentityException when they are none, do not belong together, are not a CA's, or it
   *     does not hold now
   */
  public static CertificateAuthority read(PairFiles files, Clock clock) {
    Identity identity = files.read();
    X509Certificate certificate = identity.certificate();
    boolean[] usage = certificate.getKeyUsage();
    if (certificate.getBasicConstraints() < 0 || (usage != null && !usage[KEY_CERT_SIGN])) {
      throw new IdentityException(
          "%s is not a CA's certificate, and what it signs nobody accepts: make a CA with 'wwep cert ca', or give one's file"
              .formatted(files.certificate()));
    }
    if (identity.chain().size() == Identity.CHAIN_MAX) {
      throw new IdentityException(
          "%s holds %d certificates, and with one more the chain is too long: leave the CA's own and those that signed it"
              .formatted(files.certificate(), Identity.CHAIN_MAX));
    }
    requireValid(files, certificate, clock.instant());
    return new CertificateAuthority(identity);
  }

  private static void requireValid(PairFiles files, X509Certificate certificate, Instant now) {
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw new IdentityException(
          "CA %s expired on %s, and with it all that it signs: make another one with 'wwep cert ca --force', and load it into the boards"
              .formatted(files.certificate(), day(certificate.getNotAfter().toInstant())));
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw new IdentityException(
          "CA %s holds from %s on, and this computer's clock says %s: set the clock"
              .formatted(
                  files.certificate(), day(certificate.getNotBefore().toInstant()), day(now)));
    }
  }

  private static String day(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC).toLocalDate().toString();
  }

  /** Returns its own key and certificate. */
  public Identity identity() {
    return identity;
  }

  /**
   * Makes a pair for a TLS server.
   *
   * @param names what clients connect to; at least one
   * @param validity ends with the CA's where it would go on longer
   */
  public Identity issueServer(KeyAlgorithm algorithm, List<ServerName> names, Validity validity) {
    List<String> texts = names.stream().map(ServerName::text).toList();
    return sign(
        new Content(
            Role.SERVER,
            algorithm,
            "server",
            CertificateMaker.commonName(texts),
            texts,
            withinOwn(validity)));
  }

  /**
   * Makes a pair for a board, whose common name is the device ID, four upper-case hex digits.
   *
   * @param device 0 to 65535
   * @param validity ends with the CA's where it would go on longer
   */
  public Identity issueDevice(KeyAlgorithm algorithm, int device, Validity validity) {
    if (device < 0 || device > DEVICE_MAX) {
      throw new IllegalArgumentException("device must be 0 to 65535, not " + device);
    }
    return sign(
        new Content(
            Role.DEVICE,
            algorithm,
            "device",
            "%04X".formatted(device),
            List.of(),
            withinOwn(validity)));
  }

  private Validity withinOwn(Validity validity) {
    return validity.endingBy(identity.certificate().getNotAfter().toInstant());
  }

  private Identity sign(Content content) {
    return CertificateMaker.signed(content, identity);
  }
}
