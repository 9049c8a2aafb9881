package io.wwep.certs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.certs.Identities;
import io.wwep.certs.IdentityException;
import io.wwep.certs.PairFiles;
import io.wwep.certs.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written, OpenSSL, GnuTLS and keytool read. */
class ConversionTest {

  private static final Password SECRET = Password.of("secret");

  @TempDir private static Path directory;
  private static Tool openssl;

  @BeforeAll
  static void makeFiles() throws Exception {
    openssl = Tool.openssl(directory);
    for (String kind : List.of("rsa", "ec")) {
      String newKey = kind.equals("rsa") ? "rsa:2048" : "ec -pkeyopt ec_paramgen_curve:P-256";
      run(
          "req -x509 -nodes -days 90 -subj /CN=%1$s-ca -keyout %1$s-ca.key -out %1$s-ca.pem -newkey %2$s"
              .formatted(kind, newKey));
      run(
          "req -new -nodes -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr -newkey %2$s"
              .formatted(kind, newKey));
      run(
          "x509 -req -in %1$s.csr -CA %1$s-ca.pem -CAkey %1$s-ca.key -days 30 -out %1$s.pem"
              .formatted(kind));
      run("pkey -in %1$s.key -traditional -out %1$s-old.key".formatted(kind));
    }
  }

  private static String run(String command) throws Exception {
    return openssl.run(command.split(" "));
  }

  private static Converted convert(Form form, Password protection, String... names) {
    return new Conversion(
            Stream.of(names).map(each -> CryptoFile.read(directory.resolve(each), SECRET)).toList())
        .to(form, protection);
  }

  private static String fingerprint(String file, String... options) throws Exception {
    String command = "x509 -noout -fingerprint -sha256 -in " + file;
    return run(options.length == 0 ? command : command + " " + String.join(" ", options));
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec"})
  void shouldBringOldKeysIntoPkcs8(String kind) throws Exception {
    Converted made = convert(Form.PKCS8, Password.NONE, kind + "-old.key");
    assertThat(made.secret()).isTrue();
    Files.write(directory.resolve("new.key"), made.bytes());
    Files.copy(directory.resolve(kind + ".pem"), directory.resolve(kind + "-new.pem"));
    assertThat(
            Identities.read(directory.resolve(kind + "-new.pem"), directory.resolve("new.key"))
                .key()
                .getFormat())
        .isEqualTo("PKCS#8");
    assertThat(made.text()).startsWith("-----BEGIN PRIVATE KEY-----\n").endsWith("-----\n");
    assertThat(run("pkey -in new.key -check -noout")).contains("Key is valid");
    assertThat(Tool.certtool(directory).run("-k", "--infile", "new.key")).contains("Public Key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsa", "ec"})
  void shouldMakePkcs12ThatAllRead(String kind) throws Exception {
    Converted made =
        convert(Form.PKCS12, SECRET, kind + "-ca.pem", kind + ".pem", kind + "-old.key");
    assertThat(made.secret()).isTrue();
    Files.write(directory.resolve("new.p12"), made.bytes());
    run("pkcs12 -in new.p12 -passin pass:secret -nodes -out all.pem");
    assertThat(fingerprint("all.pem")).isEqualTo(fingerprint(kind + ".pem"));
    assertThat(run("pkey -in all.pem -pubout")).isEqualTo(run("pkey -in " + kind + ".key -pubout"));
    assertThat(
            Tool.keytool(directory)
                .run("-list", "-v", "-keystore", "new.p12", "-storepass", "secret"))
        .contains("PrivateKeyEntry", "Certificate chain length: 2");
    assertThat(
            Tool.certtool(directory)
                .run("--p12-info", "--inder", "--infile", "new.p12", "--password", "secret"))
        .contains("BEGIN CERTIFICATE", "PBES2-AES256-CBC");
    assertThat(CryptoFile.read(directory.resolve("new.p12"), SECRET).items()).hasSize(3);
  }

  /** Java writes EC keys without their public key, over which GnuTLS stumbles. */
  @Test
  void shouldAddThePublicKeyToAnEcKey() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair pair = generator.generateKeyPair();
    Files.writeString(directory.resolve("java.key"), Identities.toPem(pair.getPrivate()));
    Files.write(
        directory.resolve("whole.key"), convert(Form.PKCS8, Password.NONE, "java.key").bytes());
    assertThat(Tool.certtool(directory).run("-k", "--infile", "whole.key")).contains("SECP256R1");
    run("pkey -in whole.key -pubout -outform DER -out whole.pub");
    assertThat(Files.readAllBytes(directory.resolve("whole.pub")))
        .isEqualTo(pair.getPublic().getEncoded());
  }

  @Test
  void shouldMakePkcs12OfRootsAlone() throws Exception {
    Converted made = convert(Form.PKCS12, SECRET, "rsa-ca.pem", "ec-ca.pem");
    Files.write(directory.resolve("roots.p12"), made.bytes());
    assertThat(made.secret()).isFalse();
    assertThat(
            Tool.keytool(directory).run("-list", "-keystore", "roots.p12", "-storepass", "secret"))
        .contains("2 entries", "trustedCertEntry");
  }

  /** A keystore has one entry of a name, and forgets the one before. */
  @Test
  void shouldKeepAllCertificatesWhoseNamesCollide() throws Exception {
    String[] files = {"name-1.pem", "name-2.pem", "name-3.pem", "name-4.pem"};
    String[] names = {"Class 2", "Class", "CLASS", "Class"};
    for (int i = 0; i < files.length; i++) {
      openssl.run(
          "req",
          "-x509",
          "-nodes",
          "-newkey",
          "ec",
          "-pkeyopt",
          "ec_paramgen_curve:P-256",
          "-keyout",
          "name.key",
          "-out",
          files[i],
          "-subj",
          "/CN=" + names[i]);
    }
    Files.write(directory.resolve("names.p12"), convert(Form.PKCS12, SECRET, files).bytes());
    assertThat(CryptoFile.read(directory.resolve("names.p12"), SECRET).certificates())
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(files)
                .flatMap(
                    each ->
                        CryptoFile.read(directory.resolve(each), SECRET).certificates().stream())
                .toList());
    assertThat(
            Tool.keytool(directory).run("-list", "-keystore", "names.p12", "-storepass", "secret"))
        .contains("4 entries");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " -certpbe PBE-SHA1-3DES -keypbe PBE-SHA1-3DES", " -nomac"})
  void shouldOpenPkcs12WithAnEmptyPassword(String options) throws Exception {
    run("pkcs12 -export -in ec.pem -inkey ec.key -passout pass: -out no-word.p12" + options);
    assertThat(CryptoFile.read(directory.resolve("no-word.p12"), Password.of("")).items())
        .hasSize(2);
    assertThatThrownBy(() -> CryptoFile.read(directory.resolve("no-word.p12"), SECRET))
        .hasMessageContaining("does not open with this password");
  }

  @Test
  void shouldMakePkcs7() throws Exception {
    Converted made = convert(Form.PKCS7, Password.NONE, "ec-ca.pem", "ec.pem", "ec.key");
    Files.write(directory.resolve("new.p7b"), made.bytes());
    assertThat(run("pkcs7 -in new.p7b -print_certs -noout")).contains("CN = ec", "CN = ec-ca");
    assertThat(Tool.certtool(directory).run("--p7-info", "--infile", "new.p7b"))
        .contains("Number of certificates: 2");
    assertThat(Tool.keytool(directory).run("-printcert", "-file", "new.p7b")).contains("CN=ec-ca");
    assertThat(made.notes()).anyMatch(each -> each.contains("ec.key is left out"));
    assertThat(convert(Form.PEM, Password.NONE, "new.p7b").what())
        .startsWith("certificate ec, root CA ec-ca");
  }

  @Test
  void shouldWriteOneCertificateAsDerAndSaySo() throws Exception {
    Converted made = convert(Form.DER, Password.NONE, "ec-ca.pem", "ec.pem");
    Files.write(directory.resolve("new.der"), made.bytes());
    assertThat(fingerprint("new.der", "-inform", "DER")).isEqualTo(fingerprint("ec.pem"));
    assertThat(made.notes()).anyMatch(each -> each.contains("one certificate of the 2"));
  }

  @Test
  void shouldEncryptAKeyThatOthersOpen() throws Exception {
    Files.write(directory.resolve("e.p8"), convert(Form.PKCS8, SECRET, "ec.key").bytes());
    assertThat(run("pkey -in e.p8 -passin pass:secret -pubout"))
        .isEqualTo(run("pkey -in ec.key -pubout"));
    assertThat(
            Tool.certtool(directory)
                .run("-k", "--pkcs8", "--infile", "e.p8", "--password", "secret"))
        .contains("Public Key");
  }

  @ParameterizedTest
  @CsvSource({"PEM", "CERTIFICATES", "PKCS7", "DER"})
  void shouldPutNoKeyIntoAFileForCertificates(Form form) {
    Converted made = convert(form, Password.NONE, "ec.pem", "ec.key");
    assertThat(made.secret()).isFalse();
    assertThat(made.text()).doesNotContain("PRIVATE");
    assertThat(made.notes()).anyMatch(each -> each.contains("is left out"));
  }

  @Test
  void shouldPutChainsInOrderAndTakeOutDuplicates() {
    Converted made = convert(Form.PEM, Password.NONE, "ec-ca.pem", "ec.pem", "ec-ca.pem");
    assertThat(made.what()).isEqualTo("certificate ec, root CA ec-ca");
    assertThat(made.notes()).hasSize(2);
  }

  @Test
  void shouldWriteRequestsAndPublicKeys() throws Exception {
    assertThat(convert(Form.PEM, Password.NONE, "ec.csr").text()).contains("CERTIFICATE REQUEST");
    run("pkey -in ec.key -pubout -outform DER -out pub.der");
    Files.write(directory.resolve("pub.pem"), convert(Form.PEM, Password.NONE, "pub.der").bytes());
    assertThat(run("pkey -pubin -in pub.pem -pubout")).isEqualTo(run("pkey -in ec.key -pubout"));
  }

  @ParameterizedTest
  @CsvSource({
    "PKCS12, ec.pem rsa.key, belongs to none",
    "PKCS8, ec.pem, holds no private key",
    "PKCS8, ec.key rsa.key, hold 2 private keys",
    "PKCS7, ec.key, holds no certificate",
    "DER, ec.csr rsa.csr, DER holds one"
  })
  void shouldSayWhyNot(Form form, String names, String reason) {
    assertThatThrownBy(() -> convert(form, SECRET, names.split(" ")))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(": ");
  }

  @Test
  void shouldMakeNoPkcs12WithoutAPassword() {
    assertThatThrownBy(() -> convert(Form.PKCS12, Password.NONE, "ec.pem", "ec.key"))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("--password-file");
  }

  /** What a server reads is what comes back after all forms. */
  @Test
  void shouldLoseNothingOnAWayThroughAllForms() throws Exception {
    Files.write(
        directory.resolve("way.p12"), convert(Form.PKCS12, SECRET, "ec.pem", "ec.key").bytes());
    PairFiles back = PairFiles.in(directory, "back");
    Files.write(back.certificate(), convert(Form.PEM, Password.NONE, "way.p12").bytes());
    Files.write(back.key(), convert(Form.PKCS8, Password.NONE, "way.p12").bytes());
    assertThat(back.read().fingerprint())
        .isEqualTo(
            Identities.read(directory.resolve("ec.pem"), directory.resolve("ec.key"))
                .fingerprint());
  }
}
