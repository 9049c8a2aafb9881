package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wwep.certs.CertificateMaker.Content;
import io.wwep.certs.ClientRefusal.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whom a CA lets in. */
class ClientTrustTest extends ClientTrustSetup {

  @ParameterizedTest
  @EnumSource
  void shouldAcceptWhatItsCaSignedAndKnowTheDevice(KeyAlgorithm algorithm) throws Exception {
    Identity signed = ca.issueDevice(algorithm, 0x0FAC, YEAR);
    ClientCertificate client = trust().check(signed.chain());
    assertThat(client.device()).hasValue(0x0FAC);
    assertThat(client.commonName()).isEqualTo("0FAC");
    assertThat(client.holder()).isEqualTo("device 0FAC");
    assertThat(client.fingerprint()).isEqualTo(signed.fingerprint());
    assertThat(trust().checkDer(List.of(signed.certificate().getEncoded()))).isEqualTo(client);
  }

  /** Some stacks send the root along, and some what has nothing to do with it. */
  @Test
  void shouldNotMindCertificatesThatAreNotNeeded() throws Exception {
    Identity other =
        CertificateAuthority.create(KeyAlgorithm.EC_P256, "other", TEN_YEARS).identity();
    List<X509Certificate> chain =
        List.of(device.certificate(), other.certificate(), ca.identity().certificate());
    assertThat(trust().check(chain).device()).hasValue(0x0FAC);
  }

  @Test
  void shouldFollowAnIntermediateThatIsSentInAnyPlace() throws Exception {
    CertificateAuthority between = between(BasicConstraintsOf.CA);
    Identity below = between.issueDevice(KeyAlgorithm.EC_P256, 0x0B0B, YEAR);
    X509Certificate own = below.certificate();
    X509Certificate intermediate = between.identity().certificate();
    assertThat(trust().check(List.of(own, intermediate)).device()).hasValue(0x0B0B);
    assertThat(trust().check(List.of(own, ca.identity().certificate(), intermediate)).device())
        .hasValue(0x0B0B);
    assertRefused(
        trust(), List.of(own), Reason.UNKNOWN_CA, "signed by", "between", "does not send");
  }

  @Test
  void shouldNotLetADeviceSignAnother() throws Exception {
    CertificateAuthority between = between(BasicConstraintsOf.NOBODY);
    Identity below = between.issueDevice(KeyAlgorithm.EC_P256, 0x0B0B, YEAR);
    List<X509Certificate> chain = List.of(below.certificate(), between.identity().certificate());
    assertRefused(trust(), chain, Reason.BAD, "cannot be traced", "RFC 5280");
  }

  private enum BasicConstraintsOf {
    CA,
    NOBODY
  }

  /** Signed by the CA, with its own key. */
  private CertificateAuthority between(BasicConstraintsOf whom) throws Exception {
    KeyPair pair = KeyAlgorithm.EC_P256.generate();
    X509v3CertificateBuilder builder =
        HandMade.builder(HandMade.nameOf(ca), "between", pair.getPublic());
    builder.addExtension(
        Extension.basicConstraints, true, new BasicConstraints(whom == BasicConstraintsOf.CA));
    X509Certificate certificate = HandMade.signed(builder, ca.identity().key());
    Identity identity = new Identity(pair.getPrivate(), List.of(certificate));
    if (whom == BasicConstraintsOf.NOBODY) {
      return HandMade.signer(identity);
    }
    PairFiles files = PairFiles.in(directory, "between");
    files.write(identity);
    return CertificateAuthority.read(files, CLOCK);
  }

  @Test
  void shouldTellAnotherCaFromOneThatWasMadeAnew() {
    Identity other =
        CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 5a", TEN_YEARS)
            .issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR);
    assertRefused(trust(), other.chain(), Reason.UNKNOWN_CA, "'Class 5a'", "ca.pem ('Class 4b')");
    Identity anew =
        CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", TEN_YEARS)
            .issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR);
    assertRefused(
        trust(), anew.chain(), Reason.UNKNOWN_CA, "another key", "made anew", "sign it again");
  }

  @Test
  void shouldRefuseWhatIsSignedByItself() {
    Identity own =
        CertificateMaker.selfSigned(
            new Content(Role.DEVICE, KeyAlgorithm.EC_P256, "device", "0FAC", List.of(), YEAR));
    assertRefused(trust(), own.chain(), Reason.UNKNOWN_CA, "signed by itself", "Class 4b");
  }

  @Test
  void shouldSayWhenItIsOverOrHasNotBegun() {
    Clock later = Clock.fixed(NOW.plus(Duration.ofDays(400)), ZoneOffset.UTC);
    ClientTrust then = ClientTrust.read(caFiles.certificate(), null, later);
    assertRefused(then, device.chain(), Reason.NOT_VALID_NOW, "'0FAC' expired on 2027-06-01");
    Clock before = Clock.fixed(NOW.minus(Duration.ofDays(400)), ZoneOffset.UTC);
    ClientTrust early = ClientTrust.read(caFiles.certificate(), null, before);
    assertRefused(
        early, device.chain(), Reason.NOT_VALID_NOW, "holds from 2026-05-31 on", "2025-04-27");
    assertThat(early.problems()).singleElement().asString().contains("Class 4b", "set the clock");
    Clock muchLater = Clock.fixed(NOW.plus(Duration.ofDays(4_000)), ZoneOffset.UTC);
    ClientTrust over = ClientTrust.read(caFiles.certificate(), null, muchLater);
    assertThat(over.problems()).singleElement().asString().contains("expired on 2036-06-01");
    assertThat(trust().problems()).isEmpty();
  }

  @Test
  void shouldRefuseAServersCertificate() {
    Identity server =
        ca.issueServer(KeyAlgorithm.EC_P256, List.of(ServerName.of("wwep.lab")), YEAR);
    assertRefused(
        trust(), server.chain(), Reason.WRONG_PURPOSE, "'wwep.lab' is not for clients", "device");
  }

  @Test
  void shouldReadTheCommonNameAsItStandsThere() {
    Identity comma =
        CertificateMaker.signed(
            new Content(
                Role.DEVICE, KeyAlgorithm.EC_P256, "device", "lab, bench #1", List.of(), YEAR),
            ca.identity());
    assertThat(commonName(comma)).isEqualTo("lab, bench #1");
    assertThat(ClientCertificate.supposed(comma.fingerprint()).fingerprint())
        .isEqualTo(comma.fingerprint());
  }

  private String commonName(Identity identity) {
    try {
      return trust().check(identity.chain()).commonName();
    } catch (ClientRefusal refusal) {
      throw new AssertionError(refusal);
    }
  }

  @Test
  void shouldKnowWhenTheFirstOfTheChainEnds() throws Exception {
    assertThat(trust().check(device.chain()).end())
        .isEqualTo(device.certificate().getNotAfter().toInstant());
  }

  @Test
  void shouldBoundTheChain() {
    assertRefused(
        trust(),
        Collections.nCopies(11, device.certificate()),
        Reason.BAD,
        "11 certificates",
        "10 of 32,768 are the most");
  }

  @Test
  void shouldSayWhatCannotBeRead() {
    ClientRefusal refusal =
        catchThrowableOfType(
            ClientRefusal.class, () -> trust().checkDer(List.of(new byte[] {0x30, 1, 0})));
    assertThat(refusal).hasMessageStartingWith("certificate 1 that the board sent cannot be read");
  }

  /** Whatever the bytes are: it comes from anybody. */
  @Test
  void shouldAcceptNothingThatItsCaHasNotSignedWhateverBytesAreChanged() throws Exception {
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    byte[] der = device.certificate().getEncoded();
    byte[] signed = device.certificate().getTBSCertificate();
    ClientTrust trust = trust();
    for (int i = 0; i < 2_000; i++) {
      byte[] changed = der.clone();
      changed[random.nextInt(changed.length)] ^= (byte) (1 << random.nextInt(8));
      try {
        // DER of the signature may be written in more than one way, so that it stays the same.
        X509Certificate own = trust.checkDer(List.of(changed)).chain().get(0);
        assertThat(own.getTBSCertificate()).isEqualTo(signed);
      } catch (ClientRefusal refusal) {
        assertThat(refusal.getMessage()).isNotEmpty();
      }
    }
  }

  // ---- files

  @Test
  void shouldTakeSeveralCas() throws Exception {
    CertificateAuthority other =
        CertificateAuthority.create(KeyAlgorithm.RSA_2048, "Class 5a", TEN_YEARS);
    List<X509Certificate> both = new ArrayList<>(ca.identity().chain());
    both.addAll(other.identity().chain());
    Path file = Files.writeString(directory.resolve("both.pem"), Identities.toPem(both));
    ClientTrust trust = ClientTrust.read(file, null, CLOCK);
    assertThat(trust.authorities()).isEqualTo(both);
    assertThat(trust.check(other.issueDevice(KeyAlgorithm.EC_P256, 1, YEAR).chain()).device())
        .hasValue(1);
    assertThat(trust.check(device.chain()).device()).hasValue(0x0FAC);
  }

  @Test
  void shouldRefuseFilesThatAreNoCa() throws Exception {
    PairFiles files = PairFiles.in(directory, "device");
    files.write(device);
    assertThatThrownBy(() -> ClientTrust.read(files.certificate(), null, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("'0FAC'")
        .hasMessageContaining("is not a CA's");
    assertThatThrownBy(() -> ClientTrust.read(files.key(), null, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("holds no certificate");
    assertThatThrownBy(() -> ClientTrust.read(directory, null, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("is a directory");
  }

  @Test
  void shouldBeEqualByContent() throws Exception {
    assertThat(trust()).isEqualTo(trust()).hasSameHashCodeAs(trust());
    assertThat(trustWithout(device.fingerprint())).isNotEqualTo(trustWithout("# none"));
    assertThat(trustWithout("# none")).isEqualTo(trustWithout("# nobody"));
  }
}
