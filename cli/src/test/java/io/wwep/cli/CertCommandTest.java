package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.PairFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys and certificates from the command line; what other tools say of them is in {@code it}. */
@Timeout(120)
class CertCommandTest {

  @TempDir private Path directory;

  private Run cert(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("cert", command, "--out", directory.toString()));
    all.addAll(List.of(arguments));
    return Run.of(all.toArray(String[]::new));
  }

  private Run made(String command, String... arguments) {
    Run run = cert(command, arguments);
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    return run;
  }

  private Identity read(String name) {
    return PairFiles.in(directory, name).read();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> all = Files.list(directory)) {
      return all.map(each -> each.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void shouldMakeWhatTheLectureMakesInTwoLines() throws Exception {
    Run run = made("new", "wwep.lab", "192.168.1.5");
    String certificate = directory.resolve("wwep.lab.pem").toString();
    String key = directory.resolve("wwep.lab.key.pem").toString();
    assertThat(run.lines()).hasSize(2);
    assertThat(run.lines().get(0))
        .matches(
            certificate
                + " +RSA 2048, for wwep.lab, 192.168.1.5, until \\d{4}-\\d\\d-\\d\\d: load it into the"
                + " boards as their root");
    assertThat(run.lines().get(1))
        .startsWith(key + "  its private key")
        .endsWith("serve --cert %s --key %s".formatted(certificate, key));
    assertThat(files()).containsExactly("wwep.lab.key.pem", "wwep.lab.pem");
    X509Certificate made = read("wwep.lab").certificate();
    Duration valid =
        Duration.between(made.getNotBefore().toInstant(), made.getNotAfter().toInstant());
    assertThat(valid.toDays()).as("a day for clocks that are behind").isEqualTo(366);
  }

  @Test
  void shouldNameThisComputerWhereNoNameIsGiven() throws Exception {
    made("new", "--ec");
    assertThat(files()).hasSize(2);
    String name = files().get(1).replace(".pem", "");
    assertThat(read(name).certificate().getSubjectAlternativeNames().toString())
        .contains("localhost", "127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"new", "ca"})
  void shouldTakeKindAndDays(String command) {
    String[] ec = {"--ec", "--days", "30"};
    Run run = command.equals("new") ? made(command, "a", ec[0], ec[1], ec[2]) : made(command, ec);
    Identity identity = read(command.equals("new") ? "a" : "ca");
    assertThat(run.out()).contains("EC P-256");
    assertThat(identity.isEc()).isTrue();
    Duration valid =
        Duration.between(
            identity.certificate().getNotBefore().toInstant(),
            identity.certificate().getNotAfter().toInstant());
    assertThat(valid.toDays()).isEqualTo(31);
  }

  @Test
  void shouldMakeAClassInThreeCommands() throws Exception {
    made("ca", "--name", "Class 4b", "--ec");
    made("server", "wwep.lab", "--ec");
    Run devices = made("device", "0001-001E", "--ec");
    assertThat(devices.lines()).hasSize(2);
    assertThat(devices.out()).contains("30 devices", "device-0001.pem to device-001E.pem");
    assertThat(files()).hasSize(2 * 32);
    Identity ca = read("ca");
    for (int device = 1; device <= 30; device++) {
      X509Certificate certificate = read("device-%04X".formatted(device)).certificate();
      certificate.verify(ca.certificate().getPublicKey());
      assertThat(certificate.getSubjectX500Principal().getName())
          .startsWith("CN=%04X,".formatted(device));
      assertThat(certificate.getIssuerX500Principal().getName()).contains("CN=Class 4b");
    }
    read("wwep.lab").certificate().verify(ca.certificate().getPublicKey());
  }

  @Test
  void shouldKeepKeysPrivate() throws Exception {
    made("ca", "--ec");
    made("device", "0FAC", "--ec");
    for (String key : List.of("ca.key.pem", "device-0FAC.key.pem")) {
      assertThat(
              PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve(key))))
          .isEqualTo("rw-------");
    }
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("ca.pem"))))
        .isEqualTo("rw-r--r--");
  }

  @ParameterizedTest
  @CsvSource({"new, wwep.lab", "server, wwep.lab", "device, 0FAC"})
  void shouldReplaceNothingUnlessForced(String command, String name) throws Exception {
    made("ca", "--ec");
    made(command, name, "--ec");
    String stem = command.equals("device") ? "device-0FAC" : "wwep.lab";
    String before = read(stem).fingerprint();
    cert(command, name, "--ec").failsWith(ExitCode.USAGE, stem + ".pem is there", "--force");
    assertThat(read(stem).fingerprint()).isEqualTo(before);
    made(command, name, "--ec", "--force");
    assertThat(read(stem).fingerprint()).isNotEqualTo(before);
    PairFiles old =
        new PairFiles(
            directory.resolve(stem + ".pem.old"), directory.resolve(stem + ".key.pem.old"));
    assertThat(old.read().fingerprint()).as("a key is not got back").isEqualTo(before);
    String second = read(stem).fingerprint();
    made(command, name, "--ec", "--force");
    assertThat(old.read().fingerprint()).as("nor at the second time").isEqualTo(before);
    PairFiles older =
        new PairFiles(
            directory.resolve(stem + ".pem.old2"), directory.resolve(stem + ".key.pem.old2"));
    assertThat(older.read().fingerprint()).isEqualTo(second);
    Files.delete(directory.resolve(stem + ".pem"));
    cert(command, name, "--ec").failsWith(ExitCode.USAGE, stem + ".key.pem is there already");
  }

  /** Of many, one that is there keeps all from being made: half a class is of no use. */
  @Test
  void shouldMakeAllDevicesOrNone() throws Exception {
    made("ca", "--ec");
    made("device", "0002", "--ec");
    cert("device", "0001-0003", "--ec").failsWith(ExitCode.USAGE, "device-0002.pem is there");
    assertThat(files()).hasSize(4);
  }

  @Test
  void shouldNotReplaceTheCaThatSigns() throws Exception {
    made("ca", "--ec");
    String before = read("ca").fingerprint();
    cert("server", "ca", "--ec", "--force").failsWith(ExitCode.USAGE, "is the CA's own file");
    String key = directory.resolve("ca.key.pem").toString();
    cert("device", "1", "--ec", "--zip", key, "--force")
        .failsWith(ExitCode.USAGE, "is the CA's own file");
    for (String command : List.of("server", "new")) {
      cert(command, "ca.key", "--ec", "--force").failsWith(ExitCode.USAGE, "ends in .key");
    }
    assertThat(read("ca").fingerprint()).isEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "device"})
  void shouldSayWhereACaComesFrom(String command) {
    cert(command, "0FAC", "--ec")
        .failsWith(ExitCode.USAGE, "there is no CA here", "cert ca", "--ca");
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "device"})
  void shouldSeeACaBesideTheDirectory(String command) {
    made("ca", "--ec");
    Path boards = directory.resolve("boards");
    Run.of("cert", command, "0FAC", "--ec", "--out", boards.toString())
        .failsWith(
            ExitCode.USAGE, "there is no CA here", "add --ca " + directory.resolve("ca.pem"));
  }

  @Test
  void shouldTakeDevicesWithCommasBetweenThem() {
    made("ca", "--ec");
    made("device", "--ec", "0FAC,0FAD,0001-0002");
    for (String device : List.of("0FAC", "0FAD", "0001", "0002")) {
      assertThat(directory.resolve("device-" + device + ".pem")).exists();
    }
    made("device", "--ec", "0003,", "0004", ",", "0005", ",0006");
    for (String device : List.of("0003", "0004", "0005", "0006")) {
      assertThat(directory.resolve("device-" + device + ".pem")).exists();
    }
    for (String wrong : List.of("0FAC,,1", "", ",,", "1,,")) {
      cert("device", "--ec", "7", wrong).failsWith(ExitCode.USAGE, "DEVICE takes", "not ''");
    }
    cert("device", "--ec", ",").failsWith(ExitCode.USAGE, "DEVICE takes", "not ','");
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "device"})
  void shouldSayWhereTheKeyOfACaIsExpected(String command) throws Exception {
    made("ca", "--ec");
    Files.move(directory.resolve("ca.key.pem"), directory.resolve("elsewhere"));
    cert(command, "1a", "--ec").failsWith(ExitCode.USAGE, "ca.key.pem", "--ca-key");
    cert(command, "1a", "--ec", "--ca", "/").failsWith(ExitCode.USAGE, "directory");
    cert(command, "1a", "--ec", "--ca", directory.resolve("elsewhere").toString())
        .failsWith(ExitCode.USAGE, "elsewhere holds a private key: give the certificate's file");
  }

  /** "825 days or fewer", as the dates in the certificate say. */
  @Test
  void shouldMakeServersThatApplesSystemsTake() {
    made("ca", "--ec");
    made("server", "wwep.lab", "--ec");
    X509Certificate server = read("wwep.lab").certificate();
    assertThat(
            Duration.between(server.getNotBefore().toInstant(), server.getNotAfter().toInstant()))
        .isLessThan(Duration.ofDays(825));
  }

  @Test
  void shouldLeaveNoHalfOfAPair() throws Exception {
    Files.createDirectory(directory.resolve("a.pem"));
    cert("new", "a", "--ec").failsWith(ExitCode.USAGE, "a.pem is there already");
    cert("new", "a", "--ec", "--force").failsWith(ExitCode.USAGE, "a.pem is a directory");
    assertThat(files()).containsExactly("a.pem");
  }

  /** Before thousands of keys are made. */
  @Test
  void shouldSayFirstThatAnArchiveCannotBeWritten() {
    made("ca", "--ec");
    String zip = directory.resolve("missing").resolve("class.zip").toString();
    cert("device", "0000-0FFF", "--zip", zip)
        .failsWith(ExitCode.USAGE, "class.zip (there is no directory", "make it");
    cert("device", "0000-0FFF", "--zip", "-")
        .failsWith(ExitCode.USAGE, "- is standard output", "with private keys");
  }

  /** Thirty keys of RSA take half a minute, and longer on a busy computer. */
  @Test
  void shouldShowOnATerminalHowFarItIs() {
    made("ca", "--ec");
    String[] four = {"cert", "device", "1-4", "--ec", "--force", "--out", directory.toString()};
    Run watched = Run.atTerminal("", four);
    assertThat(watched.out())
        .startsWith("\r\u001B[Kmade 0 of 4 devices")
        .contains("\r\u001B[Kmade 4 of 4 devices")
        .containsPattern("\r\u001B\\[K[^\r]*device-0001.pem to device-0004.pem");
    assertThat(Run.of(four).out()).doesNotContain("\r", "made");
    String[] one = {"cert", "device", "5", "--ec", "--out", directory.toString()};
    assertThat(Run.atTerminal("", one).out()).doesNotContain("made");
  }

  @Test
  void shouldNotTakeAFirstNameThatNoFileCanHave() {
    String label = "a".repeat(60);
    String name = String.join(".", label, label, label, label);
    cert("new", name, "--ec").failsWith(ExitCode.USAGE, "put a shorter one first");
    made("new", "short", name, "--ec");
  }

  @Test
  void shouldSignWithACaElsewhere() throws Exception {
    made("ca", "--ec");
    Path elsewhere = directory.resolve("boards");
    Path key = directory.resolve("secret.pem");
    Files.move(directory.resolve("ca.key.pem"), key);
    Run run =
        Run.of(
            "cert",
            "device",
            "1",
            "--ec",
            "--out",
            elsewhere.toString(),
            "--ca",
            directory.resolve("ca.pem").toString(),
            "--ca-key",
            key.toString());
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(elsewhere).isDirectoryContaining("glob:**/device-0001.pem");
  }

  @Test
  void shouldPackAClassWithASheet() throws Exception {
    made("ca", "--ec");
    Path zip = directory.resolve("class.zip");
    Run run = made("device", "0001-0002", "0FAC", "2", "--ec", "--zip", zip.toString());
    assertThat(run.out()).contains("3 devices", "devices.csv");
    Map<String, String> entries = unzip(zip);
    assertThat(entries.keySet())
        .containsExactlyInAnyOrder(
            "ca.pem",
            "devices.csv",
            "device-0001.pem",
            "device-0001.key.pem",
            "device-0002.pem",
            "device-0002.key.pem",
            "device-0FAC.pem",
            "device-0FAC.key.pem");
    assertThat(files()).containsExactly("ca.key.pem", "ca.pem", "class.zip");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(zip)))
        .isEqualTo("rw-------");
    assertThat(entries.get("devices.csv").lines())
        .hasSize(4)
        .element(3)
        .asString()
        .startsWith("0FAC,device-0FAC.pem,device-0FAC.key.pem,20");
    for (Map.Entry<String, String> each : entries.entrySet()) {
      Files.writeString(directory.resolve(each.getKey()), each.getValue());
    }
    assertThat(entries.get("devices.csv")).contains(read("device-0FAC").fingerprint());
    assertThat(entries.get("ca.pem")).isEqualTo(Identities.toPem(read("ca").chain()));
    cert("device", "1", "--ec", "--zip", zip.toString()).failsWith(ExitCode.USAGE, "--force");
  }

  private static Map<String, String> unzip(Path file) throws IOException {
    Map<String, String> entries = new HashMap<>();
    try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
      for (ZipEntry each = zip.getNextEntry(); each != null; each = zip.getNextEntry()) {
        entries.put(each.getName(), new String(zip.readAllBytes(), StandardCharsets.US_ASCII));
      }
    }
    return entries;
  }

  @ParameterizedTest
  @CsvSource({
    "new, https://wwep.lab, NAME takes a host name or an IP address by itself",
    "new, 192.168.1.300, NAME takes a host name or an IP address",
    "device, 10000, DEVICE takes 1 to 4 hex digits",
    "device, 10000-10001, DEVICE takes 1 to 4 hex digits",
    "device, 0002-0001, DEVICE takes a range from the lower ID to the higher one",
    "device, 0000-FFFF, 'these are 65,536 devices, and at most 4,096 devices are'",
    "new, --days=0, --days takes a number from 1",
    "ca, --name=, --name takes 1 to 64 characters",
    "ca, '--name=a\tb', --name takes letters",
    "ca, --name=Pr\uFFFDf, locale set to UTF-8",
  })
  void shouldExplainWhatItDoesNotTake(String command, String argument, String reason) {
    cert(command, argument).failsWith(ExitCode.USAGE, reason);
  }

  /** The parser would call the second one too many. */
  @Test
  void shouldExplainWhichOfManyItDoesNotTake() {
    cert("device", "1", "2", "1G").failsWith(ExitCode.USAGE, "DEVICE takes 1 to 4", "'1G'");
    cert("new", "a", "b c").failsWith(ExitCode.USAGE, "NAME takes a host name", "'b c'");
  }

  @Test
  void shouldSayThatADirectoryCannotBeWrittenTo() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "");
    Run.of("cert", "new", "a", "--ec", "--out", file.toString())
        .failsWith(ExitCode.USAGE, "is a file where a directory for certificates is needed");
  }

  @Test
  void shouldExplainItself() {
    Run bare = Run.of("cert");
    assertThat(bare.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(bare.err()).contains("wwep cert ca", "wwep help cert COMMAND");
    for (String command : List.of("new", "ca", "server", "device")) {
      Run help = Run.of("help", "cert", command);
      assertThat(help.exitCode()).isZero();
      assertThat(help.out()).contains("Usage: wwep cert " + command, "--out", "--force");
      assertThat(help.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
      assertThat(Run.of("cert", command, "--help").out()).isEqualTo(help.out());
    }
    Run.of("cert", "nwe").failsWith(ExitCode.USAGE, "did you mean 'new'?", "wwep help cert");
    Run.of("cert", "new", "--dyas", "3")
        .failsWith(ExitCode.USAGE, "did you mean '--days'?", "wwep help cert new");
    Run.of("help", "cert", "nwe").failsWith(ExitCode.USAGE, "did you mean 'new'?");
    Run.of("help", "serve", "x").failsWith(ExitCode.USAGE, "'x' is one argument too many");
  }
}
