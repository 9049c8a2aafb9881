package io.wwep.certs;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAPublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.RDN;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x500.style.IETFUtils;

/**
 * What people read of one certificate, each thing in a few words. What others wrote is cut where it
 * is long; it may hold any characters. Immutable.
 */
public final class CertificateWords {

  /** More than any name that a person gave; others are there to fill the screen. */
  private static final int NAME_SHOWN_MAX = 200;

  private final X509Certificate certificate;

  private CertificateWords(X509Certificate certificate) {
    this.certificate = certificate;
  }

  public static CertificateWords of(X509Certificate certificate) {
    return new CertificateWords(certificate);
  }

  /** Returns whom it is about, in the one part of the subject that people know it by. */
  public String shortName() {
    return shortName(certificate.getSubjectX500Principal());
  }

  /** Returns who signed it, in the one part of the issuer that people know it by. */
  public String issuerShortName() {
    return shortName(certificate.getIssuerX500Principal());
  }

  /**
   * Returns the common name; where there is none, the unit or the organisation; else all that there
   * is.
   */
  public static String shortName(X500Principal principal) {
    X500Name name = X500Name.getInstance(principal.getEncoded());
    for (ASN1ObjectIdentifier kind : List.of(BCStyle.CN, BCStyle.OU, BCStyle.O)) {
      RDN[] found = name.getRDNs(kind);
      if (found.length > 0) {
        String text = IETFUtils.valueToString(lastOf(found, kind));
        if (!text.isBlank()) {
          return cut(text.replaceAll("\\\\(.)", "$1"));
        }
      }
    }
    String all = whole(principal);
    return all.isEmpty() ? "a certificate without a name" : all;
  }

  /** A name may hold several values of one kind, and several kinds as one part. */
  private static ASN1Encodable lastOf(RDN[] found, ASN1ObjectIdentifier kind) {
    for (var each : found[found.length - 1].getTypesAndValues()) {
      if (each.getType().equals(kind)) {
        return each.getValue();
      }
    }
    return found[found.length - 1].getFirst().getValue();
  }

  /** Returns the subject as RFC 4514 writes it, empty when there is none. */
  public String subject() {
    return whole(certificate.getSubjectX500Principal());
  }

  /** Returns the issuer as RFC 4514 writes it, empty when there is none. */
  public String issuer() {
    return whole(certificate.getIssuerX500Principal());
  }

  private static String whole(X500Principal principal) {
    return cut(principal.getName());
  }

  /** Returns the host names and addresses that it holds for, as its alternative names have them. */
  public List<String> names() {
    HeldNames held = HeldNames.of(certificate);
    return Stream.concat(held.dnsNames().stream(), held.addresses().stream())
        .map(CertificateWords::cut)
        .distinct()
        .toList();
  }

  /** Returns {@code 2026-11-26 to 2027-11-26}, both in UTC. */
  public String period() {
    return Validity.day(notBefore()) + " to " + Validity.day(notAfter());
  }

  /** Returns the first moment at which it holds. */
  public Instant notBefore() {
    return certificate.getNotBefore().toInstant();
  }

  /** Returns the last moment at which it holds. */
  public Instant notAfter() {
    return certificate.getNotAfter().toInstant();
  }

  /** Whether it holds at a moment, as its dates have it. */
  public boolean holdsAt(Instant moment) {
    return !moment.isBefore(notBefore()) && !moment.isAfter(notAfter());
  }

  /** Returns the kind and size of its key, as in {@code RSA 2048} and {@code EC P-256}. */
  public String key() {
    return key(certificate.getPublicKey());
  }

  static String key(PublicKey key) {
    if (key instanceof RSAPublicKey rsa) {
      return "RSA %d".formatted(rsa.getModulus().bitLength());
    }
    if (key instanceof ECPublicKey ec) {
      return "EC " + Curves.name(ec);
    }
    if (key instanceof DSAPublicKey dsa && dsa.getParams() != null) {
      return "DSA %d".formatted(dsa.getParams().getP().bitLength());
    }
    return Curves.name(key);
  }

  /** Returns with what its issuer signed it, as in {@code SHA256withRSA}. */
  public String signature() {
    return certificate.getSigAlgName();
  }

  /**
   * Returns the SHA-256 of the certificate in DER, as 32 pairs of upper-case hex digits with colons
   * between them: what {@code openssl x509 -fingerprint -sha256} prints.
   */
  public String fingerprint() {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
      return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256, and the certificate was DER", e);
    }
  }

  /** Whether it names itself as its issuer, as roots do. */
  public boolean isSelfIssued() {
    return CertificateMaker.isSelfIssued(certificate);
  }

  /** Whether it says that it may sign other certificates. */
  public boolean isCa() {
    return certificate.getBasicConstraints() >= 0;
  }

  private static String cut(String text) {
    return text.length() > NAME_SHOWN_MAX ? text.substring(0, NAME_SHOWN_MAX) + "…" : text;
  }
}
