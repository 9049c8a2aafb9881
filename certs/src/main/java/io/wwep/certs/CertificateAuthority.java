package io.wwep.certs;

import io.wwep.certs.CertificateMaker.Content;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/**
 * A certificate authority: an identity that signs those of servers and devices. Whoever trusts its
 * certificate trusts all of them. Immutable; making a pair takes up to a second.
 */
public final class CertificateAuthority {

  /** The longest name, in characters: the bound of X.520. */
  public static final int NAME_LENGTH_MAX = CertificateMaker.COMMON_NAME_MAX;

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
    requireCa(files, identity.certificate());
    requireChain(files, identity.chain());
    identity.chain().forEach(each -> requireValid(files, each, clock.instant()));
    return new CertificateAuthority(identity);
  }

  /** Whether it may sign others, by what it says itself. */
  static boolean maySign(X509Certificate certificate) {
    return certificate.getBasicConstraints() >= 0
        && Purposes.allow(certificate, Purposes.KEY_CERT_SIGN);
  }

  private static void requireCa(PairFiles files, X509Certificate certificate) {
    if (!maySign(certificate)) {
      throw new IdentityException(
          "%s is not a CA's certificate, and what it signs nobody accepts: make a CA with 'wwep cert ca', or give one's file"
              .formatted(files.certificate()));
    }
    if (certificate.getPublicKey() instanceof RSAPublicKey rsa
        && rsa.getModulus().bitLength() < Problems.RSA_BITS_MIN) {
      throw new IdentityException(
          "CA %s has an RSA key of %d bits, and what it signs many TLS stacks refuse: make one of %d with 'wwep cert ca'"
              .formatted(files.certificate(), rsa.getModulus().bitLength(), Problems.RSA_BITS_MIN));
    }
  }

  private static void requireChain(PairFiles files, List<X509Certificate> chain) {
    if (chain.size() == Identity.CHAIN_MAX
        && !CertificateMaker.isSelfIssued(chain.get(chain.size() - 1))) {
      throw new IdentityException(
          "%s holds %d certificates, and with one more the chain is too long: use a CA nearer to its root"
              .formatted(files.certificate(), Identity.CHAIN_MAX));
    }
    for (int i = 1; i < chain.size(); i++) {
      try {
        chain.get(i - 1).verify(chain.get(i).getPublicKey());
      } catch (GeneralSecurityException e) {
        throw new IdentityException(
            "certificate %d in %s has not signed the one before it: put the CA's own first, then who signed it, and leave others out"
                .formatted(i + 1, files.certificate()),
            e);
      }
    }
  }

  private static void requireValid(PairFiles files, X509Certificate certificate, Instant now) {
    Instant from = certificate.getNotBefore().toInstant();
    Instant until = certificate.getNotAfter().toInstant();
    if (now.isAfter(until)) {
      throw new IdentityException(
          "CA %s expired on %s, and with it all that it signs: make another one with 'wwep cert ca --force', and load it into the boards"
              .formatted(files.certificate(), Validity.day(until)));
    }
    if (now.isBefore(from)) {
      throw new IdentityException(
          "CA %s holds from %s on, and this computer's clock says %s: set the clock"
              .formatted(files.certificate(), Validity.day(from), Validity.day(now)));
    }
  }

  /** Returns its own key and certificate. */
  public Identity identity() {
    return identity;
  }

  /**
   * Makes a pair for a TLS server.
   *
   * @param names what clients connect to; at least one
   * @param validity of which the part counts in which the CA holds
   * @throws IdentityException when the CA may not sign this kind
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
   * @param validity of which the part counts in which the CA holds
   * @throws IdentityException when the CA may not sign this kind
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

  /** Who checks the chain looks at all of its dates. */
  private Validity withinOwn(Validity validity) {
    Validity within = validity;
    for (X509Certificate each : identity.chain()) {
      within = within.within(each.getNotBefore().toInstant(), each.getNotAfter().toInstant());
    }
    return within;
  }

  private Identity sign(Content content) {
    requireAllowed(content.role());
    return CertificateMaker.signed(content, identity);
  }

  /** What a CA is said to be for, all that it signs is for at most; OpenSSL looks at that. */
  private void requireAllowed(Role role) {
    try {
      List<String> purposes = identity.certificate().getExtendedKeyUsage();
      if (purposes != null
          && !purposes.contains(role.purpose().getId())
          && !purposes.contains(KeyPurposeId.anyExtendedKeyUsage.getId())) {
        throw new IdentityException(
            "%s may not sign certificates of %ss: make a CA with 'wwep cert ca', or give one's file with --ca"
                .formatted(
                    identity.certificate().getSubjectX500Principal().getName(),
                    role == Role.DEVICE ? "device" : "server"));
      }
    } catch (CertificateParsingException e) {
      throw new IdentityException(
          "the CA's certificate says in a damaged way what it is for: make a CA with 'wwep cert ca'",
          e);
    }
  }
}
