package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateAuthorityTest {

  private static final Clock CLOCK = at("2026-06-01T12:00:00Z");
  private static final Validity YEAR = Validity.starting(CLOCK, Period.ofDays(365));
  private static final Validity TEN_YEARS = Validity.starting(CLOCK, Period.ofYears(10));
  private static final List<ServerName> NAMES =
      List.of(ServerName.of("wwep.lab"), ServerName.of("192.168.7.9"), ServerName.of("::1"));

  @TempDir private Path directory;
  private PairFiles caFiles;
  private PairFiles files;

  @BeforeEach
  void name() {
    caFiles = PairFiles.in(directory, "ca");
    files = PairFiles.in(directory, "leaf");
  }

  private static Clock at(String instant) {
    return Clock.fixed(Instant.parse(instant), ZoneOffset.UTC);
  }

  private CertificateAuthority create(KeyAlgorithm algorithm) {
    CertificateAuthority ca = CertificateAuthority.create(algorithm, "Class 4b", TEN_YEARS);
    caFiles.write(ca.identity());
    return ca;
  }

  private String openssl(String... arguments) throws Exception {
    return Tool.openssl(directory).run(arguments);
  }

  @ParameterizedTest
  @CsvSource({
    "EC_P256, EC_P256, -verify_hostname, wwep.lab",
    "RSA_2048, RSA_2048, -verify_ip, 192.168.7.9",
    "EC_P256, RSA_2048, -verify_ip, ::1",
    "RSA_2048, EC_P256, -verify_hostname, wwep.lab",
  })
  void shouldSignServersThatOpensslAcceptsEvenWhenStrict(
      KeyAlgorithm own, KeyAlgorithm server, String check, String name) throws Exception {
    files.write(create(own).issueServer(server, NAMES, YEAR));
    assertThat(
            openssl(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                check,
                name,
                "-CAfile",
                "ca.pem",
                "leaf.pem"))
        .contains("leaf.pem: OK");
  }

  @ParameterizedTest
  @EnumSource
  void shouldSignDevicesThatOpensslAcceptsEvenWhenStrict(KeyAlgorithm algorithm) throws Exception {
    files.write(create(algorithm).issueDevice(algorithm, 0x0FAC, YEAR));
    assertThat(
            openssl(
                "verify", "-x509_strict", "-purpose", "sslclient", "-CAfile", "ca.pem", "leaf.pem"))
        .contains("leaf.pem: OK");
    assertThat(openssl("x509", "-in", "leaf.pem", "-noout", "-subject", "-nameopt", "RFC2253"))
        .contains("CN=0FAC,OU=device,O=WWEP");
  }

  @ParameterizedTest
  @EnumSource
  void shouldSignWhatGnutlsAccepts(KeyAlgorithm algorithm) throws Exception {
    files.write(create(algorithm).issueServer(algorithm, NAMES, YEAR));
    assertThat(
            Tool.certtool(directory)
                .run(
                    "--verify",
                    "--load-ca-certificate",
                    "ca.pem",
                    "--verify-purpose",
                    "1.3.6.1.5.5.7.3.1",
                    "--verify-hostname",
                    "wwep.lab",
                    "--infile",
                    "leaf.pem"))
        .contains("The certificate is trusted");
  }

  /** What a CA that somebody made with openssl has named its key by must be found again. */
  @Test
  void shouldSignWithACaThatOpensslHasMade() throws Exception {
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "ca.key.pem",
        "-out",
        "ca.pem",
        "-days",
        "3650",
        "-subj",
        "/C=DE/O=Schule am See/CN=Prüf CA",
        "-utf8",
        "-addext",
        "subjectKeyIdentifier=0102030405");
    CertificateAuthority ca = CertificateAuthority.read(caFiles, Clock.systemUTC());
    files.write(
        ca.issueServer(
            KeyAlgorithm.RSA_2048, NAMES, Validity.starting(Clock.systemUTC(), Period.ofDays(9))));
    assertThat(openssl("verify", "-partial_chain", "-CAfile", "ca.pem", "leaf.pem")).contains("OK");
    assertThat(openssl("x509", "-in", "leaf.pem", "-noout", "-ext", "authorityKeyIdentifier"))
        .contains("01:02:03:04:05");
  }

  /** Boards have the root, and little room. */
  @Test
  void shouldSendIntermediatesAndNoRoot() throws Exception {
    CertificateAuthority root = create(KeyAlgorithm.EC_P256);
    Identity between =
        CertificateMaker.signed(
            new CertificateMaker.Content(
                Role.CA, KeyAlgorithm.EC_P256, "CA", "Room 12", List.of(), TEN_YEARS),
            root.identity());
    PairFiles betweenFiles = PairFiles.in(directory, "between");
    betweenFiles.write(
        new Identity(between.key(), List.of(between.certificate(), root.identity().certificate())));
    Identity server =
        CertificateAuthority.read(betweenFiles, CLOCK)
            .issueServer(KeyAlgorithm.EC_P256, NAMES, YEAR);
    files.write(server);
    assertThat(server.chain()).containsExactly(server.certificate(), between.certificate());
    assertThat(openssl("verify", "-CAfile", "ca.pem", "-untrusted", "leaf.pem", "leaf.pem"))
        .contains("OK");
  }

  @Test
  void shouldSayWhatEachMayDo() throws Exception {
    CertificateAuthority ca = create(KeyAlgorithm.RSA_2048);
    assertThat(openssl("x509", "-in", "ca.pem", "-noout", "-text"))
        .contains("CA:TRUE", "Certificate Sign, CRL Sign", "CN = Class 4b")
        .doesNotContain("Digital Signature", "TLS Web", "Alternative Name");
    files.write(ca.issueServer(KeyAlgorithm.RSA_2048, NAMES, YEAR));
    assertThat(openssl("x509", "-in", "leaf.pem", "-noout", "-text"))
        .contains("CA:FALSE", "Digital Signature, Key Encipherment", "TLS Web Server Auth")
        .doesNotContain("Certificate Sign", "TLS Web Client");
    files.replace(ca.issueDevice(KeyAlgorithm.RSA_2048, 1, YEAR));
    assertThat(openssl("x509", "-in", "leaf.pem", "-noout", "-text"))
        .contains("CA:FALSE", "Digital Signature", "TLS Web Client Auth", "CN = 0001")
        .doesNotContain("Key Encipherment", "TLS Web Server");
    assertThat(openssl("asn1parse", "-in", "leaf.pem")).doesNotContain("GENERALIZEDTIME");
  }

  @Test
  void shouldNotSignBeyondItsOwnEnd() {
    CertificateAuthority ca = CertificateAuthority.create(KeyAlgorithm.EC_P256, "short", YEAR);
    X509Certificate device = ca.issueDevice(KeyAlgorithm.EC_P256, 1, TEN_YEARS).certificate();
    assertThat(device.getNotAfter()).isEqualTo(ca.identity().certificate().getNotAfter());
  }

  /** OpenSSL looks at what the CA is for when it looks at a client's certificate. */
  @Test
  void shouldNotSignDevicesWithAServersOwnRoot() {
    caFiles.write(Identities.selfSigned(KeyAlgorithm.EC_P256, NAMES, YEAR));
    CertificateAuthority server = CertificateAuthority.read(caFiles, CLOCK);
    assertThat(server.issueServer(KeyAlgorithm.EC_P256, NAMES, YEAR).chain()).hasSize(1);
    assertThatThrownBy(() -> server.issueDevice(KeyAlgorithm.EC_P256, 1, YEAR))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("may not sign certificates of devices")
        .hasMessageContaining("'wwep cert ca'");
  }

  @Test
  void shouldRefuseACaWithAWeakKey() throws Exception {
    openssl(
        "req",
        "-x509",
        "-newkey",
        "rsa:1024",
        "-nodes",
        "-keyout",
        "ca.key.pem",
        "-out",
        "ca.pem",
        "-days",
        "3650",
        "-subj",
        "/CN=weak");
    assertThatThrownBy(() -> CertificateAuthority.read(caFiles, Clock.systemUTC()))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("RSA key of 1024 bits");
  }

  @Test
  void shouldRefuseAChainOfCasThatIsNone() throws Exception {
    CertificateAuthority one = create(KeyAlgorithm.EC_P256);
    CertificateAuthority other = CertificateAuthority.create(KeyAlgorithm.EC_P256, "b", YEAR);
    PairFiles both = PairFiles.in(directory, "both");
    both.write(
        new Identity(
            one.identity().key(),
            List.of(one.identity().certificate(), other.identity().certificate())));
    assertThatThrownBy(() -> CertificateAuthority.read(both, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("certificate 2 in")
        .hasMessageContaining("has not signed the one before it");
  }

  /** What begins with one of these would mean something else to who reads names from a text. */
  @ParameterizedTest
  @ValueSource(strings = {"#1 Klasse", "\\x", "#0C0141", "a+b=c,d;e", "Prüfstand 日本", " a"})
  void shouldTakeANameAsItStands(String name) throws Exception {
    X509Certificate ca =
        CertificateAuthority.create(KeyAlgorithm.EC_P256, name, YEAR).identity().certificate();
    X500Name subject = new JcaX509CertificateHolder(ca).getSubject();
    assertThat(subject.getRDNs(BCStyle.CN)[0].getFirst().getValue()).hasToString(name);
  }

  @Test
  void shouldNotBeginBeforeItsCa() {
    Validity fromToday = new Validity(CLOCK.instant(), TEN_YEARS.until());
    CertificateAuthority ca = CertificateAuthority.create(KeyAlgorithm.EC_P256, "a", fromToday);
    assertThat(
            ca.issueDevice(KeyAlgorithm.EC_P256, 1, YEAR).certificate().getNotBefore().toInstant())
        .isEqualTo(CLOCK.instant());
  }

  @Test
  void shouldRefuseWhatIsNoCa() {
    files.write(create(KeyAlgorithm.EC_P256).issueServer(KeyAlgorithm.EC_P256, NAMES, YEAR));
    assertThatThrownBy(() -> CertificateAuthority.read(files, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("leaf.pem is not a CA's certificate")
        .hasMessageContaining("'wwep cert ca'");
  }

  @ParameterizedTest
  @CsvSource({
    "2037-01-01T00:00:00Z, expired on 2036-06-01",
    "1970-01-01T00:00:10Z, holds from 2026-05-31 on, and this computer's clock says 1970-01-01"
  })
  void shouldRefuseACaThatDoesNotHoldNow(String now, String reason) {
    create(KeyAlgorithm.EC_P256);
    assertThatThrownBy(() -> CertificateAuthority.read(caFiles, at(now)))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void shouldRefuseTheKeyOfAnotherCa() throws Exception {
    create(KeyAlgorithm.EC_P256);
    byte[] key = Files.readAllBytes(caFiles.key());
    caFiles.remove();
    create(KeyAlgorithm.EC_P256);
    Files.write(caFiles.key(), key);
    assertThatThrownBy(() -> CertificateAuthority.read(caFiles, CLOCK))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("does not belong to certificate");
  }

  @Test
  void shouldNameEachCaInItsOwnWay() {
    assertThat(CertificateAuthority.newName())
        .matches("WWEP CA [0-9A-F]{8}")
        .isNotEqualTo(CertificateAuthority.newName());
  }
}
