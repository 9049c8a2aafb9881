package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person may give as trust, and what is said when it cannot be used. */
class TrustTest {

  private static final String PIN =
      "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF:"
          + "00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF";

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        PIN,
        "00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF",
        " sha256:00112233445566778899aabbccddeeff00112233445566778899AABBCCDDEEFF\n",
        "sha256 Fingerprint=" + PIN,
      })
  void shouldTakeAPinInEveryFormThatToolsPrint(String text) {
    assertThat(Trust.pin(text)).hasToString("the pin " + PIN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "00:11", PIN + ":00", "zz", "AB:CD:EF:GH"})
  void shouldRefuseAPinThatIsNoSha256(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.pin(text))
        .withMessageContaining("64 hex digits")
        .withMessageContaining("'wwep cert show server.pem' prints it");
  }

  @Test
  void shouldSayWhenACaFileIsNotThere() {
    Path missing = directory.resolve("missing.pem");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.caFile(missing))
        .withMessageContaining(missing.toString())
        .withMessageContaining("is not there");
  }

  @Test
  void shouldSayWhenACaFileHoldsNoCertificate() throws Exception {
    Path key = Files.writeString(directory.resolve("key.pem"), "-----BEGIN PRIVATE KEY-----\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.caFile(key))
        .withMessageContaining("holds no certificate")
        .withMessageContaining("-----BEGIN CERTIFICATE-----");
  }

  @Test
  void shouldSayWhichCertificateIsDamaged() throws Exception {
    String good = Files.readString(TestTls.createFor(directory, "good", "dns:a").pem());
    Path file = directory.resolve("two.pem");
    Files.writeString(
        file, good + "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.caFile(file))
        .withMessageContaining("damaged in certificate 2");
  }

  @Test
  void shouldRefuseAHugeCaFileBeforeReadingIt() throws Exception {
    Path huge = Files.write(directory.resolve("huge.pem"), new byte[(1 << 20) + 1]);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.caFile(huge))
        .withMessageContaining("larger than 1 MiB");
  }

  @Test
  void shouldReadSeveralCertificatesWithTextAndKeysAround() throws Exception {
    TestTls first = TestTls.createFor(directory, "first", "dns:a");
    TestTls second = TestTls.createFor(directory, "second", "dns:b");
    Path file = directory.resolve("all.pem");
    String text =
        "Subject: somebody\r\n"
            + Files.readString(first.pem()).replace("\n", "\r\n")
            + "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n# comment é\n"
            + Files.readString(second.pem());
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
    assertThat(new PemFile(file, PemFile.Kind.CA).certificates())
        .containsExactly(first.certificate(), second.certificate());
  }

  @Test
  void shouldPrintTheFingerprintThatOpensslPrints() throws Exception {
    TestTls tls = TestTls.createFor(directory, "one", "dns:a");
    Tool openssl = Tool.assumeInstalled("openssl");
    String printed =
        openssl.run("x509", "-noout", "-fingerprint", "-sha256", "-in", tls.pem().toString());
    assertThat(printed.strip()).endsWith("=" + tls.fingerprint());
    assertThat(Trust.pin(printed)).hasToString("the pin " + tls.fingerprint());
  }

  /** An address is among them as a name too, for boards that compare with names alone. */
  @Test
  void shouldTellEachNameOfACertificateOnce() {
    Validity year = Validity.starting(Clock.systemUTC(), Period.ofYears(1));
    List<String> names = List.of("wwep.lab", "192.0.2.1");
    Identity made = Identities.selfSigned(KeyAlgorithm.EC_P256, "wwep.lab", names, year);
    assertThat(Certificates.hosts(made.certificate())).isEqualTo("wwep.lab, 192.0.2.1");
  }
}
