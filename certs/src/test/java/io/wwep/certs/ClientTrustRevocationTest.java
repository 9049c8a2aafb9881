package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.certs.ClientRefusal.Reason;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Certificates that are called back, by a list of fingerprints or a CRL. */
class ClientTrustRevocationTest extends ClientTrustSetup {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "# lost boards\n\n%s  # board of table 3\n",
        "sha256 Fingerprint=%s",
        "SHA-256: %s",
        "  SHA-256    %s"
      })
  void shouldRefuseWhatAListNames(String list) throws Exception {
    for (String fingerprint :
        List.of(
            device.fingerprint(), device.fingerprint().replace(":", "").toLowerCase(Locale.ROOT))) {
      assertRefused(
          trustWithout(list.formatted(fingerprint)),
          device.chain(),
          Reason.REVOKED,
          "'0FAC' is revoked",
          "revoked.txt");
    }
    Identity other = ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR);
    assertThat(trustWithout(list.formatted(device.fingerprint())).check(other.chain()).device())
        .hasValue(0x0FAC);
  }

  /** Who has a certificate can make another one of it, which its CA has signed all the same. */
  @Test
  void shouldRefuseTheTwinOfWhatAListNames() throws Exception {
    X509Certificate own = device.certificate();
    X509Certificate twin = HandMade.twin(own);
    twin.verify(ca.identity().certificate().getPublicKey());
    assertThat(twin.getTBSCertificate()).isEqualTo(own.getTBSCertificate());
    assertThat(KeyWords.fingerprint(twin.getEncoded())).isNotEqualTo(device.fingerprint());
    assertThat(trust().check(List.of(twin)).device()).hasValue(0x0FAC);
    assertRefused(
        trustWithout(device.fingerprint()), List.of(twin), Reason.REVOKED, "'0FAC' is revoked");
  }

  @Test
  void shouldNameTheLineThatIsNoFingerprint() {
    assertThatThrownBy(() -> trustWithout("# lost\n" + device.fingerprint() + "\nAB:CD\n"))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("revoked.txt, line 3: this is no SHA-256 fingerprint");
    String ofKey = "  SHA-256    %s of its public key".formatted(device.fingerprint());
    assertThatThrownBy(() -> trustWithout(ofKey))
        .as("what calls back nothing")
        .hasMessageContaining("revoked.txt, line 1: this is no SHA-256 fingerprint");
  }

  @Test
  void shouldRefuseWhatACrlNames() throws Exception {
    Instant next = NOW.plus(Duration.ofDays(7));
    byte[] der = list(ca, next, device.certificate().getSerialNumber());
    Identity other = ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FAD, YEAR);
    byte[] pem = Pem.write("X509 CRL", der).getBytes(StandardCharsets.US_ASCII);
    for (byte[] form : List.of(der, pem)) {
      ClientTrust trust = trustWithout(form);
      assertRefused(trust, device.chain(), Reason.REVOKED, "'0FAC' is revoked by the CRL");
      assertThat(trust.check(other.chain()).device()).hasValue(0x0FAD);
      assertThat(trust.problems()).isEmpty();
      assertThat(trust.files()).hasSize(2);
    }
  }

  /** Who was revoked since is unknown, so nobody is let in. */
  @Test
  void shouldAcceptNobodyOnceItsCrlIsOverdue() throws Exception {
    ClientTrust trust = trustWithout(list(ca, NOW.minus(Duration.ofDays(1))));
    assertRefused(trust, device.chain(), Reason.REVOKED, "was to be replaced by 2026-05-31");
    assertThat(trust.problems()).singleElement().asString().contains("fetch or make a new one");
  }

  /** What they leave out is not thereby in force. */
  @Test
  void shouldRefuseCrlsThatAreNotWhole() throws Exception {
    for (ASN1ObjectIdentifier kind :
        List.of(Extension.deltaCRLIndicator, Extension.issuingDistributionPoint)) {
      X509v2CRLBuilder builder = new X509v2CRLBuilder(HandMade.nameOf(ca), Date.from(NOW));
      builder.setNextUpdate(Date.from(NOW.plus(Duration.ofDays(7))));
      builder.addExtension(
          kind,
          true,
          kind.equals(Extension.deltaCRLIndicator)
              ? new ASN1Integer(1)
              : new IssuingDistributionPoint(null, true, false));
      byte[] list =
          builder
              .build(new JcaContentSignerBuilder("SHA256withECDSA").build(ca.identity().key()))
              .getEncoded();
      assertThatThrownBy(() -> trustWithout(list))
          .isInstanceOf(IdentityException.class)
          .hasMessageContaining("give a full one");
    }
  }

  @Test
  void shouldRefuseACrlOfSomebodyElse() throws Exception {
    CertificateAuthority other =
        CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", TEN_YEARS);
    byte[] forged = list(other, NOW.plus(Duration.ofDays(7)));
    assertThatThrownBy(() -> trustWithout(forged))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("not signed by one of the CAs");
    byte[] cut = Arrays.copyOf(forged, forged.length / 2);
    assertThatThrownBy(() -> trustWithout(cut))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("ca.crl is damaged");
  }

  private byte[] list(CertificateAuthority issuer, Instant nextUpdate, BigInteger... serials)
      throws Exception {
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(HandMade.nameOf(issuer), Date.from(NOW.minus(Duration.ofDays(2))));
    builder.setNextUpdate(Date.from(nextUpdate));
    for (BigInteger each : serials) {
      builder.addCRLEntry(each, Date.from(NOW), CRLReason.keyCompromise);
    }
    return builder
        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(issuer.identity().key()))
        .getEncoded();
  }

  private ClientTrust trustWithout(byte[] list) throws IOException {
    Path file = Files.write(directory.resolve("ca.crl"), list);
    return ClientTrust.read(caFiles.certificate(), file, CLOCK);
  }

  /** What OpenSSL revokes, by its own means. */
  @Test
  void shouldReadACrlOfOpenssl() throws Exception {
    PairFiles files = PairFiles.in(directory, "leaf");
    files.write(device);
    Files.writeString(directory.resolve("index.txt"), "");
    Files.writeString(
        directory.resolve("ca.cnf"),
        """
        [ca]
        default_ca = it
        [it]
        database = index.txt
        default_md = sha256
        default_crl_days = 36500
        """);
    Tool openssl = Tool.openssl(directory);
    String[] own = {"ca", "-config", "ca.cnf", "-cert", "ca.pem", "-keyfile", "ca.key.pem"};
    openssl.run(with(own, "-revoke", "leaf.pem"));
    openssl.run(with(own, "-gencrl", "-out", "openssl.crl"));
    ClientTrust trust =
        ClientTrust.read(
            caFiles.certificate(), directory.resolve("openssl.crl"), Clock.systemUTC());
    assertThat(refused(trust, device.chain())).hasMessageContaining("is revoked by the CRL");
  }

  private static String[] with(String[] first, String... more) {
    List<String> all = new ArrayList<>(List.of(first));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
