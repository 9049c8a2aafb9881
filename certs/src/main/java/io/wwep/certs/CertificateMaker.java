package io.wwep.certs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * Makes a key and its certificate, which the key signs itself or a CA signs.
 *
 * <p>A CA has no path length, because some old stacks count the CA itself as the first of the path.
 */
final class CertificateMaker {

  /** The bound of X.520 on a common name. */
  static final int COMMON_NAME_MAX = 64;

  /** 63 random bits: unguessable and positive in 8 bytes. */
  private static final int SERIAL_BITS = 63;

  private static final SecureRandom RANDOM = new SecureRandom();

  private CertificateMaker() {}

  /**
   * What a certificate is to say.
   *
   * @param unit what the subject has beside its common name, so that no two kinds of certificate
   *     have one subject: a stack that looks a root up by its name must not find another one
   * @param commonName 1 to 64 characters
   * @param subjectAltNames for a server, one or more host names and addresses; for others none
   */
  record Content(
      Role role,
      KeyAlgorithm algorithm,
      String unit,
      String commonName,
      List<String> subjectAltNames,
      Validity validity) {

    Content {
      if (commonName.isBlank() || commonName.length() > COMMON_NAME_MAX) {
        throw new IllegalArgumentException(
            "common name must be 1 to %d characters, not '%s'"
                .formatted(COMMON_NAME_MAX, commonName));
      }
      boolean server = role == Role.OWN_ROOT_SERVER || role == Role.SERVER;
      if (server && subjectAltNames.isEmpty()) {
        throw new IllegalArgumentException(
            "subject alternative names must be 1 or more: without one no client accepts the name");
      }
    }

    private X500Name subject() {
      return new X500NameBuilder(BCStyle.INSTANCE)
          .addRDN(BCStyle.O, new DERUTF8String("WWEP"))
          .addRDN(BCStyle.OU, new DERUTF8String(unit))
          // As it stands there: given as a text, a # at its beginning would mean hex digits.
          .addRDN(BCStyle.CN, new DERUTF8String(commonName))
          .build();
    }
  }

  /** Returns what of a name fits into a common name; only the alternative names count anyway. */
  static String commonName(List<String> names) {
    String first = names.get(0);
    return first.substring(0, Math.min(COMMON_NAME_MAX, first.length()));
  }

  /** Makes a pair whose certificate its own key signs. */
  static Identity selfSigned(Content content) {
    KeyPair pair = content.algorithm().generate();
    X500Name subject = content.subject();
    Signer self = new Signer(subject, null, pair.getPrivate(), content.algorithm().signature());
    return new Identity(pair.getPrivate(), List.of(certificate(content, pair.getPublic(), self)));
  }

  /**
   * Makes a pair whose certificate a CA signs; the chain has this one and, of the CA's, those that
   * are not a root: who trusts the root has it already, and boards have little room.
   */
  static Identity signed(Content content, Identity ca) {
    KeyPair pair = content.algorithm().generate();
    List<X509Certificate> chain = new ArrayList<>();
    chain.add(certificate(content, pair.getPublic(), Signer.of(ca)));
    ca.chain().stream().filter(each -> !isSelfIssued(each)).forEach(chain::add);
    return new Identity(pair.getPrivate(), chain);
  }

  /** Whether it is a root, by its names. */
  static boolean isSelfIssued(X509Certificate certificate) {
    return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
  }

  private static X509Certificate certificate(Content content, PublicKey publicKey, Signer signer) {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            signer.name(),
            serial(),
            utcTime(content.validity().from()),
            utcTime(content.validity().until()),
            content.subject(),
            SubjectPublicKeyInfo.getInstance(publicKey.getEncoded()));
    try {
      addExtensions(builder, content, publicKey);
      if (signer.certificate() != null) {
        addIssuer(builder, signer.certificate());
      }
      byte[] der =
          builder
              .build(new JcaContentSignerBuilder(signer.algorithm()).build(signer.key()))
              .getEncoded();
      return (X509Certificate)
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(der));
    } catch (OperatorCreationException | GeneralSecurityException | IOException e) {
      throw new IdentityException(
          "this Java cannot make an %s certificate (%s): use an unmodified JDK 17 or newer"
              .formatted(content.algorithm().words(), e.getMessage()),
          e);
    }
  }

  private static void addExtensions(
      X509v3CertificateBuilder builder, Content content, PublicKey publicKey)
      throws GeneralSecurityException, IOException {
    Role role = content.role();
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(role.isCa()))
        .addExtension(Extension.keyUsage, true, new KeyUsage(role.usage(content.algorithm())));
    if (role.purpose() != null) {
      builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(role.purpose()));
    }
    if (!content.subjectAltNames().isEmpty()) {
      builder.addExtension(
          Extension.subjectAlternativeName, false, generalNames(content.subjectAltNames()));
    }
    builder.addExtension(
        Extension.subjectKeyIdentifier,
        false,
        new JcaX509ExtensionUtils().createSubjectKeyIdentifier(publicKey));
  }

  /** By its key alone: with the issuer's serial too, a renewed CA would not fit. */
  private static void addIssuer(X509v3CertificateBuilder builder, X509Certificate issuer)
      throws GeneralSecurityException, IOException {
    byte[] named = issuer.getExtensionValue(Extension.subjectKeyIdentifier.getId());
    AuthorityKeyIdentifier identifier =
        named == null
            ? new JcaX509ExtensionUtils().createAuthorityKeyIdentifier(issuer.getPublicKey())
            : new AuthorityKeyIdentifier(
                SubjectKeyIdentifier.getInstance(JcaX509ExtensionUtils.parseExtensionValue(named))
                    .getKeyIdentifier());
    builder.addExtension(Extension.authorityKeyIdentifier, false, identifier);
  }

  private static GeneralNames generalNames(List<String> names) {
    List<GeneralName> all = new ArrayList<>();
    for (String each : names) {
      boolean address = IPAddress.isValid(each);
      all.add(new GeneralName(address ? GeneralName.iPAddress : GeneralName.dNSName, each));
    }
    // mbed TLS up to 2.28 compares the address that a board connects to with host names only.
    for (String each : names) {
      if (IPAddress.isValidIPv4(each)) {
        all.add(new GeneralName(GeneralName.dNSName, each));
      }
    }
    return new GeneralNames(all.toArray(new GeneralName[0]));
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, RANDOM).max(BigInteger.ONE);
  }

  /** Between 1950 and 2049 this is a UTCTime. English, lest another calendar sets the year. */
  private static Time utcTime(Instant instant) {
    return new Time(Date.from(instant), Locale.ENGLISH);
  }

  /**
   * Who signs.
   *
   * @param certificate null for a key that signs its own
   * @param algorithm the JCA name of the signature
   */
  private record Signer(
      X500Name name, X509Certificate certificate, PrivateKey key, String algorithm) {

    static Signer of(Identity ca) {
      return new Signer(
          // As it stands there, byte by byte, or some would not find the issuer.
          X500Name.getInstance(ca.certificate().getSubjectX500Principal().getEncoded()),
          ca.certificate(),
          ca.key(),
          (ca.isEc() ? KeyAlgorithm.EC_P256 : KeyAlgorithm.RSA_2048).signature());
    }
  }
}
