package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Security;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelfSignedTest {

  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant UNTIL = Instant.parse("2049-12-31T23:59:59Z");
  private static final Validity VALIDITY = new Validity(FROM, UNTIL);
  private static final List<String> NAMES =
      List.of("wall.example", "localhost", "127.0.0.1", "192.168.7.9", "::1", "fd00::7");

  @TempDir private Path directory;

  private Path write(KeyAlgorithm algorithm) {
    Identity identity = Identities.selfSigned(algorithm, "wall.example", NAMES, VALIDITY);
    Identities.writePem(identity, directory.resolve("c.pem"), directory.resolve("k.pem"));
    return directory.resolve("c.pem");
  }

  @ParameterizedTest
  @CsvSource({
    "EC_P256, -verify_hostname, localhost",
    "EC_P256, -verify_hostname, wall.example",
    "EC_P256, -verify_ip, 192.168.7.9",
    "EC_P256, -verify_ip, fd00::7",
    "RSA_2048, -verify_hostname, localhost",
    "RSA_2048, -verify_ip, 127.0.0.1",
  })
  void shouldBeItsOwnRootForOpensslEvenWhenStrict(KeyAlgorithm algorithm, String check, String name)
      throws Exception {
    Tool openssl = Tool.openssl(directory);
    write(algorithm);
    assertThat(
            openssl.run(
                "verify",
                "-x509_strict",
                "-purpose",
                "sslserver",
                check,
                name,
                "-CAfile",
                "c.pem",
                "c.pem"))
        .contains("c.pem: OK");
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeItsOwnRootForGnutls(KeyAlgorithm algorithm) throws Exception {
    Tool certtool = Tool.certtool(directory);
    write(algorithm);
    assertThat(
            certtool.run(
                "--verify",
                "--load-ca-certificate",
                "c.pem",
                "--verify-purpose",
                "1.3.6.1.5.5.7.3.1",
                "--verify-hostname",
                "localhost",
                "--infile",
                "c.pem"))
        .contains("The certificate is trusted");
  }

  @ParameterizedTest
  @EnumSource
  void shouldBeItsOwnRootForJava(KeyAlgorithm algorithm) throws Exception {
    X509Certificate certificate =
        Identities.selfSigned(algorithm, "localhost", NAMES, VALIDITY).certificate();
    KeyStore roots = KeyStore.getInstance(KeyStore.getDefaultType());
    roots.load(null, null);
    roots.setCertificateEntry("root", certificate);
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(roots);
    X509TrustManager manager = (X509TrustManager) factory.getTrustManagers()[0];
    String exchange = algorithm == KeyAlgorithm.EC_P256 ? "ECDHE_ECDSA" : "RSA";
    manager.checkServerTrusted(new X509Certificate[] {certificate}, exchange);
    assertThat(manager.getAcceptedIssuers()).containsExactly(certificate);
  }

  @ParameterizedTest
  @EnumSource
  void shouldHaveWhatBoardsCanRead(KeyAlgorithm algorithm) throws Exception {
    Tool openssl = Tool.openssl(directory);
    write(algorithm);
    String text = openssl.run("x509", "-in", "c.pem", "-noout", "-text");
    boolean ec = algorithm == KeyAlgorithm.EC_P256;
    assertThat(text)
        .contains("Not Before: Jan  1 00:00:00 2026 GMT", "Not After : Dec 31 23:59:59 2049 GMT")
        .contains("CA:TRUE")
        .contains("TLS Web Server Authentication")
        .contains(
            ec
                ? "Digital Signature, Certificate Sign"
                : "Digital Signature, Key Encipherment, Certificate Sign")
        .contains(ec ? "ecdsa-with-SHA256" : "sha256WithRSAEncryption")
        .contains(ec ? "prime256v1" : "(2048 bit)")
        .contains(
            "DNS:wall.example, DNS:localhost, IP Address:127.0.0.1, "
                + "IP Address:192.168.7.9, IP Address:0:0:0:0:0:0:0:1, IP Address:FD00:0:0:0:0:0:0:7, "
                + "DNS:127.0.0.1, DNS:192.168.7.9");
    assertThat(openssl.run("asn1parse", "-in", "c.pem"))
        .contains("UTCTIME           :260101000000Z", "UTCTIME           :491231235959Z")
        .doesNotContain("GENERALIZEDTIME");
  }

  @ParameterizedTest
  @EnumSource
  void shouldWriteTheKeyOfTheCertificate(KeyAlgorithm algorithm) throws Exception {
    Tool openssl = Tool.openssl(directory);
    write(algorithm);
    assertThat(openssl.run("pkey", "-in", "k.pem", "-pubout"))
        .isEqualTo(openssl.run("x509", "-in", "c.pem", "-noout", "-pubkey"));
    assertThat(openssl.run("pkey", "-in", "k.pem", "-check", "-noout")).contains("Key is valid");
  }

  @Test
  void shouldHaveTheFingerprintThatOpensslPrints() throws Exception {
    Tool openssl = Tool.openssl(directory);
    write(KeyAlgorithm.EC_P256);
    Identity identity = Identities.read(directory.resolve("c.pem"), directory.resolve("k.pem"));
    assertThat(openssl.run("x509", "-in", "c.pem", "-noout", "-fingerprint", "-sha256").strip())
        .endsWith("=" + identity.fingerprint());
  }

  @Test
  void shouldGiveEachKindOfKeyItsOwnSubject() {
    Identity ec = Identities.selfSigned(KeyAlgorithm.EC_P256, "a", NAMES, VALIDITY);
    Identity rsa = Identities.selfSigned(KeyAlgorithm.RSA_2048, "a", NAMES, VALIDITY);
    assertThat(ec.certificate().getSubjectX500Principal())
        .isNotEqualTo(rsa.certificate().getSubjectX500Principal());
    assertThat(ec.isEc()).isTrue();
    assertThat(rsa.isEc()).isFalse();
  }

  @Test
  void shouldFitTheBufferOfASmallBoard() throws Exception {
    Identity ec = Identities.selfSigned(KeyAlgorithm.EC_P256, "wall", NAMES, VALIDITY);
    Identity rsa = Identities.selfSigned(KeyAlgorithm.RSA_2048, "wall", NAMES, VALIDITY);
    assertThat(ec.certificate().getEncoded()).hasSizeLessThan(640);
    assertThat(rsa.certificate().getEncoded()).hasSizeLessThan(1100);
  }

  @Test
  void shouldChooseAnotherSerialEachTime() {
    Identity one = Identities.selfSigned(KeyAlgorithm.EC_P256, "a", NAMES, VALIDITY);
    Identity other = Identities.selfSigned(KeyAlgorithm.EC_P256, "a", NAMES, VALIDITY);
    assertThat(one.certificate().getSerialNumber())
        .isPositive()
        .isNotEqualTo(other.certificate().getSerialNumber());
  }

  @Test
  void shouldLeaveTheProvidersOfTheJvmAlone() {
    Identities.selfSigned(KeyAlgorithm.EC_P256, "a", NAMES, VALIDITY);
    assertThat(Security.getProvider("BC")).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"2050-01-01T00:00:00Z", "2125-01-01T00:00:00Z"})
  void shouldRefuseDatesThatBoardsCannotRead(String end) {
    assertThatThrownBy(() -> new Validity(FROM, Instant.parse(end)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("within 1950 to 2049")
        .hasMessageContaining(end);
  }

  @Test
  void shouldRefuseAnEndBeforeTheBeginning() {
    assertThatThrownBy(() -> new Validity(/* from= */ UNTIL, /* until= */ FROM))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must end after it begins");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "123456789012345678901234567890123456789012345678901234567890abcde"})
  void shouldRefuseACommonNameOutOfRange(String name) {
    assertThatThrownBy(() -> Identities.selfSigned(KeyAlgorithm.EC_P256, name, NAMES, VALIDITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 64 characters");
  }

  @Test
  void shouldRefuseACertificateWithoutNames() {
    assertThatThrownBy(() -> Identities.selfSigned(KeyAlgorithm.EC_P256, "a", List.of(), VALIDITY))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 or more");
  }

  @Test
  void shouldRefuseAnIdentityOfTwoHalves() {
    Identity one = Identities.selfSigned(KeyAlgorithm.EC_P256, "a", NAMES, VALIDITY);
    Identity other = Identities.selfSigned(KeyAlgorithm.EC_P256, "a", NAMES, VALIDITY);
    Identity rsa = Identities.selfSigned(KeyAlgorithm.RSA_2048, "a", NAMES, VALIDITY);
    for (Identity wrong : List.of(other, rsa)) {
      assertThatThrownBy(() -> new Identity(wrong.key(), one.chain()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not the key's");
    }
    assertThatThrownBy(() -> new Identity(one.key(), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 to 10 certificates, not 0");
  }

  @Test
  void shouldNotShowTheKeyInItsText() {
    Identity rsa = Identities.selfSigned(KeyAlgorithm.RSA_2048, "wall", NAMES, VALIDITY);
    assertThat(rsa.toString())
        .contains("CN=wall", rsa.fingerprint())
        .doesNotContainIgnoringCase("private")
        .hasSizeLessThan(200);
  }

  @Test
  void shouldWriteLinesThatFitAnyParser() throws Exception {
    Path file = write(KeyAlgorithm.RSA_2048);
    assertThat(Files.readString(file)).endsWith("-----END CERTIFICATE-----\n").doesNotContain("\r");
    assertThat(Files.readAllLines(file)).allMatch(each -> each.length() <= 64);
  }
}
