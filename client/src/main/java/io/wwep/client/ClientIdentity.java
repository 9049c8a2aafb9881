package io.wwep.client;

import java.nio.file.Path;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.interfaces.EdECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.EllipticCurve;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.security.auth.x500.X500Principal;

/**
 * The certificate and private key with which a client proves who it is to servers that ask for it.
 * Immutable, usable by any number of clients and threads. Nothing here shows the key.
 */
public final class ClientIdentity {

  /** Extended key usages of RFC 5280, section 4.2.1.12. */
  private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

  private static final String ANY_USAGE = "2.5.29.37.0";

  /** The bit of RFC 5280, section 4.2.1.3, for signing a handshake. */
  private static final int DIGITAL_SIGNATURE = 0;

  /** The least that the JDK's TLS takes. */
  private static final int RSA_BITS_MIN = 1024;

  private static final Set<EllipticCurve> CURVES =
      Set.of(curve("secp256r1"), curve("secp384r1"), curve("secp521r1"));

  private final List<X509Certificate> chain;
  private final PrivateKey key;

  private ClientIdentity(List<X509Certificate> chain, PrivateKey key) {
    this.chain = chain;
    this.key = key;
  }

  /**
   * Reads one from two PEM files, which may be one and the same. They are read once, now.
   *
   * @param certificate the client's certificate first, then the one that signed it, and so on: 1 to
   *     10, which are all sent; at most 1 MiB
   * @param key the private key, RSA or EC or Ed25519, without a password: PKCS#8, PKCS#1 or SEC 1;
   *     at most 1 MiB
   * @throws IllegalArgumentException when a file cannot be read, they do not belong together, or
   *     the certificate is not a client's or does not hold now; the message says what to do
   */
  public static ClientIdentity read(Path certificate, Path key) {
    return read(certificate, key, Clock.systemUTC());
  }

  static ClientIdentity read(Path certificate, Path key, Clock clock) {
    PemFile file = new PemFile(certificate, PemFile.Kind.CERTIFICATE);
    List<X509Certificate> chain = List.copyOf(file.certificates());
    requireChain(file, chain);
    requireClient(file, chain.get(0));
    for (X509Certificate each : chain) {
      requireValid(file, each, clock.instant());
    }
    return new ClientIdentity(chain, KeyFile.read(key, chain.get(0).getPublicKey()));
  }

  private static void requireChain(PemFile file, List<X509Certificate> chain) {
    if (chain.size() > Limits.CHAIN_CERTIFICATES_MAX) {
      throw file.bad(
          "holds %d certificates".formatted(chain.size()),
          "leave the client's own and those that signed it, %d at most"
              .formatted(Limits.CHAIN_CERTIFICATES_MAX),
          null);
    }
    for (int i = 1; i < chain.size(); i++) {
      X500Principal signer = chain.get(i - 1).getIssuerX500Principal();
      if (!chain.get(i).getSubjectX500Principal().equals(signer)) {
        throw file.bad(
            "has another certificate than its signer's behind certificate %d".formatted(i),
            "put the client's own first, then who signed it, and leave others out",
            null);
      }
    }
  }

  private static void requireClient(PemFile file, X509Certificate own) {
    if (!isUsable(own.getPublicKey())) {
      throw file.bad(
          "has a key that TLS here cannot use (%s, by its kind, curve or size)"
              .formatted(own.getPublicKey().getAlgorithm()),
          "have one made for an EC P-256 or RSA 2048 key",
          null);
    }
    boolean[] usage = own.getKeyUsage();
    if (!isForClients(own) || (usage != null && !usage[DIGITAL_SIGNATURE])) {
      throw file.bad(
          "holds a certificate that is not made for clients",
          "give a client's, as 'wwep cert device' makes it, and not that of a server or a CA",
          null);
    }
  }

  /** Whether the JDK's TLS signs with such a key. */
  private static boolean isUsable(PublicKey key) {
    if (key instanceof RSAKey rsa) {
      return rsa.getModulus().bitLength() >= RSA_BITS_MIN;
    }
    if (key instanceof ECKey ec) {
      return CURVES.contains(ec.getParams().getCurve());
    }
    return key instanceof EdECKey;
  }

  private static EllipticCurve curve(String name) {
    try {
      AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
      parameters.init(new ECGenParameterSpec(name));
      return parameters.getParameterSpec(ECParameterSpec.class).getCurve();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK knows " + name, e);
    }
  }

  /** One that does not say what it is for is for everything. */
  private static boolean isForClients(X509Certificate certificate) {
    try {
      List<String> usages = certificate.getExtendedKeyUsage();
      return usages == null || usages.contains(CLIENT_AUTH) || usages.contains(ANY_USAGE);
    } catch (CertificateParsingException e) {
      return false;
    }
  }

  private static void requireValid(PemFile file, X509Certificate certificate, Instant now) {
    String name = Certificates.subject(certificate);
    if (now.isAfter(certificate.getNotAfter().toInstant())) {
      throw file.bad(
          "holds a certificate, %s, that expired on %s, and this computer's clock says %s"
              .formatted(name, Certificates.day(certificate.getNotAfter()), Certificates.day(now)),
          "have a new one made, or set the clock",
          null);
    }
    if (now.isBefore(certificate.getNotBefore().toInstant())) {
      throw file.bad(
          "holds a certificate, %s, that is valid from %s on, and this computer's clock says %s"
              .formatted(name, Certificates.day(certificate.getNotBefore()), Certificates.day(now)),
          "set the clock",
          null);
    }
  }

  /** Returns the client's own certificate. */
  public X509Certificate certificate() {
    return chain.get(0);
  }

  /** Returns a key manager that shows it, for TLS stacks other than the JDK's sockets. */
  public X509ExtendedKeyManager manager() {
    return new ClientKeyManager(this);
  }

  List<X509Certificate> chain() {
    return chain;
  }

  PrivateKey key() {
    return key;
  }

  /** Names the certificate; never shows the key. */
  @Override
  public String toString() {
    return Certificates.subject(certificate());
  }
}
