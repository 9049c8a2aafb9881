package io.wwep.certs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PemIdentityTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T12:00:00Z"), ZoneOffset.UTC);

  @TempDir private static Path directory;
  private static Tool openssl;

  @BeforeAll
  static void makeFiles() throws Exception {
    openssl = Tool.openssl(directory);
    makePair("rsa", "rsa:2048", "90");
    makePair("ec", "ec", "90", "-pkeyopt", "ec_paramgen_curve:P-256");
    makePair("p384", "ec", "90", "-pkeyopt", "ec_paramgen_curve:P-384");
    openssl.run("pkey", "-in", "rsa.key", "-traditional", "-out", "rsa-pkcs1.key");
    openssl.run("pkey", "-in", "ec.key", "-traditional", "-out", "ec-sec1.key");
    openssl.run("ecparam", "-name", "prime256v1", "-out", "params.pem");
    concatenate("ec-params.key", "params.pem", "ec-sec1.key");
  }

  private static void makePair(String name, String newKey, String days, String... options)
      throws Exception {
    String[] fixed = {
      "req",
      "-x509",
      "-newkey",
      newKey,
      "-nodes",
      "-subj",
      "/CN=" + name,
      "-days",
      days,
      "-keyout",
      name + ".key",
      "-out",
      name + ".pem"
    };
    String[] arguments = Arrays.copyOf(fixed, fixed.length + options.length);
    System.arraycopy(options, 0, arguments, fixed.length, options.length);
    openssl.run(arguments);
  }

  private static void concatenate(String target, String... sources) throws IOException {
    StringBuilder text = new StringBuilder();
    for (String each : sources) {
      text.append(Files.readString(directory.resolve(each)));
    }
    Files.writeString(directory.resolve(target), text);
  }

  private static Identity read(String certificate, String key) {
    return Identities.read(directory.resolve(certificate), directory.resolve(key));
  }

  private static void assertRefused(String certificate, String key, String... parts) {
    assertThatThrownBy(() -> read(certificate, key))
        .isInstanceOf(IdentityException.class)
        .message()
        .contains(parts)
        .contains(": ")
        .doesNotContain("Exception", "null");
  }

  @ParameterizedTest
  @CsvSource({
    "rsa.pem, rsa.key, false",
    "rsa.pem, rsa-pkcs1.key, false",
    "ec.pem, ec.key, true",
    "ec.pem, ec-sec1.key, true",
    "ec.pem, ec-params.key, true",
    "p384.pem, p384.key, true",
  })
  void shouldReadEachFormOfKey(String certificate, String key, boolean ec) {
    Identity identity = read(certificate, key);
    assertThat(identity.isEc()).isEqualTo(ec);
    assertThat(identity.chain()).hasSize(1);
  }

  @Test
  void shouldReadBothFromOneFile() throws IOException {
    concatenate("both.pem", "rsa.key", "rsa.pem");
    assertThat(read("both.pem", "both.pem").fingerprint())
        .isEqualTo(read("rsa.pem", "rsa.key").fingerprint());
  }

  @Test
  void shouldReadWhatEditorsMakeOfAFile() throws IOException {
    String text = Files.readString(directory.resolve("ec.pem"));
    String windows = "\uFEFF" + text.replace("\n", "\r\n") + "\r\n\r\n";
    Files.writeString(directory.resolve("windows.pem"), windows);
    Files.writeString(directory.resolve("notes.pem"), "subject=CN = ec\n\n" + text);
    assertThat(read("windows.pem", "ec.key").isEc()).isTrue();
    assertThat(read("notes.pem", "ec.key").isEc()).isTrue();
  }

  @Test
  void shouldReadAChain() throws Exception {
    openssl.run(
        "req",
        "-new",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-subj",
        "/CN=leaf",
        "-keyout",
        "leaf.key",
        "-out",
        "leaf.csr");
    openssl.run(
        "x509",
        "-req",
        "-in",
        "leaf.csr",
        "-CA",
        "rsa.pem",
        "-CAkey",
        "rsa.key",
        "-CAcreateserial",
        "-days",
        "9",
        "-out",
        "leaf.pem");
    concatenate("chain.pem", "leaf.pem", "rsa.pem");
    concatenate("backwards.pem", "rsa.pem", "leaf.pem");
    assertThat(read("chain.pem", "leaf.key").chain())
        .extracting(each -> each.getSubjectX500Principal().getName())
        .containsExactly("CN=leaf", "CN=rsa");
    assertRefused(
        "backwards.pem", "leaf.key", "belongs to certificate 2 in", "put that certificate first");
    assertRefused("leaf.csr", "leaf.key", "certificate request", "have it signed");
  }

  @Test
  void shouldRefuseAnEndlessChain() throws IOException {
    concatenate("long.pem", Collections.nCopies(11, "ec.pem").toArray(new String[0]));
    assertRefused("long.pem", "ec.key", "holds 11 certificates", "10 at most");
  }

  @Test
  void shouldSayWhichFileIsMissing() {
    assertRefused("gone.pem", "ec.key", "certificate file", "gone.pem does not exist");
    assertRefused("ec.pem", "gone.key", "key file", "gone.key does not exist");
  }

  @Test
  void shouldSayWhenAFileIsADirectory() throws IOException {
    Files.createDirectories(directory.resolve("sub"));
    assertRefused("sub", "ec.key", "sub is a directory");
  }

  @Test
  void shouldSayWhenAFileMayNotBeRead() throws IOException {
    Assumptions.assumeTrue(
        directory.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no POSIX permissions");
    Path file = Files.writeString(directory.resolve("closed.key"), "x");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("---------"));
    Assumptions.assumeFalse(Files.isReadable(file), "this user may read everything");
    String user = System.getProperty("user.name");
    assertRefused(
        "ec.pem",
        "closed.key",
        "may not be read by this user",
        "give the user %s the right to read it".formatted(user));
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "'hello', holds no PEM",
    "'-----BEGIN CERTIFICATE', has a BEGIN without five dashes on both sides",
    "'-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----', where lines were joined",
    "'-----BEGIN CERTIFICATE-----\nMIIB', holds damaged PEM",
    "'-----BEGIN CERTIFICATE-----\n%%%%\n-----END CERTIFICATE-----', holds damaged PEM",
    "'-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----', certificate 1 in",
    "'-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----', a block named PUBLIC KEY",
  })
  void shouldSayWhatIsWrongWithACertificateFile(String text, String part) throws IOException {
    Files.writeString(directory.resolve("bad.pem"), text);
    assertRefused("bad.pem", "ec.key", "bad.pem", part);
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "'hello', holds no PEM",
    "'-----BEGIN PRIVATE KEY-----MIIB-----END PRIVATE KEY-----', where lines were joined",
    "'-----BEGIN PUBLIC KEY-----\nMIIB\n-----END PUBLIC KEY-----', holds no private key",
    "'-----BEGIN PRIVATE KEY-----\nMIIB\n-----END PRIVATE KEY-----', damaged",
    "'-----BEGIN RSA PRIVATE KEY-----\nMIIB\n-----END RSA PRIVATE KEY-----', damaged",
    "'-----BEGIN EC PRIVATE KEY-----\nMAMCAQE=\n-----END EC PRIVATE KEY-----', damaged",
    "'-----BEGIN EC PRIVATE KEY-----\n-----END EC PRIVATE KEY-----', damaged PEM (nothing stands",
    "'-----BEGIN DSA PRIVATE KEY-----\nMIIB\n-----END DSA PRIVATE KEY-----', DSA PRIVATE KEY",
  })
  void shouldSayWhatIsWrongWithAKeyFile(String text, String part) throws IOException {
    Files.writeString(directory.resolve("bad.key"), text);
    assertRefused("ec.pem", "bad.key", "bad.key", part);
  }

  @Test
  void shouldRefuseAFileThatCannotBeMeant() throws IOException {
    Files.write(directory.resolve("large.pem"), new byte[InputFile.BYTES_MAX + 1]);
    assertRefused("large.pem", "ec.key", "is larger than 1048576 bytes");
  }

  @Test
  void shouldSayHowToConvertBinaryFiles() throws Exception {
    openssl.run("x509", "-in", "ec.pem", "-outform", "DER", "-out", "ec.der");
    openssl.run("pkey", "-in", "ec.key", "-outform", "DER", "-out", "ec.key.der");
    openssl.run(
        "pkcs12",
        "-export",
        "-in",
        "ec.pem",
        "-inkey",
        "ec.key",
        "-passout",
        "pass:x",
        "-out",
        "ec.p12");
    assertRefused("ec.der", "ec.key", "is binary, not PEM", "ec.der converted.pem'");
    assertRefused("ec.pem", "ec.key.der", "is binary, not PEM", "ec.key.der converted.key.pem'");
    assertRefused("ec.p12", "ec.key", "PKCS#12", "ec.p12 converted.pem --password-file");
    assertRefused("ec.pem", "ec.p12", "PKCS#12", "ec.p12 converted.key.pem --pass");
    assertThat(Files.size(directory.resolve("ec.p12"))).isPositive();
  }

  @Test
  void shouldSayWhenAFileIsUtf16() throws IOException {
    String text = "\uFEFF" + Files.readString(directory.resolve("ec.pem"));
    Files.write(directory.resolve("utf16.pem"), text.getBytes(StandardCharsets.UTF_16LE));
    assertRefused("utf16.pem", "ec.key", "is saved as UTF-16: save it as ASCII");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pkcs8", "traditional"})
  void shouldSayHowToTakeOffAPassword(String form) throws Exception {
    String name = "locked-" + form + ".key";
    if (form.equals("pkcs8")) {
      openssl.run("pkey", "-in", "rsa.key", "-aes128", "-passout", "pass:x", "-out", name);
    } else {
      openssl.run(
          "pkey", "-in", "rsa.key", "-traditional", "-aes128", "-passout", "pass:x", "-out", name);
    }
    assertRefused("rsa.pem", name, "protected by a password", "'wwep cert convert", name);
  }

  @Test
  void shouldSayWhenTheFilesAreSwapped() throws IOException {
    assertRefused("ec.key", "ec.pem", "is the key and", "swap them");
    assertRefused("ec.key", "ec.key", "certificate file", "holds a private key");
    assertRefused("ec.pem", "ec.pem", "key file", "holds a certificate");
  }

  @Test
  void shouldSayWhenKeyAndCertificateDoNotBelongTogether() {
    assertRefused("ec.pem", "rsa.key", "does not belong to certificate");
    assertRefused("p384.pem", "ec.key", "does not belong to certificate");
  }

  @ParameterizedTest
  @CsvSource({"ed25519, Ed25519", "ed448, Ed448", "rsa-pss, RSA-PSS"})
  void shouldSayWhichKeysToUse(String algorithm, String name) throws Exception {
    makePair("odd-" + algorithm, algorithm, "9");
    assertRefused(
        "odd-" + algorithm + ".pem",
        "odd-" + algorithm + ".key",
        "(" + name + ")",
        "use RSA with 2048 bits or EC on P-256 or P-384");
  }

  @ParameterizedTest
  @CsvSource({"P-521, of 521 bits", "secp256k1, of 256 bits"})
  void shouldRefuseOtherCurves(String curve, String part) throws Exception {
    makePair("curve", "ec", "9", "-pkeyopt", "ec_paramgen_curve:" + curve);
    assertRefused("curve.pem", "curve.key", part, "P-256");
  }

  @Test
  void shouldLoadAnExpiredCertificateAndSaySo() throws Exception {
    Instant from = Instant.parse("2025-01-01T00:00:00Z");
    Instant until = Instant.parse("2026-01-01T00:00:00Z");
    Path certificate = directory.resolve("old.pem");
    Path key = directory.resolve("old.key");
    Identities.writePem(
        Identities.selfSigned(KeyAlgorithm.EC_P256, "a", List.of("a"), new Validity(from, until)),
        certificate,
        key);
    ServerIdentity identity = Identities.readServerIdentity(certificate, key, CLOCK);
    assertThat(identity.problems())
        .containsExactly(
            "certificate %s expired on 2026-01-01: get a new one from whoever issued it"
                .formatted(certificate));
    assertThat(identity.ec()).isNotNull();
    assertThat(identity.rsa()).isNull();
    assertThat(identity.certificateFiles()).containsExactly(certificate);
  }

  /** While there is time: a class meets once a week. */
  @ParameterizedTest
  @CsvSource({
    "2026-05-31T23:59:59Z, ''",
    "2026-06-01T00:00:01Z, in 29 days",
    "2026-06-29T12:00:00Z, in 1 day",
    "2026-06-30T12:00:00Z, within a day",
  })
  void shouldWarnAMonthAheadOfTheEnd(String now, String when) {
    Path certificate = directory.resolve("soon.pem");
    Path key = directory.resolve("soon.key");
    Instant from = Instant.parse("2025-01-01T00:00:00Z");
    Instant until = Instant.parse("2026-07-01T00:00:00Z");
    Identities.writePem(
        Identities.selfSigned(KeyAlgorithm.EC_P256, "a", List.of("a"), new Validity(from, until)),
        certificate,
        key);
    Clock clock = Clock.fixed(Instant.parse(now), ZoneOffset.UTC);
    ServerIdentity identity = Identities.readServerIdentity(certificate, key, clock);
    String warning =
        "certificate %s expires on 2026-07-01, %s: get a new one from whoever issued it"
            .formatted(certificate, when);
    assertThat(identity.problems()).isEqualTo(when.isEmpty() ? List.of() : List.of(warning));
    assertThat(identity.dateProblems()).isEqualTo(identity.problems());
  }

  @Test
  void shouldSayWhatMakesAUsableIdentityDoubtful() throws Exception {
    makePair("weak", "rsa:1024", "3650", "-sha1");
    Path key = directory.resolve("weak.key");
    ServerIdentity identity =
        Identities.readServerIdentity(directory.resolve("weak.pem"), key, Clock.systemUTC());
    assertThat(identity.problems())
        .anyMatch(each -> each.contains("RSA key of 1024 bits"))
        .anyMatch(each -> each.contains("signed with SHA1withRSA"));
    Assumptions.assumeTrue(
        key.getFileSystem().supportedFileAttributeViews().contains("posix"),
        "this file system has no POSIX permissions");
    Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
    assertThat(identity.problems()).anyMatch(each -> each.contains("chmod 600 " + key));
  }

  @Test
  void shouldMakeAServerIdentityOfOneIdentity() {
    Identity identity = read("rsa.pem", "rsa.key");
    ServerIdentity server = ServerIdentity.of(identity);
    assertThat(server.rsa()).isSameAs(identity);
    assertThat(server.ec()).isNull();
    assertThat(server.all()).containsExactly(identity);
    assertThat(server.certificateFiles()).isEmpty();
    assertThat(server.problems())
        .singleElement()
        .asString()
        .contains("CN=rsa has no alternative names", "'wwep cert new rsa'");
  }

  @ParameterizedTest
  @CsvSource({
    "extendedKeyUsage=clientAuth, extended key usage lacks serverAuth",
    "keyUsage=keyCertSign, key usage lacks digitalSignature",
    "'extendedKeyUsage=clientAuth,serverAuth', ''",
    "'keyUsage=keyCertSign,digitalSignature', ''",
    "extendedKeyUsage=anyExtendedKeyUsage, ''"
  })
  void shouldSayThatACertificateIsNotMadeForServers(String use, String lack) throws Exception {
    makePair(
        "use",
        "ec",
        "9",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-addext",
        use,
        "-addext",
        "subjectAltName=DNS:use.lab");
    Path certificate = directory.resolve("use.pem");
    ServerIdentity identity =
        Identities.readServerIdentity(certificate, directory.resolve("use.key"), Clock.systemUTC());
    assertThat(identity.problems().stream().filter(each -> each.contains("not made for servers")))
        .hasSize(lack.isEmpty() ? 0 : 1)
        .allMatch(each -> each.contains("(its " + lack + "), and boards that look at that"));
  }
}
