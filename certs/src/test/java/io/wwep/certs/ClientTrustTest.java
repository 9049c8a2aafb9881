package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.wwep.certs.CertificateMaker.Content;
import io.wwep.certs.ClientRefusal.Reason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.spec.DSAPublicKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientTrustTest {

  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Validity YEAR = Validity.starting(CLOCK, Period.ofDays(365));
  private static final Validity TEN_YEARS = Validity.starting(CLOCK, Period.ofYears(10));

  @TempDir private Path directory;
  private PairFiles caFiles;
  private CertificateAuthority ca;
  private Identity device;

  @BeforeEach
  void make() {
    caFiles = PairFiles.in(directory, "ca");
    ca = CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", TEN_YEARS);
    caFiles.write(ca.identity());
    device = ca.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR);
  }

  private ClientTrust trust() {
    return ClientTrust.read(caFiles.certificate(), null, CLOCK);
  }

  private ClientTrust trustWithout(String revoked) throws IOException {
    Path file = Files.writeString(directory.resolve("revoked.txt"), revoked);
    return ClientTrust.read(caFiles.certificate(), file, CLOCK);
  }

  private static ClientRefusal refused(ClientTrust trust, List<X509Certificate> chain) {
    ClientRefusal refusal = catchThrowableOfType(ClientRefusal.class, () -> trust.check(chain));
    assertThat(refusal).as("accepted").isNotNull();
    assertThat(refusal.getMessage()).doesNotContain("Exception", "java.");
    return refusal;
  }

  private static void assertRefused(
      ClientTrust trust, List<X509Certificate> chain, Reason reason, String... parts) {
    ClientRefusal refusal = refused(trust, chain);
    assertThat(refusal.getMessage()).contains(parts);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

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
        new X509v3CertificateBuilder(
            X500Name.getInstance(
                ca.identity().certificate().getSubjectX500Principal().getEncoded()),
            BigInteger.TEN,
            Date.from(NOW.minus(Duration.ofDays(1))),
            Date.from(NOW.plus(Duration.ofDays(1_000))),
            new X500Name("CN=between"),
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    builder.addExtension(
        Extension.basicConstraints, true, new BasicConstraints(whom == BasicConstraintsOf.CA));
    byte[] der =
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(ca.identity().key()))
            .getEncoded();
    X509Certificate certificate =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(der));
    Identity identity = new Identity(pair.getPrivate(), List.of(certificate));
    if (whom == BasicConstraintsOf.NOBODY) {
      return signer(identity);
    }
    PairFiles files = PairFiles.in(directory, "between");
    files.write(identity);
    return CertificateAuthority.read(files, CLOCK);
  }

  /** Signs though it may not: read as a CA it would be refused. */
  private static CertificateAuthority signer(Identity identity) throws Exception {
    var constructor = CertificateAuthority.class.getDeclaredConstructor(Identity.class);
    constructor.setAccessible(true);
    return constructor.newInstance(identity);
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
    byte[] der =
        new X509v3CertificateBuilder(
                X500Name.getInstance(
                    ca.identity().certificate().getSubjectX500Principal().getEncoded()),
                BigInteger.TWO,
                Date.from(NOW.minus(Duration.ofDays(1))),
                Date.from(NOW.plus(Duration.ofDays(1))),
                new X500Name("CN=0FAC"),
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()))
            .build(new JcaContentSignerBuilder(algorithm).build(ca.identity().key()))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
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
    return builtBy(
        new KeyPair(null, ca.identity().key()),
        new X509v3CertificateBuilder(
            new X500Name("CN=" + issuer),
            BigInteger.TWO,
            Date.from(NOW.minus(Duration.ofDays(1))),
            Date.from(NOW.plus(Duration.ofDays(1))),
            new X500Name("CN=" + subject),
            SubjectPublicKeyInfo.getInstance(key.getEncoded())));
  }

  /** A CA with one more extension, which signs itself. */
  private CertificateAuthority limited(String name, ASN1ObjectIdentifier kind, ASN1Encodable value)
      throws Exception {
    KeyPair pair = KeyAlgorithm.EC_P256.generate();
    X509v3CertificateBuilder builder =
        new X509v3CertificateBuilder(
            new X500Name("CN=" + name),
            BigInteger.TEN,
            Date.from(NOW.minus(Duration.ofDays(1))),
            Date.from(NOW.plus(Duration.ofDays(1_000))),
            new X500Name("CN=" + name),
            SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()));
    builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
    builder.addExtension(kind, true, value);
    Identity signer = new Identity(pair.getPrivate(), List.of(builtBy(pair, builder)));
    PairFiles.in(directory, name).write(signer);
    return signer(signer);
  }

  private static X509Certificate builtBy(KeyPair pair, X509v3CertificateBuilder builder)
      throws Exception {
    byte[] der =
        builder
            .build(new JcaContentSignerBuilder("SHA256withECDSA").build(pair.getPrivate()))
            .getEncoded();
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
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

  // ---- revocation

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%s",
        "# lost boards\n\n%s  # board of table 3\n",
        "sha256 Fingerprint=%s",
        "SHA-256: %s"
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
    X509Certificate twin = twin(own);
    twin.verify(ca.identity().certificate().getPublicKey());
    assertThat(twin.getTBSCertificate()).isEqualTo(own.getTBSCertificate());
    assertThat(KeyWords.fingerprint(twin.getEncoded())).isNotEqualTo(device.fingerprint());
    assertThat(trust().check(List.of(twin)).device()).hasValue(0x0FAC);
    assertRefused(
        trustWithout(device.fingerprint()), List.of(twin), Reason.REVOKED, "'0FAC' is revoked");
  }

  private static X509Certificate twin(X509Certificate certificate) throws Exception {
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
    return (X509Certificate)
        CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
  }

  @Test
  void shouldNameTheLineThatIsNoFingerprint() {
    assertThatThrownBy(() -> trustWithout("# lost\n" + device.fingerprint() + "\nAB:CD\n"))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("revoked.txt, line 3: this is no SHA-256 fingerprint");
  }

  private byte[] list(CertificateAuthority issuer, Instant nextUpdate, BigInteger... serials)
      throws Exception {
    X509v2CRLBuilder builder =
        new X509v2CRLBuilder(
            X500Name.getInstance(
                issuer.identity().certificate().getSubjectX500Principal().getEncoded()),
            Date.from(NOW.minus(Duration.ofDays(2))));
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
      X509v2CRLBuilder builder =
          new X509v2CRLBuilder(
              X500Name.getInstance(
                  ca.identity().certificate().getSubjectX500Principal().getEncoded()),
              Date.from(NOW));
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
