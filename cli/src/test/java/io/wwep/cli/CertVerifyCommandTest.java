package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A board's decision from the command line; other stacks decide beside it in {@code it}. */
@Timeout(60)
class CertVerifyCommandTest {

  private static final int MUTATIONS = 300;

  @TempDir private static Path directory;

  @BeforeAll
  static void makeClass() {
    make("ca", "--name", "Class 4b");
    make("server", "wwep.lab", "192.168.1.5");
    make("new", "own.lab", "--ec");
    make("device", "0FAC", "--ec");
  }

  private static void make(String... arguments) {
    String[] all = new String[arguments.length + 3];
    all[0] = "cert";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    all[all.length - 2] = "--out";
    all[all.length - 1] = directory.toString();
    Run run = Run.of(all);
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  private static String write(String name, byte[] content) throws IOException {
    return Files.write(directory.resolve(name), content).toString();
  }

  private static Run verify(String... options) {
    String[] all = new String[options.length + 4];
    all[0] = "cert";
    all[1] = "verify";
    all[2] = "--ca";
    all[3] = file("ca.pem");
    System.arraycopy(options, 0, all, 4, options.length);
    return Run.of(all);
  }

  @Test
  void shouldGoThroughTheLecturesSteps() {
    Run run = verify("--host", "wwep.lab", file("wwep.lab.pem"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.err()).isEmpty();
    assertThat(run.lines().get(0)).startsWith("Class 4b").contains("root, known: ");
    assertThat(run.lines().get(1)).startsWith("└─ wwep.lab").contains("server");
    assertThat(run.out())
        .containsPattern(
            "hash +ok +SHA-256 of its content is (\\w{8}…\\w{8}), and the signature holds \\1")
        .containsPattern("signature +ok +made with the key of Class 4b")
        .containsPattern("known root +ok ")
        .containsPattern("dates +ok ")
        .containsPattern("name +ok +wwep.lab ")
        .endsWith("A board would accept it." + System.lineSeparator());
  }

  /** With ECDSA no hash comes back, and nobody should be told that one did. */
  @Test
  void shouldNotPretendThatEcdsaGivesTheHashBack() {
    Run run = Run.of("cert", "verify", "--ca", file("ca.pem"), file("own.lab.pem"));
    assertThat(run.exitCode()).isEqualTo(ExitCode.REJECTED);
    assertThat(run.out()).containsPattern("hash +- +.*gives none back").doesNotContain("holds");
  }

  @Test
  void shouldBelieveAServersOwnRoot() {
    Run run =
        Run.of(
            "cert", "verify", "--ca", file("own.lab.pem"), "--host=own.lab", file("own.lab.pem"));
    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.lines().get(0)).contains("server and its own root");
  }

  /** mbed TLS never believes it, and OpenSSL only where a flag says so. */
  @Test
  void shouldRefuseASignedCertificateThatIsItsOwnRoot() throws Exception {
    String[] leaf = {"cert", "verify", "--ca", file("wwep.lab.pem"), file("wwep.lab.pem")};
    Run run = Run.of(leaf);
    run.failsWith(ExitCode.REJECTED, "known root of wwep.lab", "load the one of Class 4b");
    assertThat(run.out()).doesNotContain("would accept it");
    assertThat(run.lines().get(0)).contains("server, given as a root, known: ");
    Path both = directory.resolve("both.pem");
    Files.writeString(
        both,
        Files.readString(Path.of(file("wwep.lab.pem")))
            + Files.readString(Path.of(file("ca.pem"))));
    Run known = Run.of("cert", "verify", "--ca", both.toString(), file("wwep.lab.pem"));
    assertThat(known.exitCode()).as(known.err()).isZero();
    assertThat(known.lines().get(0)).startsWith("Class 4b").contains("root, known: ");
  }

  @Test
  void shouldDrawInAsciiWhereThereIsNoMore() {
    Run run = Run.ascii("cert", "verify", "--ca", file("ca.pem"), file("wwep.lab.pem"));
    assertThat(run.lines().get(1)).startsWith("+- wwep.lab");
    assertThat(run.out()).matches("[\\p{ASCII}]*").doesNotContain("?");
  }

  @Test
  void shouldTellAllThatFailsAndTheFirstOneFirst() {
    Run run = verify("--host", "other.lab", "--at", "1970-01-01", file("wwep.lab.pem"));
    run.failsWith(ExitCode.REJECTED, "dates of", "the clock says 1970-01-01", "SNTP", "2 more");
    assertThat(run.out())
        .contains("other.lab is not among its names (wwep.lab, 192.168.1.5)")
        .contains("-0x2700, flags 0x00000204 (BADCERT_CN_MISMATCH, BADCERT_FUTURE)")
        .contains("alert 42, bad_certificate");
  }

  @Test
  void shouldNotTakeABoardsCertificateForAServers() {
    verify(file("device-0FAC.pem")).failsWith(ExitCode.REJECTED, "not for TLS servers");
  }

  @Test
  void shouldPrintOneObject() {
    Run run = verify("--json", "--host", "wwep.lab", "--at", "2100-01-01", file("wwep.lab.pem"));
    assertThat(run.lines()).hasSize(1);
    assertThat(run.out())
        .startsWith("{\"result\":\"refused\",\"host\":\"wwep.lab\",\"at\":\"2100-01-01T00:00:00Z\"")
        .contains("\"step\":\"dates\",\"result\":\"failed\"")
        .contains("\"mbedTls\":{\"error\":\"-0x2700\",\"flags\":\"0x00000001\",\"alert\":45")
        .contains("\"exitCode\":1");
  }

  /** What a stack cannot take is told, and does not decide. */
  @ParameterizedTest
  @CsvSource({"wiced, 1", "mbedtls, 0", "any, 1"})
  void shouldWarnOfWhatAStackDoesNotTake(String stack, int notes) {
    Run run =
        Run.of("cert", "verify", "--ca", file("own.lab.pem"), "--for", stack, file("own.lab.pem"));
    assertThat(run.exitCode()).isZero();
    assertThat(run.err().lines()).hasSize(notes);
    assertThat(run.err().lines())
        .allMatch(line -> line.startsWith("wwep: note: WICED's stack is reported not to take"));
  }

  @Test
  void shouldWarnWhileMaking() {
    Run made =
        Run.of(
            "cert",
            "new",
            "warn.lab",
            "--ec",
            "--for=wiced",
            "--out",
            directory.resolve("warn").toString());
    assertThat(made.exitCode()).isZero();
    assertThat(made.err()).startsWith("wwep: note: WICED's stack").contains("EC P-256");
    Run plain =
        Run.of("cert", "ca", "--for", "any", "--out", directory.resolve("plain").toString());
    assertThat(plain.err()).as("what is made without options suits all").isEmpty();
  }

  @Test
  void shouldRefuseFilesThatAreNoCertificates() throws Exception {
    Path empty = Files.createDirectories(directory.resolve("folder"));
    String pem = Files.readString(directory.resolve("wwep.lab.pem"));
    String[] bad = {
      file("no-such.pem"),
      empty.toString(),
      write("empty.pem", new byte[0]),
      write("key.pem", Files.readAllBytes(directory.resolve("wwep.lab.key.pem"))),
      write("half.pem", pem.substring(0, 300).getBytes(StandardCharsets.US_ASCII)),
      write("binary.der", new byte[] {0x30, (byte) 0x84, 0x7F, (byte) 0xFF, 0, 0, 1}),
      write("huge.pem", new byte[(1 << 20) + 1])
    };
    for (String each : bad) {
      verify(each).failsWith(ExitCode.REJECTED, each, ": ");
      Run.of("cert", "verify", "--ca", each, file("wwep.lab.pem"))
          .failsWith(ExitCode.REJECTED, each, ": ");
    }
  }

  @Test
  void shouldTakeTenCertificatesAtMost() throws Exception {
    String pem = Files.readString(directory.resolve("wwep.lab.pem"));
    String many = write("many.pem", pem.repeat(11).getBytes(StandardCharsets.US_ASCII));
    verify(many).failsWith(ExitCode.USAGE, "11 certificates", "10");
  }

  @ParameterizedTest
  @ValueSource(strings = {"yesterday", "1970", "1970-13-01", "2026-01-01T25:00", ""})
  void shouldRefuseWhatIsNoMoment(String at) {
    verify("--at=" + at, file("wwep.lab.pem"))
        .failsWith(ExitCode.USAGE, "--at takes a day", "1970-01-01");
  }

  @Test
  void shouldNeedToKnowWhatTheBoardKnows() {
    Run.of("cert", "verify", file("wwep.lab.pem")).failsWith(ExitCode.USAGE, "--ca");
    verify("--host", "a b", file("wwep.lab.pem"))
        .failsWith(ExitCode.USAGE, "--host takes a host name", "try 'wwep help cert verify'");
  }

  /** Bytes of others change a verdict, and never become a fault. */
  @Test
  void shouldDecideOnWhateverCanBeRead() throws Exception {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    byte[] der = der("wwep.lab.pem");
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] changed = der.clone();
      for (int j = random.nextInt(3); j >= 0; j--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt();
      }
      Run run = verify("--host", "wwep.lab", "--for", "any", write("mutated.der", changed));
      assertThat(run.exitCode()).as("seed %d, round %d: %s", seed, i, run.err()).isIn(0, 1);
      assertThat(run.err()).as("seed %d, round %d", seed, i).doesNotContain("fault in wwep");
    }
  }

  private static byte[] der(String name) throws IOException {
    String pem = Files.readString(directory.resolve(name));
    String body = pem.substring(pem.indexOf('\n'), pem.indexOf("-----END"));
    return java.util.Base64.getMimeDecoder().decode(body);
  }
}
