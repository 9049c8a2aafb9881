package io.wwep.certs;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * Makes a certificate that is a server's own and its root at the same time, so that a board loads
 * one file and gets a chain of one.
 *
 * <p>It says {@code CA:TRUE} because old stacks take no other certificate as a root; without a path
 * length because some count the certificate itself. Each kind of key has a subject of its own: a
 * stack that looks a root up by its name must not find the one with the other key.
 */
final class CertificateMaker {

  /** From 2050 on a date is a GeneralizedTime, which stacks on boards fail to read. */
  static final Instant DATES_END =
      OffsetDateTime.of(2050, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toInstant();

  /** Before 1950 the two digits of a UTCTime mean another century. */
  private static final Instant DATES_START =
      OffsetDateTime.of(1950, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC).toInstant();

  /** The bound of X.520 on a common name. */
  private static final int COMMON_NAME_MAX = 64;

  /** 63 random bits: unguessable and positive in 8 bytes. */
  private static final int SERIAL_BITS = 63;

  private static final SecureRandom RANDOM = new SecureRandom();

  private CertificateMaker() {}

  static Identity selfSigned(
      KeyAlgorithm algorithm,
      String commonName,
      List<String> subjectAltNames,
      Instant notBefore,
      Instant notAfter) {
    requireDates(notBefore, notAfter);
    X500Name subject = subject(algorithm, commonName);
    GeneralNames names = generalNames(subjectAltNames);
    KeyPair pair = algorithm.generate();
    try {
      return new Identity(
          pair.getPrivate(),
          List.of(certificate(algorithm, pair, subject, names, notBefore, notAfter)));
    } catch (OperatorCreationException | GeneralSecurityException | IOException e) {
      throw new IdentityException(
          "this Java cannot make an %s certificate (%s): use an unmodified JDK 17 or newer"
              .formatted(algorithm.words(), e.getMessage()),
          e);
    }
  }

  private static void requireDates(Instant notBefore, Instant notAfter) {
    if (notBefore.isBefore(DATES_START) || !notAfter.isBefore(DATES_END)) {
      throw new IllegalArgumentException(
          "validity must lie within 1950 to 2049, not %s to %s".formatted(notBefore, notAfter));
    }
    if (!notAfter.isAfter(notBefore)) {
      throw new IllegalArgumentException(
          "validity must end after it begins, not %s to %s".formatted(notBefore, notAfter));
    }
  }

  private static X500Name subject(KeyAlgorithm algorithm, String commonName) {
    if (commonName.isBlank() || commonName.length() > COMMON_NAME_MAX) {
      throw new IllegalArgumentException(
          "common name must be 1 to %d characters, not '%s'"
              .formatted(COMMON_NAME_MAX, commonName));
    }
    return new X500NameBuilder(BCStyle.INSTANCE)
        .addRDN(BCStyle.O, "WWEP")
        .addRDN(BCStyle.OU, algorithm.words())
        .addRDN(BCStyle.CN, commonName)
        .build();
  }

  private static GeneralNames generalNames(List<String> names) {
    if (names.isEmpty()) {
      throw new IllegalArgumentException(
          "subject alternative names must be 1 or more: without one no client accepts the name");
    }
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

  private static X509Certificate certificate(
      KeyAlgorithm algorithm,
      KeyPair pair,
      X500Name subject,
      GeneralNames names,
      Instant notBefore,
      Instant notAfter)
      throws OperatorCreationException, GeneralSecurityException, IOException {
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            subject,
            serial(),
            utcTime(notBefore),
            utcTime(notAfter),
            subject,
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    addExtensions(builder, algorithm, pair.getPublic(), names);
    byte[] der =
        builder
            .build(new JcaContentSignerBuilder(algorithm.signature()).build(pair.getPrivate()))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  private static void addExtensions(
      X509v3CertificateBuilder builder,
      KeyAlgorithm algorithm,
      PublicKey publicKey,
      GeneralNames names)
      throws GeneralSecurityException, IOException {
    int usage = KeyUsage.digitalSignature | KeyUsage.keyCertSign;
    if (algorithm == KeyAlgorithm.RSA_2048) {
      usage |= KeyUsage.keyEncipherment; // for the TLS_RSA suites of old stacks
    }
    builder
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
        .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(Extension.subjectAlternativeName, false, names)
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(publicKey));
  }

  private static BigInteger serial() {
    return new BigInteger(SERIAL_BITS, RANDOM).max(BigInteger.ONE);
  }

  /** Between 1950 and 2049 this is a UTCTime. English, lest another calendar sets the year. */
  private static Time utcTime(Instant instant) {
    return new Time(Date.from(instant.truncatedTo(ChronoUnit.SECONDS)), Locale.ENGLISH);
  }
}
