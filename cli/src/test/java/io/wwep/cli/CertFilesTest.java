package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.Validity;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Showing, converting and embedding from the command line; other tools are in {@code it}. */
@Timeout(120)
class CertFilesTest {

  @TempDir private Path directory;

  @BeforeEach
  void makeFiles() throws Exception {
    made("cert", "ca", "--ec", "--name", "Class 4b", "--out", directory.toString());
    made("cert", "server", "wwep.lab", "--ec", "--out", directory.toString());
    made("cert", "device", "0FAC", "--ec", "--out", directory.toString());
    Files.writeString(path("pw"), "secret\n");
  }

  private static Run made(String... arguments) {
    Run run = Run.of(arguments);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private Path path(String name) {
    return directory.resolve(name);
  }

  private String file(String name) {
    return path(name).toString();
  }

  /** Runs a command, with paths in place of the names that begin with @. */
  private Run cert(String... arguments) {
    return Run.of(resolved(arguments));
  }

  private String[] resolved(String... arguments) {
    List<String> all = new ArrayList<>(List.of("cert"));
    Stream.of(arguments)
        .map(each -> each.startsWith("@") ? file(each.substring(1)) : each)
        .forEach(all::add);
    return all.toArray(String[]::new);
  }

  @Test
  void shouldShowACertificateInPeoplesWords() {
    Run run = made(resolved("show", "@wwep.lab.pem", "@wwep.lab.key.pem", "@ca.pem"));
    assertThat(run.lines())
        .contains(
            "server certificate wwep.lab  %s (PEM, line 1)".formatted(file("wwep.lab.pem")),
            "  whose      CN=wwep.lab,OU=server,O=WWEP",
            "  for        wwep.lab",
            "  signed by  CN=Class 4b,OU=CA,O=WWEP",
            "  key        EC P-256",
            "    purposes              TLS server",
            "private key, EC P-256  %s (PEM, line 1, PKCS#8)".formatted(file("wwep.lab.key.pem")),
            "  certificate %s is signed by certificate %s"
                .formatted(file("wwep.lab.pem"), file("ca.pem")),
            "  key %s belongs to certificate %s"
                .formatted(file("wwep.lab.key.pem"), file("wwep.lab.pem")))
        .doesNotContain("problems");
    Identity identity = PairFiles.in(directory, "wwep.lab").read();
    assertThat(run.out()).contains("  SHA-256    " + identity.fingerprint());
  }

  @Test
  void shouldNameTheDeviceOfACertificate() {
    assertThat(cert("show", "@device-0FAC.pem").lines().get(0))
        .startsWith("certificate of device 0FAC");
  }

  @Test
  void shouldSayOfAnExpiredCertificateWhatTheServerSays() throws Exception {
    Validity past =
        new Validity(Instant.parse("2020-01-01T00:00:00Z"), Instant.parse("2021-01-01T00:00:00Z"));
    Identity old = Identities.selfSigned(KeyAlgorithm.EC_P256, "old", List.of("old.lab"), past);
    Files.writeString(path("old.pem"), Identities.toPem(old.chain()));
    assertThat(made(resolved("show", "@old.pem")).lines())
        .contains(
            "problems",
            "  certificate %s expired on 2021-01-01: get a new one from whoever issued it"
                .formatted(file("old.pem")))
        .anyMatch(line -> line.contains("2020-01-01 to 2021-01-01, ended about"));
  }

  @Test
  void shouldReadTheStandardInput() throws Exception {
    Run run = Run.typing(Files.readString(path("ca.pem")), "cert", "show", "-");
    assertThat(run.exitCode()).isZero();
    assertThat(run.lines().get(0)).isEqualTo("root CA Class 4b  standard input (PEM, line 1)");
    cert("show", "-", "-").failsWith(ExitCode.USAGE, "a single time");
  }

  @Test
  void shouldShowAsJson() {
    Map<String, Object> all =
        JsonReader.object(
            made(resolved("show", "--json", "@device-0FAC.pem", "@ca.key.pem")).out().strip());
    assertThat(all).containsEntry("exitCode", 0L).containsKeys("files", "relations");
    assertThat(all.get("problems").toString()).contains("does not belong to");
    Object first = ((List<?>) all.get("files")).get(0);
    assertThat(first.toString()).contains("device=0FAC", "kind=certificate", "ca=false");
    Run failed = cert("show", "--json", "@nothing");
    assertThat(failed.exitCode()).isEqualTo(ExitCode.REJECTED);
    assertThat(JsonReader.object(failed.out().strip())).containsEntry("exitCode", 1L);
  }

  @ParameterizedTest
  @ValueSource(strings = {"show", "embed", "convert"})
  void shouldSayInOneSentenceThatAFileIsNone(String command) throws Exception {
    Files.writeString(path("none"), "hello");
    Run run =
        switch (command) {
          case "show" -> cert("show", "@none");
          case "embed" -> cert("embed", "@none", "--as", "c");
          default -> cert("convert", "@none", "@out.pem");
        };
    run.failsWith(ExitCode.REJECTED, "neither PEM nor DER");
    assertThat(run.out()).isEmpty();
    assertThat(path("out.pem")).doesNotExist();
  }

  @Test
  void shouldOpenWithAPasswordFromAFileAlone() throws Exception {
    made(
        resolved(
            "convert",
            "@wwep.lab.pem",
            "--key",
            "@wwep.lab.key.pem",
            "@ca.pem",
            "@a.p12",
            "--password-file",
            "@pw"));
    assertThat(made(resolved("show", "@a.p12")).out())
        .contains("protected by a password", "--password-file");
    assertThat(made(resolved("show", "@a.p12", "--password-file", "@pw")).out())
        .contains("key %s belongs to".formatted(file("a.p12")));
    Files.writeString(path("bad"), "Secret");
    cert("show", "@a.p12", "--password-file", "@bad")
        .failsWith(ExitCode.REJECTED, "does not open with this password");
    cert("show", "@a.p12", "--password-file", "@nothing")
        .failsWith(ExitCode.REJECTED, "password file", "does not exist");
    cert("convert", "@a.p12", "@b.key.pem").failsWith(ExitCode.REJECTED, "without its password");
  }

  @Test
  void shouldKeepKeysPrivateAndReplaceNothingUnlessForced() throws Exception {
    made(resolved("convert", "@ca.key.pem", "@new.key"));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path("new.key"))))
        .isEqualTo("rw-------");
    String before = Files.readString(path("new.key"));
    cert("convert", "@device-0FAC.key.pem", "@new.key")
        .failsWith(ExitCode.USAGE, "is there already", "--force");
    assertThat(path("new.key")).hasContent(before);
    made(resolved("convert", "@device-0FAC.key.pem", "@new.key", "--force"));
    assertThat(path("new.key.old")).hasContent(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path("new.key.old"))))
        .isEqualTo("rw-------");
    made(resolved("convert", "@ca.key.pem", "@new.key", "--force"));
    assertThat(path("new.key.old")).as("kept at the second time too").hasContent(before);
  }

  @Test
  void shouldPrintCertificatesAndNoKeys() throws Exception {
    String root = Files.readString(path("ca.pem"));
    assertThat(made(resolved("convert", "@ca.pem", "-", "--to", "pem")).out()).isEqualTo(root);
    assertThat(made(resolved("convert", "@ca.pem", "-")).out()).isEqualTo(root);
    assertThat(made(resolved("convert", "@ca.pem", "@ca.key.pem", "-")).out()).isEqualTo(root);
    for (String refused : List.of("@ca.key.pem -", "@ca.pem @ca.key.pem - --to pkcs12")) {
      cert(("convert " + refused).split(" "))
          .failsWith(ExitCode.USAGE, "- is standard output, and a private key goes into a file");
    }
    Run key = cert("convert", "@ca.key.pem", "-", "--to", "pkcs8");
    key.failsWith(ExitCode.USAGE, "- is standard output, and a private key goes into a file alone");
    assertThat(key.out()).isEmpty();
    cert("embed", "@ca.key.pem", "--as", "c", "--out", "-")
        .failsWith(
            ExitCode.USAGE, "- is standard output, and a private key goes into a file alone");
    cert("embed", "@ca.key.pem", "--as", "c")
        .failsWith(ExitCode.USAGE, "a private key goes into a file alone", "--out FILE");
    assertThat(made(resolved("embed", "@ca.pem", "--as", "c", "--out", "-")).out())
        .isEqualTo(made(resolved("embed", "@ca.pem", "--as", "c")).out());
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void shouldConvertTheStandardInput() throws Exception {
    String root = Files.readString(path("ca.pem"));
    assertThat(Run.typing(root, "cert", "convert", "-", file("new.pem")).exitCode()).isZero();
    assertThat(path("new.pem")).hasContent(root);
    assertThat(Run.typing(root, "cert", "convert", "-", "-").out()).isEqualTo(root);
    Run both =
        Run.typing(
            Files.readString(path("ca.key.pem")),
            resolved("convert", "@ca.pem", "--key", "-", "@a.p12", "--password-file", "@pw"));
    assertThat(both.out()).contains("a private key, root CA Class 4b");
    Run.typing("hello", "cert", "convert", "-", file("none.pem"))
        .failsWith(ExitCode.REJECTED, "standard input is neither PEM nor DER");
  }

  @Test
  void shouldSayThatBoardsWantTheRootOfAServersCertificate() {
    assertThat(made(resolved("embed", "@wwep.lab.pem", "--as", "c")).err())
        .contains("note: this is a server's own certificate", "embed that of Class 4b");
    for (String root : List.of("@ca.pem", "@device-0FAC.pem")) {
      assertThat(made(resolved("embed", root, "--as", "c")).err()).doesNotContain("server's own");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"@new.p12", "@new.key.pem"})
  void shouldSayWhichPasswordsFilesAreWrittenUnder(String out) throws Exception {
    Files.writeString(path("umlaut"), "p\u00E4\u00DFwort");
    Files.writeString(path("empty"), "\n");
    cert("convert", "@wwep.lab.pem", "@wwep.lab.key.pem", out, "--out-password-file", "@umlaut")
        .failsWith(ExitCode.REJECTED, "a password of ASCII alone", "choose one of the letters");
    cert("convert", "@wwep.lab.pem", "@wwep.lab.key.pem", out, "--out-password-file", "@empty")
        .failsWith(
            ExitCode.REJECTED, out.endsWith(".p12") ? "PKCS#12 needs a password" : "key is empty");
    assertThat(path(out.substring(1))).doesNotExist();
  }

  @Test
  void shouldSayHowToGetCertificatesOutOfALockedFile() {
    made(
        resolved(
            "convert", "@wwep.lab.pem", "@wwep.lab.key.pem", "@a.p12", "--password-file", "@pw"));
    String cure =
        "%s is protected by a password: 'wwep cert convert %s %s --password-file FILE'"
            .formatted(file("a.p12"), file("a.p12"), file("a.pem"));
    cert("verify", "--ca", "@a.p12", "@wwep.lab.pem").failsWith(ExitCode.REJECTED, cure);
    cert("verify", "--ca", "@ca.pem", "@a.p12").failsWith(ExitCode.REJECTED, cure);
    made(resolved("convert", "@ca.key.pem", "@locked.key", "--out-password-file", "@pw"));
    cert("verify", "--ca", "@locked.key", "@wwep.lab.pem")
        .failsWith(ExitCode.REJECTED, "something else (private key, protected by a password (AES");
    cert("show", "@a.p12", "--password-file", directory.toString())
        .failsWith(ExitCode.REJECTED, "is a directory: give a file in it");
  }

  /** Else a name could be read from right to left, with what stands behind it. */
  @Test
  void shouldShowNothingThatTurnsALineAround() {
    String name = "a\u202Eb\u2066c\u2028d\u2029e\u200Ff\uD83D\uDE00g\u00E4";
    made("cert", "ca", "--ec", "--name", name, "--out", file("evil"));
    Run run = made(resolved("show", "@evil/ca.pem"));
    assertThat(run.lines().get(0)).contains("a?b?c?d?e?f\uD83D\uDE00g\u00E4");
    assertThat(run.out()).doesNotContain("\u202E", "\u2066", "\u2028", "\u2029", "\u200F");
  }

  @ParameterizedTest
  @ValueSource(strings = {"convert @ca.pem", "embed @ca.pem --as c --out"})
  void shouldTellWhatCannotBeWrittenFromWhatCannotBeRead(String command) throws Exception {
    Files.writeString(path("there.pem"), "mine");
    cert((command + " @there.pem").split(" ")).failsWith(ExitCode.USAGE, "is there already");
    cert((command + " @none/new.pem").split(" "))
        .failsWith(
            ExitCode.USAGE, "cannot be written", "/none (", "no such", "directory): make it");
    cert((command + " @there.pem/new.pem").split(" "))
        .failsWith(ExitCode.USAGE, "cannot be written", "give a directory that this user may");
    cert((command.replace("ca", "none") + " @new.pem").split(" "))
        .failsWith(ExitCode.REJECTED, "does not exist");
    assertThat(path("there.pem")).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "true",
        "None",
        "asm",
        "restrict",
        "typename",
        "nullptr",
        "main",
        "errno",
        "except",
        "await",
        "constexpr",
        "xor"
      })
  void shouldTakeNoNameThatDoesNotCompile(String word) throws Exception {
    cert("embed", "@ca.pem", "--as", "c", "--name", word)
        .failsWith(ExitCode.USAGE, "no word of the language");
    Files.copy(path("ca.pem"), path(word + ".pem"));
    assertThat(made(resolved("embed", "@" + word + ".pem", "--as", "c")).out())
        .contains("const char " + word + "_pem[] =");
  }

  @Test
  void shouldMakeADirectoryForTheFilesOfAnApplication() {
    Run run =
        made(
            resolved(
                "embed",
                "@ca.pem",
                "--as",
                "wiced-resource",
                "--name",
                "kit",
                "--out",
                "@resources/apps/kit"));
    assertThat(run.lines())
        .startsWith(file("resources/apps/kit/ca.pem"), file("resources/apps/kit/ca_resource.c"));
    assertThat(path("resources/apps/kit/ca.pem")).isRegularFile();
    made(resolved("embed", "@ca.pem", "--as", "wiced-dct", "--out", "@alone.pem"));
    assertThat(path("alone.pem")).as("a certificate's name is a file's").isRegularFile();
    made(resolved("embed", "@ca.pem", "--as", "c", "--out", "@array"));
    assertThat(path("array")).as("of one file").isRegularFile();
  }

  /** Half a letter fails in any locale as a whole one does with LC_ALL=C. */
  @Test
  void shouldSayHowToGetLettersIntoNames() {
    cert("show", "\uD83D.pem").failsWith(ExitCode.USAGE, "set LC_ALL=C.UTF-8");
  }

  /** Reading a pipe to keep it would never end, and a device would become a file. */
  @ParameterizedTest
  @ValueSource(strings = {"convert", "embed", "new"})
  void shouldReplaceNoPipeByForce(String command) throws Exception {
    Path pipe = path("pipe.pem");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Run run =
        switch (command) {
          case "convert" -> cert("convert", "@ca.pem", "@pipe.pem", "--force");
          case "embed" -> cert("embed", "@ca.pem", "--as", "c", "--out", "@pipe.pem", "--force");
          default -> cert("new", "pipe", "--ec", "--out", directory.toString(), "--force");
        };
    assertThat(run.exitCode()).isNotZero();
    assertThat(run.err()).contains("is a device or a pipe").hasLineCount(1);
    try (Stream<Path> all = Files.list(directory)) {
      assertThat(all.map(each -> each.getFileName().toString()))
          .contains("pipe.pem")
          .noneMatch(each -> each.endsWith(".tmp"))
          .doesNotContain("pipe.pem.old", "pipe.key.pem");
    }
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void shouldLeaveTheKeyOutOfAFileOfCertificates() throws Exception {
    Files.writeString(
        path("both.pem"),
        Files.readString(path("wwep.lab.pem")) + Files.readString(path("wwep.lab.key.pem")));
    Run run = cert("convert", "@both.pem", "@out.crt");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).startsWith("wwep: note: key ").contains("is left out");
    assertThat(path("out.crt")).content(StandardCharsets.US_ASCII).doesNotContain("PRIVATE");
    Run embedded = cert("embed", "@both.pem", "--as", "c");
    assertThat(embedded.out()).doesNotContain("PRIVATE");
    assertThat(embedded.err()).contains("is left out");
  }

  @ParameterizedTest
  @CsvSource({
    "convert @ca.pem, none to write",
    "convert @ca.pem @out, does not tell the form",
    "convert @ca.pem @out --to x509, --to takes pem",
    "embed @ca.pem, --as",
    "embed @ca.pem --as java, --as takes c",
    "embed @ca.pem --as c --name int, no word of the language",
    "embed @ca.pem --as c --name _Bool, no word of the language",
    "embed @ca.pem --as c --name a-b, takes a name as in C",
    "show, FILE is missing"
  })
  void shouldSayWhatIsWrongWithTheArguments(String arguments, String reason) {
    cert(arguments.split(" ")).failsWith(ExitCode.USAGE, reason);
  }

  @Test
  void shouldPrintASourceAndNothingElse() {
    Run run = cert("embed", "@ca.pem", "--as", "c", "--name", "root");
    assertThat(run.err()).isEmpty();
    assertThat(run.lines())
        .contains("extern const char root[];", "    \"-----BEGIN CERTIFICATE-----\\r\\n\"")
        .last()
        .isEqualTo("    \"-----END CERTIFICATE-----\\r\\n\";");
    Run resource = cert("embed", "@ca.pem", "--as", "wiced-resource", "--name", "kit");
    assertThat(resource.out()).startsWith("-----BEGIN").endsWith("-----\n");
    assertThat(resource.err())
        .contains("$(NAME)_RESOURCES := apps/kit/ca.pem", "&resources_apps_DIR_kit_DIR_ca_pem");
  }

  @Test
  void shouldSayAloudThatAKeyIsEmbedded() throws Exception {
    Run run = cert("embed", "@device-0FAC.key.pem", "--as", "header", "--out", "@key.h");
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("this is a private key, and who gets the firmware");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path("key.h"))))
        .isEqualTo("rw-------");
    assertThat(path("key.h")).content().contains("char device_0FAC_key[]");
  }

  /** The name of who issued it comes from others, and must not become a part of the source. */
  @Test
  void shouldNotLetANameEndAComment() {
    made("cert", "ca", "--ec", "--name", "a*/ int b; //??/\\", "--out", file("odd"));
    for (String kind : List.of("c", "header", "arduino", "micropython")) {
      String source = made(resolved("embed", "@odd/ca.pem", "--as", kind)).out();
      assertThat(source).contains("root CA a*_ int b_").doesNotContain("a*/", "??/");
    }
  }
}
