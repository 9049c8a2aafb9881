package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.certs.ClientRefusal.Reason;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys and signatures that are not taken, and CAs that may not sign all. */
class ClientTrustLimitsTest extends ClientTrustSetup {

  @Test
  void shouldRefuseWeakKeysAndSignatures() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(1024);
    assertRefused(
        trust(),
        List.of(signedBy("SHA256withECDSA", generator.generateKeyPair())),
        Reason.BAD,
        "RSA key of 1024 bits");
    assertRefused(
        trust(),
        List.of(signedBy("SHA1withECDSA", KeyAlgorithm.EC_P256.generate())),
        Reason.BAD,
        "signed with SHA1withECDSA",
        "SHA-256");
  }

  private X509Certificate signedBy(String algorithm, KeyPair pair) throws Exception {
    return HandMade.signed(
        HandMade.builder(HandMade.nameOf(ca), "0FAC", pair.getPublic()),
        algorithm,
        ca.identity().key());
  }

  /** Anybody may send them, and each would keep an event loop busy for seconds and more. */
  @Test
  @Timeout(20)
  void shouldNotWorkWithKeysThatTakeLong() throws Exception {
    Random random = new Random(7);
    BigInteger prime = new BigInteger(80_000, random).setBit(79_999).setBit(0);
    BigInteger order = new BigInteger(512, random).setBit(511).setBit(0);
    PublicKey dsa =
        KeyFactory.getInstance("DSA")
            .generatePublic(
                new DSAPublicKeySpec(
                    new BigInteger(70_000, random), prime, order, new BigInteger(70_000, random)));
    PublicKey rsa =
        KeyFactory.getInstance("RSA")
            .generatePublic(
                new RSAPublicKeySpec(
                    new BigInteger(3072, random).setBit(3071).setBit(0),
                    new BigInteger(3070, random).setBit(3069).setBit(0)));
    for (PublicKey key : List.of(dsa, rsa)) {
      assertThat(QuickKey.isOne(key)).isFalse();
      X509Certificate slow = named("slow", "slow", key);
      X509Certificate own = named("slow", "0FAC", KeyAlgorithm.EC_P256.generate().getPublic());
      assertRefused(trust(), List.of(own, slow), Reason.UNKNOWN_CA, "signed by 'slow'");
    }
    assertThat(QuickKey.isOne(ca.identity().certificate().getPublicKey())).isTrue();
    assertThat(QuickKey.isOne(KeyAlgorithm.RSA_2048.generate().getPublic())).isTrue();
  }

  private X509Certificate named(String issuer, String subject, PublicKey key) throws Exception {
    return HandMade.signed(
        HandMade.builder(new X500Name("CN=" + issuer), subject, key), ca.identity().key());
  }

  @Test
  void shouldHoldACaToTheNamesThatItMaySign() throws Exception {
    GeneralName permitted = new GeneralName(new X500Name("O=Lab A"));
    NameConstraints constraints =
        new NameConstraints(new GeneralSubtree[] {new GeneralSubtree(permitted)}, null);
    CertificateAuthority narrow = limited("narrow", Extension.nameConstraints, constraints);
    Identity outside = narrow.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR);
    ClientTrust trust = ClientTrust.read(directory.resolve("narrow.pem"), null, CLOCK);
    assertRefused(trust, outside.chain(), Reason.BAD, "cannot be traced to CA 'narrow'");
  }

  @Test
  void shouldNotTakeACaThatMaySignServersAlone() throws Exception {
    limited(
        "servers", Extension.extendedKeyUsage, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
    assertThatThrownBy(() -> ClientTrust.read(directory.resolve("servers.pem"), null, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("'servers'")
        .hasMessageContaining("may not sign certificates of clients");
  }

  /** A CA with one more extension, which signs itself. */
  private CertificateAuthority limited(String name, ASN1ObjectIdentifier kind, ASN1Encodable value)
      throws Exception {
    KeyPair pair = KeyAlgorithm.EC_P256.generate();
    X509v3CertificateBuilder builder =
        HandMade.builder(new X500Name("CN=" + name), name, pair.getPublic());
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(kind, true, value);
    Identity signer =
        new Identity(pair.getPrivate(), List.of(HandMade.signed(builder, pair.getPrivate())));
    PairFiles.in(directory, name).write(signer);
    return HandMade.signer(signer);
  }
}
