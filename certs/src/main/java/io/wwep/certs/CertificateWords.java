package io.wwep.certs;

import java.io.IOException;
import java.security.PublicKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * A certificate in the words of people: whose it is, what for, who signed it, how long it holds. It
 * may be damaged inside, or of a kind that no TLS stack here can use; what is not readable is left
 * out. Immutable.
 */
public final class CertificateWords {

  private static final Pattern DEVICE_ID = Pattern.compile("[0-9A-F]{4}");

  private final X509CertificateHolder certificate;

  private CertificateWords(X509CertificateHolder certificate) {
    this.certificate = certificate;
  }

  /** Returns the words about a certificate, which may be of a kind that this Java does not read. */
  public static CertificateWords of(X509CertificateHolder certificate) {
    return new CertificateWords(certificate);
  }

  /** Returns the words about a certificate that this Java has read. */
  public static CertificateWords of(X509Certificate certificate) {
    try {
      return new CertificateWords(new X509CertificateHolder(certificate.getEncoded()));
    } catch (CertificateEncodingException | IOException e) {
      throw new IllegalArgumentException("certificate has no DER form", e);
    }
  }

  /** Returns what the words are about. */
  public X509CertificateHolder certificate() {
    return certificate;
  }

  /** Returns what it is, as {@code certificate of device 0FAC}. */
  public String title() {
    String whose = commonName().map(" "::concat).orElse("");
    if (deviceId().isPresent()) {
      return "certificate of device " + deviceId().get();
    }
    if (isServer()) {
      String root = isCa() && isSelfIssued() ? ", its own root" : "";
      return "server certificate%s%s".formatted(whose, root);
    }
    if (isCa()) {
      return (isSelfIssued() ? "root CA" : "intermediate CA") + whose;
    }
    return (hasPurpose(KeyPurposeId.id_kp_clientAuth) ? "client certificate" : "certificate")
        + whose;
  }

  /** Returns whom it is about, in the one part of the subject that people know it by. */
  public String shortName() {
    return NameWords.shortName(certificate.getSubject());
  }

  /** Returns who signed it, in the one part of the issuer that people know it by. */
  public String issuerShortName() {
    return NameWords.shortName(certificate.getIssuer());
  }

  /** Returns the one part of a name that people know it by. */
  public static String shortName(X500Principal principal) {
    return NameWords.shortName(principal);
  }

  /** Returns whose it is, the common name first (RFC 4514); empty when there is no name. */
  public String subject() {
    return NameWords.of(certificate.getSubject());
  }

  /** Returns who signed it, as it says, the common name first; empty when there is no name. */
  public String issuer() {
    return NameWords.of(certificate.getIssuer());
  }

  /** Returns the last common name of the subject, if there is one. */
  public Optional<String> commonName() {
    return NameWords.commonName(certificate.getSubject());
  }

  /** Returns the host names and addresses for which it holds, as people write them. */
  public List<String> names() {
    return generalNames()
        .filter(each -> each.getTagNo() == GeneralName.dNSName || isAddress(each))
        .map(NameWords::bare)
        .distinct()
        .toList();
  }

  /** Whether it holds for an address, as an address and not as a host name. */
  boolean hasAddress(String address) {
    return generalNames()
        .filter(CertificateWords::isAddress)
        .anyMatch(each -> NameWords.bare(each).equalsIgnoreCase(address));
  }

  private static boolean isAddress(GeneralName name) {
    return name.getTagNo() == GeneralName.iPAddress;
  }

  /** Returns all subject alternative names; none where they are missing or damaged. */
  Stream<GeneralName> generalNames() {
    return parsed(Extension.subjectAlternativeName, GeneralNames::getInstance)
        .map(all -> Stream.of(all.getNames()))
        .orElse(Stream.empty());
  }

  /** Returns the device ID, four hex digits, if it is a board's. */
  public Optional<String> deviceId() {
    return hasPurpose(KeyPurposeId.id_kp_clientAuth) && !isCa()
        ? commonName().filter(name -> DEVICE_ID.matcher(name).matches())
        : Optional.empty();
  }

  /** Returns from when to when it holds, and how far away the end is. */
  public String validity(Instant now) {
    String days = period();
    if (now.isBefore(notBefore())) {
      return "%s, begins %s".formatted(days, Spans.from(now, notBefore()));
    }
    return "%s, %s %s"
        .formatted(days, now.isAfter(notAfter()) ? "ended" : "ends", Spans.from(now, notAfter()));
  }

  /** Returns {@code 2026-11-26 to 2027-11-26}, both in UTC. */
  public String period() {
    return Validity.day(notBefore()) + " to " + Validity.day(notAfter());
  }

  /** Whether it holds at a moment, as its dates have it. */
  public boolean holdsAt(Instant moment) {
    return !moment.isBefore(notBefore()) && !moment.isAfter(notAfter());
  }

  /** Returns the first second in which it holds. */
  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  /** Returns the last second in which it holds. */
  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /** Whether one of its dates is in the long form, which RFC 5280 has for 2050 and later. */
  boolean hasGeneralizedTime() {
    TBSCertificate content = certificate.toASN1Structure().getTBSCertificate();
    return content.getStartDate().toASN1Primitive() instanceof ASN1GeneralizedTime
        || content.getEndDate().toASN1Primitive() instanceof ASN1GeneralizedTime;
  }

  /** Returns kind and size of its key, as in {@code RSA 2048} and {@code EC P-256}. */
  public String key() {
    return KeyWords.of(certificate.getSubjectPublicKeyInfo());
  }

  static String key(PublicKey key) {
    return KeyWords.of(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
  }

  /** Returns what it was signed with, as {@code SHA256withRSA}. */
  public String signature() {
    return KeyWords.signature(certificate.getSignatureAlgorithm());
  }

  /** Returns its serial number in hex. */
  public String serial() {
    return certificate.getSerialNumber().toString(16).toUpperCase(Locale.ROOT);
  }

  /** Returns the SHA-256 of its DER, as {@code openssl x509 -fingerprint -sha256} prints it. */
  public String fingerprint() {
    try {
      return KeyWords.fingerprint(certificate.getEncoded());
    } catch (IOException e) {
      throw new IllegalStateException("it was read from DER", e);
    }
  }

  /** Whether it may sign others, by its basic constraints. */
  public boolean isCa() {
    return parsed(Extension.basicConstraints, BasicConstraints::getInstance)
        .map(BasicConstraints::isCA)
        .orElse(false);
  }

  /** Whether subject and issuer are the same. */
  public boolean isSelfIssued() {
    return NameWords.canonical(certificate.getSubject())
        .equals(NameWords.canonical(certificate.getIssuer()));
  }

  /** Whether it is, or is most likely to be, what a server shows. */
  public boolean isServer() {
    if (hasExtension(Extension.extendedKeyUsage)) {
      return hasPurpose(KeyPurposeId.id_kp_serverAuth);
    }
    // As "openssl req -x509" makes them, which marks all as CAs.
    boolean plainRoot = isSelfIssued() && !hasExtension(Extension.keyUsage);
    return !names().isEmpty()
        || ((!isCa() || plainRoot) && commonName().filter(CertificateWords::isHost).isPresent());
  }

  static boolean isHost(String name) {
    try {
      return name.indexOf('.') > 0 && ServerName.of(name).text().length() > 0;
    } catch (IllegalArgumentException none) {
      return false;
    }
  }

  /** Whether it says that it is for this purpose. */
  boolean hasPurpose(KeyPurposeId purpose) {
    return parsed(Extension.extendedKeyUsage, ExtendedKeyUsage::getInstance)
        .map(usage -> usage.hasKeyPurposeId(purpose))
        .orElse(false);
  }

  /**
   * Returns whether its key may do this, a bit of {@link KeyUsage}; empty where nothing is said.
   */
  Optional<Boolean> mayDo(int usage) {
    return parsed(Extension.keyUsage, KeyUsage::getInstance).map(all -> all.hasUsages(usage));
  }

  boolean hasExtension(ASN1ObjectIdentifier oid) {
    return certificate.getExtension(oid) != null;
  }

  /** Reads the value of an extension. */
  @FunctionalInterface
  interface Reader<T> {
    T read(ASN1Encodable value);
  }

  <T> Optional<T> parsed(ASN1ObjectIdentifier oid, Reader<T> reader) {
    Extension extension = certificate.getExtension(oid);
    try {
      return extension == null
          ? Optional.empty()
          : Optional.of(reader.read(extension.getParsedValue()));
    } catch (RuntimeException damaged) {
      return Optional.empty();
    }
  }
}
