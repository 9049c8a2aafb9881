package io.wwep.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person may give as a client's certificate and key, and what is said of what is none. */
@Timeout(60)
class ClientIdentityTest {

  @TempDir private static Path directory;

  private static Pairs pairs;
  private static PairFiles ec;
  private static PairFiles rsa;

  @TempDir private Path own;

  @BeforeAll
  static void makePairs() {
    pairs = Pairs.of(directory, "authority");
    ec = pairs.device("ec", KeyAlgorithm.EC_P256);
    rsa = pairs.device("rsa", KeyAlgorithm.RSA_2048);
  }

  private static PairFiles pair(KeyAlgorithm algorithm) {
    return algorithm == KeyAlgorithm.EC_P256 ? ec : rsa;
  }

  private static ThrowableAssertAlternative<IllegalArgumentException> refusal(
      Path certificate, Path key) {
    return assertThatIllegalArgumentException()
        .isThrownBy(() -> ClientIdentity.read(certificate, key))
        .withMessageNotContaining("\n")
        .withMessageMatching("the (certificate|key) file .*: .*");
  }

  private Path file(String name, String text) throws Exception {
    return Files.write(own.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadWhatCertMakes(KeyAlgorithm algorithm) {
    PairFiles files = pair(algorithm);
    ClientIdentity identity = ClientIdentity.read(files.certificate(), files.key());
    assertThat(identity).hasToString("CN=0FAC,OU=device,O=WWEP");
    assertThat(identity.certificate()).isEqualTo(identity.chain().get(0));
  }

  @ParameterizedTest
  @CsvSource({
    "EC_P256, pkey, BEGIN PRIVATE KEY",
    "EC_P256, ec, BEGIN EC PRIVATE KEY",
    "RSA_2048, pkey, BEGIN PRIVATE KEY",
    "RSA_2048, rsa -traditional, BEGIN RSA PRIVATE KEY"
  })
  void shouldReadEveryFormThatOpensslWrites(KeyAlgorithm algorithm, String command, String begin)
      throws Exception {
    PairFiles files = pair(algorithm);
    Path key = own.resolve("key.pem");
    String[] words = (command + " -in " + files.key() + " -out " + key).split(" ");
    Tool.assumeInstalled("openssl").run(words);
    assertThat(key).content().contains(begin);
    // One that is not the certificate's would have been refused.
    assertThat(ClientIdentity.read(files.certificate(), key).key().getAlgorithm())
        .isEqualTo(algorithm == KeyAlgorithm.EC_P256 ? "EC" : "RSA");
  }

  @Test
  void shouldReadBothFromOneFileWithTextAround() throws Exception {
    String text =
        "\u00EF\u00BB\u00BFkey and certificate\r\n"
            + Files.readString(ec.key()).replace("\n", "\r\n")
            + "# and its certificate\n"
            + Files.readString(ec.certificate());
    Path both = file("both.pem", text);
    assertThat(ClientIdentity.read(both, both).chain()).hasSize(1);
  }

  @Test
  void shouldKeepTheWholeChain() throws Exception {
    Path chain =
        file("chain.pem", Files.readString(ec.certificate()) + Files.readString(pairs.ca()));
    assertThat(ClientIdentity.read(chain, ec.key()).chain())
        .hasSize(2)
        .contains(pairs.authority().identity().certificate());
  }

  @Test
  void shouldRefuseAChainOutOfOrder() throws Exception {
    Path chain =
        file("chain.pem", Files.readString(pairs.ca()) + Files.readString(ec.certificate()));
    refusal(chain, ec.key())
        .withMessageContaining("behind certificate 1")
        .withMessageContaining("put the client's own first");
  }

  @Test
  void shouldRefuseAChainLongerThanAnyIs() throws Exception {
    String all = Files.readString(ec.certificate()) + Files.readString(pairs.ca()).repeat(10);
    refusal(file("chain.pem", all), ec.key()).withMessageContaining("holds 11 certificates");
  }

  @Test
  void shouldRefuseTheKeyOfAnotherCertificate() {
    refusal(ec.certificate(), pairs.device("other", KeyAlgorithm.EC_P256).key())
        .withMessageContaining("does not belong to the certificate");
    refusal(rsa.certificate(), pairs.device("third", KeyAlgorithm.RSA_2048).key())
        .withMessageContaining("does not belong to the certificate");
    refusal(ec.certificate(), rsa.key()).withMessageContaining("give the EC key");
    refusal(rsa.certificate(), ec.key()).withMessageContaining("give the RSA key");
  }

  @Test
  void shouldSayWhichOfTheTwoWasGivenInTheOthersPlace() {
    refusal(ec.key(), ec.key()).withMessageContaining("no certificate, but a block named PRIVATE");
    refusal(ec.certificate(), ec.certificate())
        .withMessageContaining("no private key, but a block named CERTIFICATE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa:512", "dsa", "ec -pkeyopt ec_paramgen_curve:brainpoolP256r1"})
  void shouldRefuseAKeyThatTlsCannotUse(String kind) throws Exception {
    Path certificate = own.resolve("odd.pem");
    Path key = own.resolve("odd.key.pem");
    Path parameters = own.resolve("dsa.parameters");
    Tool openssl = Tool.assumeInstalled("openssl");
    if (kind.equals("dsa")) {
      openssl.run("dsaparam", "-out", parameters.toString(), "1024");
    }
    String made = kind.equals("dsa") ? "dsa:" + parameters : kind;
    String[] words =
        "req -x509 -nodes -subj /CN=odd -newkey %s -keyout %s -out %s"
            .formatted(made, key, certificate)
            .split(" ");
    openssl.run(words);
    refusal(certificate, key)
        .withMessageContaining("has a key that TLS here cannot use (")
        .withMessageEndingWith(": have one made for an EC P-256 or RSA 2048 key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkey", "ec"})
  void shouldRefuseAKeyWithAPassword(String command) throws Exception {
    Path key = own.resolve("locked.pem");
    Tool.assumeInstalled("openssl")
        .run(
            command,
            "-in",
            ec.key().toString(),
            "-aes128",
            "-passout",
            "pass:only for this test",
            "-out",
            key.toString());
    refusal(ec.certificate(), key)
        .withMessageContaining("is protected by a password: take it off with 'wwep cert convert");
  }

  @Test
  void shouldRefuseTheCertificateOfAServerOrAnAuthority() {
    PairFiles server = pairs.server("server");
    refusal(server.certificate(), server.key())
        .withMessageContaining("not made for clients")
        .withMessageContaining("wwep cert device");
    refusal(pairs.ca(), PairFiles.of(pairs.ca()).key())
        .withMessageContaining("not made for clients");
  }

  @Test
  void shouldRefuseAnExpiredCertificateAndSayWhatTheClockSays() {
    PairFiles old = pairs.deviceUntil("old", "2021-06-30T00:00:00Z");
    refusal(old.certificate(), old.key())
        .withMessageContaining("CN=0FAC,OU=device,O=WWEP, that expired on 2021-06-30")
        .withMessageContaining("clock says " + Certificates.day(Instant.now()));
  }

  @Test
  void shouldSuspectTheClockWhereACertificateIsYetToBegin() {
    Clock clock = Clock.fixed(Instant.EPOCH.plus(Duration.ofDays(1)), ZoneOffset.UTC);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClientIdentity.read(ec.certificate(), ec.key(), clock))
        .withMessageContaining("is valid from 2020-01-01 on")
        .withMessageEndingWith("this computer's clock says 1970-01-02: set the clock");
  }

  @Test
  void shouldSayWhatIsWrongWithAFile() throws Exception {
    Path nowhere = own.resolve("nowhere.pem");
    refusal(nowhere, ec.key()).withMessageContaining("is not there");
    refusal(ec.certificate(), nowhere).withMessageContaining("is not there");
    refusal(own, ec.key()).withMessageContaining("is a directory");
    refusal(file("empty.pem", ""), ec.key()).withMessageContaining("holds no certificate");
    refusal(ec.certificate(), file("empty.pem", "")).withMessageContaining("holds no private key");
    String half = Files.readString(ec.certificate()).substring(0, 200);
    refusal(file("half.pem", half), ec.key()).withMessageContaining("is cut off or damaged");
    String halfKey = Files.readString(ec.key()).substring(0, 60);
    refusal(ec.certificate(), file("half.pem", halfKey)).withMessageContaining("is cut off");
    refusal(file("huge.pem", "-".repeat((1 << 20) + 1)), ec.key())
        .withMessageContaining("larger than 1 MiB");
  }

  @Test
  void shouldSayHowToConvertDer() throws Exception {
    String der = Files.readString(ec.certificate()).replaceAll("-----[^-]+-----", "");
    Path file = Files.write(own.resolve("c.der"), Base64.getMimeDecoder().decode(der));
    refusal(file, ec.key()).withMessageContaining("c.der converted.pem'");
    refusal(ec.certificate(), file).withMessageContaining("c.der converted.key.pem'");
  }

  @Test
  void shouldNotBeFooledByBlocksThatHoldSomethingElse() throws Exception {
    String junk = "-----BEGIN %1$s-----\nAAECAwQFBgc=\n-----END %1$s-----\n";
    refusal(file("junk.pem", junk.formatted("CERTIFICATE")), ec.key())
        .withMessageContaining("damaged in certificate 1");
    for (String type : new String[] {"PRIVATE KEY", "EC PRIVATE KEY", "RSA PRIVATE KEY"}) {
      refusal(ec.certificate(), file("junk.pem", junk.formatted(type)))
          .withMessageContaining("does not belong to the certificate, or is damaged");
    }
    String noBase64 = junk.replace("gc=", "g=c");
    refusal(file("junk.pem", noBase64.formatted("CERTIFICATE")), ec.key())
        .withMessageContaining("damaged in certificate 1");
    refusal(ec.certificate(), file("junk.pem", noBase64.formatted("PRIVATE KEY")))
        .withMessageContaining("or is damaged");
    refusal(ec.certificate(), file("junk.pem", junk.formatted("OPENSSH PRIVATE KEY")))
        .withMessageContaining("in a form that is not read here (OPENSSH PRIVATE KEY)");
  }

  /** A file may be all beginnings, and must not be searched from each of them to its end. */
  @Test
  void shouldLookAtEachCharacterOnce() throws Exception {
    String line = "-----BEGIN CERTIFICATE-----\n";
    Path file = file("begins.pem", line.repeat((1 << 20) / line.length()));
    refusal(file, ec.key()).withMessageContaining("is cut off or damaged");
  }

  @Test
  void shouldTakeNoMoreThanItsLimitOfAFileWithoutEnd() {
    Path zeros = Path.of("/dev/zero");
    assumeTrue(Files.exists(zeros), "there is no /dev/zero here");
    refusal(zeros, ec.key()).withMessageContaining("larger than 1 MiB");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Trust.caFile(zeros))
        .withMessageContaining("larger than 1 MiB");
  }

  @Test
  void shouldNotShowTheKey() {
    ClientIdentity identity = ClientIdentity.read(rsa.certificate(), rsa.key());
    assertThat(identity.toString()).doesNotContain(identity.key().toString());
    assertThat(identity.manager().toString()).doesNotContain("PRIVATE", "modulus");
  }
}
