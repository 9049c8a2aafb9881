package io.wwep.certs;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that the house's own makers would not make. */
final class HandMade {

  private HandMade() {}

  /** One that holds from yesterday on, for nearly three years. */
  static X509v3CertificateBuilder builder(X500Name issuer, String subject, PublicKey key) {
    Instant now = ClientTrustSetup.NOW;
    return new X509v3CertificateBuilder(
        issuer,
        BigInteger.TEN,
        Date.from(now.minus(Duration.ofDays(1))),
        Date.from(now.plus(Duration.ofDays(1_000))),
        new X500Name("CN=" + subject),
        SubjectPublicKeyInfo.getInstance(key.getEncoded()));
  }

  /** As who signs something, this is the CA's name. */
  static X500Name nameOf(CertificateAuthority ca) {
    return X500Name.getInstance(ca.identity().certificate().getSubjectX500Principal().getEncoded());
  }

  static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key) throws Exception {
    return signed(builder, "SHA256withECDSA", key);
  }

  static X509Certificate signed(X509v3CertificateBuilder builder, String algorithm, PrivateKey key)
      throws Exception {
    return parsed(builder.build(new JcaContentSignerBuilder(algorithm).build(key)).getEncoded());
  }

  private static X509Certificate parsed(byte[] der) throws Exception {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  /** Signs though it may not: read as a CA it would be refused. */
  static CertificateAuthority signer(Identity identity) throws Exception {
    var constructor = CertificateAuthority.class.getDeclaredConstructor(Identity.class);
    constructor.setAccessible(true);
    return constructor.newInstance(identity);
  }

  /** The same with the other one of the two signatures that ECDSA has for it. */
  static X509Certificate twin(X509Certificate certificate) throws Exception {
    BigInteger order = ((ECPublicKey) certificate.getPublicKey()).getParams().getOrder();
    ASN1Sequence pair = ASN1Sequence.getInstance(certificate.getSignature());
    BigInteger s = ASN1Integer.getInstance(pair.getObjectAt(1)).getValue();
    byte[] signature =
        new DERSequence(
                new ASN1Encodable[] {pair.getObjectAt(0), new ASN1Integer(order.subtract(s))})
            .getEncoded();
    ASN1Sequence whole = ASN1Sequence.getInstance(certificate.getEncoded());
    byte[] der =
        new DERSequence(
                new ASN1Encodable[] {
                  whole.getObjectAt(0), whole.getObjectAt(1), new DERBitString(signature)
                })
            .getEncoded();
    return parsed(der);
  }
}
