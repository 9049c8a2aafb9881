package io.wwep.certs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wwep.certs.IdentityException;
import io.wwep.certs.Tool;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What OpenSSL, GnuTLS and keytool write, and what people make of it. */
class CryptoFileTest {

  private static final Password SECRET = Password.of("secret");

  @TempDir private static Path directory;
  private static Tool openssl;

  @BeforeAll
  static void makeFiles() throws Exception {
    openssl = Tool.openssl(directory);
    make("rsa", "rsa:2048");
    make("ec", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
    run("pkey -in rsa.key -traditional -out rsa-pkcs1.key");
    run("pkey -in ec.key -traditional -out ec-sec1.key");
    run("pkey -in rsa.key -outform DER -out rsa.key.der");
    run("x509 -in rsa.pem -outform DER -out rsa.der");
  }

  private static void make(String name, String kind, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                ("req -x509 -nodes -days 90 -subj /CN=%1$s -addext subjectAltName=DNS:%1$s.lab"
                        + " -keyout %1$s.key -out %1$s.pem -newkey %2$s")
                    .formatted(name, kind)
                    .split(" ")));
    command.addAll(List.of(options));
    openssl.run(command.toArray(String[]::new));
  }

  private static String run(String command) throws Exception {
    return openssl.run(command.split(" "));
  }

  private static Relations relations(Password password, String... names) {
    List<CryptoFile> files =
        Stream.of(names).map(each -> CryptoFile.read(directory.resolve(each), password)).toList();
    return Relations.of(files, Instant.now());
  }

  private static Path write(String name, String text) throws Exception {
    return Files.writeString(directory.resolve(name), text, StandardCharsets.ISO_8859_1);
  }

  private static String read(String name) throws Exception {
    return Files.readString(directory.resolve(name), StandardCharsets.ISO_8859_1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa.pem rsa.key",
        "rsa.der rsa-pkcs1.key",
        "rsa.pem rsa.key.der",
        "ec.pem ec.key",
        "ec.pem ec-sec1.key"
      })
  void shouldReadPairsOfAllForms(String names) {
    Relations found = relations(Password.NONE, names.split(" "));
    assertThat(found.statements()).anyMatch(each -> each.contains("belongs to certificate"));
  }

  /** Each way in which openssl has ever encrypted keys, or why not. */
  @ParameterizedTest
  @CsvSource({
    "pkcs8 -topk8 -v2 aes-256-cbc, AES-256",
    "pkcs8 -topk8 -v2 aes-192-cbc, AES-192",
    "pkcs8 -topk8 -v2 aes-128-cbc -v2prf hmacWithSHA1, AES-128",
    "pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA512 -iter 5000, 5000 rounds",
    "pkcs8 -topk8 -v2 des3, 3DES",
    "pkcs8 -topk8 -v1 PBE-SHA1-3DES, 3DES",
    "pkcs8 -topk8 -v1 PBE-SHA1-RC2-40 -provider legacy -provider default, RC2",
    "rsa -traditional -aes256, AES-256-CBC",
    "rsa -traditional -des3, DES-EDE3-CBC"
  })
  void shouldOpenEncryptedKeys(String way, String words) throws Exception {
    run(way + " -in rsa.key -passout pass:secret -out encrypted.key");
    assertThat(relations(SECRET, "encrypted.key", "rsa.pem").statements())
        .contains(
            "key %s belongs to certificate %s"
                .formatted(directory.resolve("encrypted.key"), directory.resolve("rsa.pem")));
    CryptoFile opened = CryptoFile.read(directory.resolve("encrypted.key"), SECRET);
    assertThat(opened.items().get(0).describe(Instant.now()).facts().toString()).contains(words);
    CryptoFile closed = CryptoFile.read(directory.resolve("encrypted.key"), Password.NONE);
    assertThat(closed.items().get(0).describe(Instant.now()).title())
        .contains("protected by a password", words);
    assertThatThrownBy(
            () -> CryptoFile.read(directory.resolve("encrypted.key"), Password.of("Secret")))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("does not open with this password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-scrypt", "-v1 PBE-MD5-DES -provider legacy -provider default"})
  void shouldSayWhichEncryptionIsNotRead(String way) throws Exception {
    run("pkcs8 -topk8 " + way + " -in rsa.key -passout pass:secret -out odd.key");
    assertThatThrownBy(() -> CryptoFile.read(directory.resolve("odd.key"), SECRET))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("encrypted in a way that is not read here");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-legacy",
        "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1",
        "-keypbe AES-128-CBC -certpbe NONE",
        "-nomac",
        "-iter 100000"
      })
  void shouldReadPkcs12(String way) throws Exception {
    run(
        ("pkcs12 -export -in rsa.pem -inkey rsa.key -certfile ec.pem -passout pass:secret"
                + " -out pair.p12 "
                + way)
            .strip());
    assertThat(relations(SECRET, "pair.p12").statements())
        .contains(
            "key %1$s belongs to certificate 1 in %1$s".formatted(directory.resolve("pair.p12")));
    CryptoFile closed = CryptoFile.read(directory.resolve("pair.p12"), Password.NONE);
    assertThat(closed.items())
        .anyMatch(each -> each.describe(Instant.now()).title().contains("by a password"));
    assertThatThrownBy(() -> CryptoFile.read(directory.resolve("pair.p12"), Password.of("x")))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("does not open with this password");
  }

  @Test
  void shouldReadWhatKeytoolAndGnutlsWrite() throws Exception {
    Tool.keytool(directory)
        .run(
            "-genkeypair -alias a -keyalg EC -dname CN=java -keystore java.p12 -storetype PKCS12 -storepass secret"
                .split(" "));
    assertThat(relations(SECRET, "java.p12").statements())
        .anyMatch(each -> each.contains("belongs to"));
    Tool.certtool(directory)
        .run("--generate-privkey", "--key-type=ecdsa", "--outfile", "gnutls.key");
    assertThat(CryptoFile.read(directory.resolve("gnutls.key"), Password.NONE).items())
        .singleElement()
        .isInstanceOf(PrivateKeyItem.class);
    Tool.certtool(directory)
        .run(
            "--to-p12 --load-privkey ec.key --load-certificate ec.pem --p12-name x --password secret --outder --outfile gnutls.p12"
                .split(" "));
    assertThat(relations(SECRET, "gnutls.p12").statements())
        .anyMatch(each -> each.contains("belongs to"));
  }

  @Test
  void shouldNameAKeystoreOfOldJava() throws Exception {
    Files.write(
        directory.resolve("old.jks"),
        new byte[] {(byte) 0xFE, (byte) 0xED, (byte) 0xFE, (byte) 0xED, 0, 2});
    assertThatThrownBy(() -> CryptoFile.read(directory.resolve("old.jks"), SECRET))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("keytool -importkeystore");
  }

  @ParameterizedTest
  @CsvSource({
    "genpkey -algorithm ed25519, Ed25519",
    "genpkey -algorithm RSA-PSS -pkeyopt rsa_keygen_bits:2048, RSA 2048",
    "ecparam -name secp256k1 -genkey -noout, EC secp256k1",
    "ecparam -name prime256v1 -genkey, EC P-256"
  })
  void shouldReadOtherKinds(String command, String kind) throws Exception {
    run(command + " -out other.key");
    run("req -x509 -key other.key -subj /CN=other -days 90 -out other.pem");
    Relations found = relations(Password.NONE, "other.pem", "other.key");
    assertThat(found.statements()).anyMatch(each -> each.contains("belongs to certificate"));
    assertThat(
            CryptoFile.read(directory.resolve("other.pem"), Password.NONE)
                .items()
                .get(0)
                .describe(Instant.now())
                .values()
                .get("key")
                .toString())
        .startsWith(kind);
  }

  @Test
  void shouldSayThatACurveIsWrittenOut() throws Exception {
    run("ecparam -name prime256v1 -genkey -noout -param_enc explicit -out curve.key");
    run("req -x509 -key curve.key -subj /CN=curve -days 90 -out curve.pem");
    assertThat(relations(Password.NONE, "curve.pem").problems())
        .anyMatch(each -> each.contains("curve is written out"));
    assertThat(relations(Password.NONE, "curve.key").problems())
        .anyMatch(each -> each.contains("its public key cannot be told"));
  }

  @ParameterizedTest
  @CsvSource({
    "-newkey rsa:1024 -days 90 -subj /CN=a, RSA key of 1024 bits",
    "-newkey rsa:2048 -days 90 -subj /CN=a.lab -sha1, signed with SHA1withRSA",
    "-newkey rsa:2048 -days 90 -subj /CN=a.lab -md5, signed with MD5withRSA",
    "-newkey rsa:2048 -days 20000 -subj /CN=a, error 3035",
    "-newkey rsa:2048 -days 90 -subj /CN=10.0.0.1, address 10.0.0.1 as its common name alone",
    "-newkey rsa:2048 -days 90 -subj /CN=a.lab, has no alternative names",
    "-newkey rsa:2048 -days 90 -subj /CN=a -addext keyUsage=digitalSignature, does not let it sign",
  })
  void shouldNameProblemsOfACertificate(String options, String problem) throws Exception {
    run("req -x509 -nodes -keyout bad.key -out bad.pem " + options);
    assertThat(relations(Password.NONE, "bad.pem").problems())
        .anyMatch(each -> each.contains(problem))
        .allMatch(each -> each.contains(": "));
  }

  /** Old roots are signed so, and nobody looks at their signatures. */
  @Test
  void shouldNotMindTheHashOfARoot() throws Exception {
    run("req -x509 -nodes -newkey rsa:2048 -keyout r.key -out r.pem -days 90 -sha1 -subj /CN=Root");
    assertThat(relations(Password.NONE, "r.pem").problems()).isEmpty();
  }

  @Test
  void shouldFindNothingWrongWithAGoodOne() {
    assertThat(relations(Password.NONE, "rsa.pem", "ec.pem").problems()).isEmpty();
  }

  static Stream<List<String>> flaws() throws Exception {
    String good = read("ec.pem");
    return Stream.of(
        List.of(good.replace("\n", "\r\n"), "CR LF"),
        List.of(good.replace("\n", "\r"), "CR alone"),
        List.of(good.replaceFirst("\n", "\r\n"), "more than one kind"),
        List.of(good.stripTrailing(), "no line end behind its last line"),
        List.of(good + "\0", "ends with a NUL"),
        List.of("\u00EF\u00BB\u00BF" + good, "byte order mark"),
        List.of("subject=CN = x\n" + good, "text around its blocks, first in line 1"),
        List.of(good + good.substring(0, 100), "does not end"),
        List.of(good.substring(0, 100) + "\n" + good, "does not end before the next one in line"),
        List.of(good + good, "is the same as certificate 1"),
        List.of(good.replaceAll("(?m)^", "  "), "spaces in front"),
        List.of(good.replaceFirst("(?m)^M", " M"), "spaces inside a block, first in line 2,"),
        List.of(
            good.replaceFirst("(?m)^(M.{9})", "$1\t"), "spaces inside a block, first in line 2,"),
        List.of(good.replaceAll("(?m)^(.+)$", "\"$1\\\\r\\\\n\""), "in quotes"),
        List.of(good.replaceAll("-----.*\n", ""), "no BEGIN and END lines"),
        List.of(good + good.replace("MI", "M!"), "damaged block CERTIFICATE"),
        List.of(good + good.replace("END CERTIFICATE", "END X"), "and END X"));
  }

  @ParameterizedTest
  @MethodSource("flaws")
  void shouldNameFlawsOfATextAndReadItNevertheless(List<String> textAndFlaw) throws Exception {
    write("flawed.pem", textAndFlaw.get(0));
    Relations found = relations(Password.NONE, "flawed.pem");
    assertThat(found.problems())
        .anyMatch(each -> each.contains(textAndFlaw.get(1)))
        .allMatch(each -> each.contains(": "));
    assertThat(CryptoFile.read(directory.resolve("flawed.pem"), Password.NONE).items())
        .first()
        .isInstanceOf(CertificateItem.class);
  }

  @Test
  void shouldReadUtf16() throws Exception {
    Files.writeString(directory.resolve("utf16.pem"), read("ec.pem"), StandardCharsets.UTF_16);
    assertThat(relations(Password.NONE, "utf16.pem").problems())
        .singleElement()
        .asString()
        .contains("UTF-16");
  }

  @Test
  void shouldTellWhoHasSignedWhomAndTheOrder() throws Exception {
    run("req -new -key rsa.key -subj /CN=leaf -out leaf.csr");
    run("x509 -req -in leaf.csr -CA ec.pem -CAkey ec.key -days 30 -out leaf.pem");
    write("wrong.pem", read("ec.pem") + read("leaf.pem"));
    Relations wrong = relations(Password.NONE, "wrong.pem", "leaf.csr");
    String name = directory.resolve("wrong.pem").toString();
    assertThat(wrong.statements())
        .contains(
            "certificate 2 in %1$s is signed by certificate 1 in %1$s".formatted(name),
            "certificate 1 in %s is signed by itself".formatted(name),
            "request %s belongs to certificate 2 in %s"
                .formatted(directory.resolve("leaf.csr"), name));
    assertThat(wrong.problems()).anyMatch(each -> each.contains("in the wrong order"));
    write("right.pem", read("leaf.pem") + read("ec.pem"));
    assertThat(relations(Password.NONE, "right.pem").problems())
        .noneMatch(each -> each.contains("order"));
  }

  /** Of one name and another key, as after a CA was made anew. */
  @Test
  void shouldSayThatANameIsNotASignature() throws Exception {
    run("req -new -key rsa.key -subj /CN=other -out other.csr");
    run("x509 -req -in other.csr -CA ec.pem -CAkey ec.key -days 30 -out signed.pem");
    run("req -x509 -newkey rsa:2048 -nodes -keyout new.key -subj /CN=ec -days 90 -out renewed.pem");
    assertThat(relations(Password.NONE, "signed.pem", "renewed.pem").problems())
        .anyMatch(each -> each.contains("is not signed with the key of"));
  }

  @Test
  void shouldSayThatAKeyIsAnothers() {
    assertThat(relations(Password.NONE, "ec.pem", "rsa.key").problems())
        .containsExactly(
            "key %s does not belong to certificate %s: give the key that the certificate was made with"
                .formatted(directory.resolve("rsa.key"), directory.resolve("ec.pem")));
  }

  @Test
  void shouldTellWhetherAKeyIsThatOfARequest() throws Exception {
    run("req -new -key rsa.key -subj /CN=asked -out asked.csr");
    Path request = directory.resolve("asked.csr");
    Path key = directory.resolve("rsa.key");
    assertThat(relations(Password.NONE, "asked.csr", "rsa.key").statements())
        .containsExactly("key %s belongs to request %s".formatted(key, request));
    Relations another = relations(Password.NONE, "asked.csr", "ec.key");
    assertThat(another.statements()).isEmpty();
    assertThat(another.problems())
        .containsExactly(
            "key %s does not belong to request %s: give the key that the request was made with"
                .formatted(directory.resolve("ec.key"), request));
  }

  @Test
  void shouldShowNothingOfAPrivateKey() throws Exception {
    String body = read("rsa.key").replaceAll("-----.*\n", "").replace("\n", "");
    CryptoFile file = CryptoFile.read(directory.resolve("rsa.key"), Password.NONE);
    Description about = file.items().get(0).describe(Instant.now());
    String all = about.title() + about.facts() + about.values() + file.items();
    for (int i = 0; i + 24 < body.length(); i += 8) {
      assertThat(all).doesNotContain(body.substring(i, i + 24));
    }
    assertThat(all.length()).isLessThan(1_000);
  }

  @Test
  void shouldBoundHowOftenAPasswordIsHashed() throws Exception {
    run("pkcs12 -export -in ec.pem -inkey ec.key -passout pass:secret -iter 5000001 -out slow.p12");
    assertThatThrownBy(() -> CryptoFile.read(directory.resolve("slow.p12"), SECRET))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining("5,000,000 times");
  }

  @ParameterizedTest
  @CsvSource({
    "'', is empty",
    "hello, neither PEM nor DER",
    "ssh-ed25519 AAAA, public key of SSH",
    "-----BEGIN CERTIFICATE-----, does not end",
    "-----BEGIN CERTIFICATE-----MIIB-----END CERTIFICATE-----, as where lines were joined",
    "'-----BEGIN EC PRIVATE KEY----- MIIB -----END EC PRIVATE KEY-----', lines were joined",
    "'----BEGIN CERTIFICATE----\nMIIB\n----END CERTIFICATE----', without five dashes on both sides",
    "BEGIN CERTIFICATE, without five dashes",
    "BEGIN READING, neither PEM nor DER"
  })
  void shouldSayWhyAFileIsNone(String text, String reason) throws Exception {
    write("none", text);
    assertThatThrownBy(() -> CryptoFile.read(directory.resolve("none"), Password.NONE))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining(reason)
        .hasMessageContaining(": ");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 100, 500})
  void shouldSayThatDerIsCutOff(int length) throws Exception {
    byte[] whole = Files.readAllBytes(directory.resolve("rsa.der"));
    Files.write(directory.resolve("cut.der"), Arrays.copyOf(whole, length));
    assertThatThrownBy(() -> CryptoFile.read(directory.resolve("cut.der"), Password.NONE))
        .isInstanceOf(IdentityException.class)
        .hasMessageContaining(": copy it again, in binary mode");
  }

  /** Over each of these a careless pattern would sit for hours. */
  @ParameterizedTest
  @CsvSource({
    "'\"\\r', 500000, !",
    "'A ', 500000, !",
    "'A', 1000000, =!",
    "'-----BEGIN ', 90000, x",
    "'\"', 1000000, x",
    "'\n', 1000000, x"
  })
  @Timeout(20)
  void shouldNotHangOverALongLine(String part, int times, String end) throws Exception {
    String text = part.repeat(Math.min(times, 1_000_000 / part.length())) + end;
    write("long.txt", text);
    assertThatThrownBy(() -> CryptoFile.read(directory.resolve("long.txt"), Password.NONE))
        .isInstanceOf(IdentityException.class);
  }

  @Test
  void shouldNotReadWithoutBound() throws Exception {
    Files.write(directory.resolve("large"), new byte[2_000_000]);
    assertThatThrownBy(() -> CryptoFile.read(directory.resolve("large"), Password.NONE))
        .hasMessageContaining("is larger than");
    write("many.pem", read("ec.pem").repeat(1_500));
    assertThat(read("many.pem").length()).isLessThan(1 << 20);
    CryptoFile many = CryptoFile.read(directory.resolve("many.pem"), Password.NONE);
    assertThat(many.items()).hasSize(CryptoFile.ITEMS_MAX);
    assertThat(many.flaws()).anyMatch(each -> each.contains("more than 1000 items"));
  }
}
