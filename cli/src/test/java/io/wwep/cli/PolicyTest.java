package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.Validity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that say who may do what: {@code policy test}, and a server that obeys them. */
@Timeout(120)
class PolicyTest {

  private static final Validity YEAR = Validity.starting(Clock.systemUTC(), Period.ofDays(365));

  @TempDir private Path directory;

  private Path policy(String text) throws IOException {
    return Files.writeString(directory.resolve("policy.toml"), text);
  }

  private static Run ask(Path policy, String question) {
    return Run.of(
        Stream.concat(
                Stream.of("policy", "test", policy.toString()),
                Arrays.stream(question.strip().split(" +")))
            .toArray(String[]::new));
  }

  private static final String CLASS =
      """
      # The class of room 4
      [[grant]]
      certificate = ["0001-001E", "teacher"]
      read = "*"
      write = ["own", "0000:05"]

      [[grant]]
      address = "192.168.1.0/24"
      port = "plain"
      read = "*:05"
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "write 0001 0B --certificate 0001 | 0 | yes: the certificate is device 0001's",
        "read 0002 0B --certificate 0001 | 0 | policy.toml, line 2 grants it",
        "write 0002 0B --certificate 0001 | 1 | no: no [[grant]]",
        "write 0001 0B --certificate 0001 --bind-device off | 0 | policy.toml, line 2 grants it",
        "write 001F 0B --certificate 001F --bind-device off | 1 | no: no [[grant]]",
        "write 0000 05 --certificate teacher | 0 | line 2 grants it",
        "write 0000 06 --certificate teacher | 1 | 'teacher' (TLS port, unknown address)",
        "read 0FAC 05 --address 192.168.1.7 | 0 | line 7 grants it",
        "read 0FAC 05 --address 192.168.1.7 --port tls | 1 | no: no [[grant]]",
        "read 0FAC 05 --address 192.168.2.7 | 1 | no: no [[grant]]",
        "write 0FAC 05 --address 192.168.1.7 | 1 | (it may read it)",
      })
  void shouldSayWhetherSomebodyMayAndWhichLineDecides(String question, int code, String part)
      throws Exception {
    Run run = ask(policy(CLASS), question);
    assertThat(run.out()).contains(part);
    assertThat(run.exitCode()).isEqualTo(code);
  }

  @Test
  void shouldTakeTheNameFromACertificateAndPrintJson() throws Exception {
    Identity device =
        CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", YEAR)
            .issueDevice(KeyAlgorithm.EC_P256, 1, YEAR);
    PairFiles files = PairFiles.in(directory, "device");
    files.write(device);
    Run run = ask(policy(CLASS), "read 0002 0B --json --cert " + files.certificate());
    assertThat(run.out().strip())
        .isEqualTo(
            "{\"allowed\":true,\"line\":2,\"reason\":\"%s, line 2 grants it\",\"exitCode\":0}"
                .formatted(directory.resolve("policy.toml")));
    ask(policy(CLASS), "read 0002 0B --cert " + files.key())
        .failsWith(ExitCode.USAGE, "holds no certificate, but a block named PRIVATE KEY")
        .out();
  }

  @Test
  void shouldBoundWhatItReads() throws Exception {
    ask(policy("x = [" + "\"0001\",".repeat(60_000) + "]"), "read 1 1")
        .failsWith(ExitCode.USAGE, "is larger than 64 KiB");
    ask(policy("#\n".repeat(10_000)), "read 1 1")
        .failsWith(ExitCode.USAGE, "more than 200 lines in a row that are empty or comments");
    String thousand = "[[grant]]\ncertificate = \"0001\"\nread = \"*\"\n".repeat(1_000);
    assertThat(ask(policy(thousand), "read 1 1 --certificate 0001").exitCode()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "read = 1, there is no 'read' in a policy, ''",
    "'', exclude each other, --certificate 0001 --cert none.pem",
    "'', none.pem, --cert none.pem"
  })
  void shouldPrintJsonForFailuresToo(String text, String part, String options) throws Exception {
    Run run = ask(policy(text), ("read 0002 0B --json " + options).strip());
    run.failsWith(ExitCode.USAGE, part);
    assertThat(JsonReader.object(run.out().strip()))
        .containsEntry("result", "none")
        .containsEntry("error", "usage")
        .containsEntry("exitCode", (long) ExitCode.USAGE)
        .hasEntrySatisfying("reason", reason -> assertThat(reason.toString()).contains(part));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "grant = 1 | line 1, column 1: write [[grant]], with two brackets",
        "[grant]\\nread = '*' | line 1, column 1: write [[grant]], with two brackets",
        "[[grants]]\\nread = '*' | line 1, column 1: there is no 'grants' in a policy, did you mean 'grant'?",
        "port = 1 | line 1, column 1: there is no 'port' in a policy",
        "[[grant]] | line 1, column 1: this grant allows nothing",
        "[[grant]]\\nread = '*'\\nwho = 'x' | line 3, column 1: there is no 'who' in a grant",
        "[[grant]]\\nread = 5 | line 2, column 1: read takes text in quotes, not 5",
        "[[grant]]\\nread = [] | line 2, column 1: read takes 1 to 1000 values, not 0",
        "[[grant]]\\nread = ['*', '0FAC:5'] | line 2, column 14: read takes devices and registers",
        "[[grant]]\\nwrite = '0FAD-0FAC' | line 2, column 1: write range of devices runs from",
        "[[grant]]\\nread = '*'\\nport = 'udp' | line 3, column 1: port is \"plain\", \"tls\" or \"console\"",
        "[[grant]]\\nread = '*'\\naddress = 'wwep.lab' | line 3, column 1: address takes an address or a network",
        "[[grant]]\\nread = '*'\\naddress = '192.168.1.5/24' | write \"192.168.1.0/24\" for the network",
        "[[grant]]\\nread = '*'\\ncertificate = '' | line 3, column 1: certificate takes the name",
        "[[grant]]\\nread = '*'\\ncertificate = '*'\\nport = 'plain' | line 4, column 1: the plain port sees no certificates",
        "[[grant]]\\nread = '*'\\ncertificate = '*'\\nport = 'console' | line 4, column 1: the console sees no certificates",
        "[[grant]]\\nread = | line 2, column 7: this is no TOML",
        "read | this is no TOML",
      })
  void shouldNameThePlaceOfAMistake(String text, String part) throws Exception {
    Path file = policy(text.replace("\\n", "\n"));
    Run run = ask(file, "read 0FAC 0B");
    run.failsWith(ExitCode.USAGE, file.toString(), part);
    assertThat(run.out()).isEmpty();
    // And so does a server, before it listens.
    Run.of("serve", "--store", "memory:", "--policy", file.toString())
        .failsWith(ExitCode.USAGE, file.toString(), part);
  }

  @Test
  void shouldTellTheConsoleFromThePorts() throws Exception {
    Path file = policy("[[grant]]\nport = 'console'\nwrite = '*'\n");
    assertThat(ask(file, "write 0FAC 0B --port console").exitCode()).isEqualTo(ExitCode.OK);
    assertThat(ask(file, "write 0FAC 0B --port tls").exitCode()).isEqualTo(ExitCode.REJECTED);
    assertThat(ask(file, "write 0FAC 0B").exitCode()).isEqualTo(ExitCode.REJECTED);
  }

  @Test
  void shouldRefuseWhatContradictsItself() throws Exception {
    Path file = policy(CLASS);
    ask(file, "read 0FAC 0B --certificate 0001 --port console")
        .failsWith(ExitCode.USAGE, "the console sees no certificates");
    ask(file, "read 0FAC 0B --certificate 0001 --port plain")
        .failsWith(ExitCode.USAGE, "the plain port sees no certificates");
    ask(file, "read 0FAC 0B --certificate 0001 --cert x.pem")
        .failsWith(ExitCode.USAGE, "exclude each other");
    ask(file, "reed 0FAC 0B").failsWith(ExitCode.USAGE, "did you mean 'read'?");
    ask(file, "read 0FAC 0B --address wwep.lab").failsWith(ExitCode.USAGE, "takes an IP address");
    ask(directory.resolve("none.toml"), "read 0FAC 0B")
        .failsWith(ExitCode.USAGE, "none.toml is not there");
    ask(directory, "read 0FAC 0B").failsWith(ExitCode.USAGE, "cannot be read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--client-auth required | --client-auth needs --client-ca",
        "--client-revoked x | --client-revoked needs --client-ca",
        "--bind-device off | --bind-device needs --client-ca",
        "--read-only tls --no-tls | --read-only is for the TLS port, and --no-tls is given too",
        "--read-only plain --no-plain | --read-only is for the plain port, and --no-plain is given too",
        "--client-ca ca.pem --no-tls | --client-ca is for TLS, and --no-tls is given too",
        "--client-ca none.pem | none.pem does not exist",
        "--client-auth sometimes | takes none, optional or required",
        "--bind-device yes | takes on or off",
        "--tls-profile old | takes modern, board or legacy",
      })
  void shouldRefuseOptionsThatDoNotGoTogether(String options, String part) {
    Run.of(
            Stream.concat(
                    Stream.of("serve", "--data", directory.resolve("data").toString()),
                    Arrays.stream(options.split(" +")))
                .toArray(String[]::new))
        .failsWith(ExitCode.USAGE, part);
    assertThat(directory.resolve("data")).doesNotExist();
  }

  private Serving serve(Path policy, String... more) {
    return Serving.start(
        Stream.concat(
                Stream.of("--store", "memory:", "--policy", policy.toString(), "--data"),
                Stream.concat(Stream.of(directory.toString()), Arrays.stream(more)))
            .toArray(String[]::new));
  }

  @Test
  void shouldTakeOverAPolicyThatChangesAndKeepItWhenTheNextIsBroken() throws Exception {
    Path file = policy("[[grant]]\nread = '*'\nwrite = '0FAC:0B'\n");
    try (Serving server = serve(file)) {
      assertThat(server.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      assertThat(server.exchange("W0FAC0C1234")).isEqualTo("X");
      assertThat(server.awaitLine(line -> line.contains("X denied")))
          .contains(
              "no [[grant]] in " + file, "a peer without a certificate (plain port, 127.0.0.1)");
      policy("[[grant]]\nread = '*'\nwrite = '0FAC:0C'\n");
      server.awaitLine(line -> line.contains("other rules hold from now on"));
      assertThat(server.exchange("W0FAC0B5678")).isEqualTo("X");
      assertThat(server.exchange("W0FAC0C1234")).isEqualTo("A0FAC0C1234");
      policy("[[grant]]\nread = '*'\nwrite = '0FAC:0X'\n");
      assertThat(server.awaitLine(line -> line.contains("were not replaced")))
          .contains("the old ones hold", "policy.toml, line 3, column 1");
      assertThat(server.exchange("W0FAC0C5678")).isEqualTo("A0FAC0C5678");
      assertThat(server.exchange("W0FAC0B5678")).isEqualTo("X");
      policy("[[grant]]\nread = '*'\nwrite = '0FAC:0C'\n");
      server.awaitLine(line -> line.contains("are again those that hold"));
    }
  }

  /** What one file says must not wait for the repair of another. */
  @Test
  void shouldRevokeAlsoWhileThePolicyIsBroken() throws Exception {
    PairFiles ca = PairFiles.in(directory, "ca");
    CertificateAuthority authority =
        CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", YEAR);
    ca.write(authority.identity());
    PairFiles board = PairFiles.in(directory, "board");
    Identity device = authority.issueDevice(KeyAlgorithm.EC_P256, 0x0FAC, YEAR);
    board.write(device);
    Path revoked = Files.writeString(directory.resolve("revoked"), "# nobody\n");
    Path file = policy("[[grant]]\ncertificate = '*'\nread = '*'\n");
    try (Serving server =
        serve(
            file,
            "--client-ca",
            ca.certificate().toString(),
            "--client-revoked",
            revoked.toString())) {
      assertThat(write(server, board)).isEqualTo(ExitCode.OK);
      policy("x = ");
      server.awaitLine(line -> line.contains("the rules of " + file + " were not replaced"));
      Files.writeString(revoked, device.fingerprint() + "\n");
      server.awaitLine(line -> line.contains("other rules hold") && line.contains("revoked"));
      assertThat(write(server, board)).isEqualTo(ExitCode.NOT_TRUSTED);
    }
  }

  private static int write(Serving server, PairFiles board) {
    return Run.of(
            "write",
            "--insecure",
            "--cert",
            board.certificate().toString(),
            "--port",
            String.valueOf(server.tlsPort()),
            "0FAC",
            "0B",
            "1234")
        .exitCode();
  }

  /** Who opens it waits for a writer, for ever. */
  @Test
  void shouldNotWaitForAPipeInThePlaceOfAFile() throws Exception {
    Path file = policy("[[grant]]\nread = '*'\n");
    try (Serving server = serve(file)) {
      Files.delete(file);
      assumeTrue(new ProcessBuilder("mkfifo", file.toString()).start().waitFor() == 0);
      server.awaitLine(line -> line.contains(file + " is no file any more, and is not read"));
      Files.delete(file);
      policy("[[grant]]\nread = '*'\nwrite = '0FAC'\n");
      server.awaitLine(line -> line.contains("other rules hold from now on"));
      assertThat(server.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--client-auth optional | who shows no certificate may write to every register",
        "--client-auth none | nobody is asked for a certificate of --client-ca",
      })
  void shouldWarnOfWhatUndoesTheCertificates(String options, String part) {
    PairFiles ca = PairFiles.in(directory, "ca");
    ca.write(CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", YEAR).identity());
    try (Serving server =
        Serving.start(
            Stream.concat(
                    Stream.of("--store", "memory:", "--no-plain", "--data", directory.toString()),
                    Stream.concat(
                        Stream.of("--client-ca", ca.certificate().toString()),
                        Arrays.stream(options.split(" "))))
                .toArray(String[]::new))) {
      assertThat(server.text()).contains(part);
    }
  }

  @Test
  void shouldWarnOfGrantsToCertificatesThatNobodyIsAskedFor() throws Exception {
    Path file = policy("[[grant]]\nread = 'own'\n");
    try (Serving server = serve(file)) {
      assertThat(server.text())
          .contains(file + " grants something to certificates, and nobody is asked for one");
    }
  }

  @Test
  void shouldTakeThemFromAConfigurationToo() throws Exception {
    policy("[[grant]]\nread = '*'\n");
    PairFiles ca = PairFiles.in(directory, "ca");
    ca.write(CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", YEAR).identity());
    Path config =
        Files.writeString(
            directory.resolve("wwep.toml"),
            "policy = '%s'\nclient-ca = '%s'\nbind-device = 'off'\ntls-profile = 'modern'\n"
                .formatted(directory.resolve("policy.toml"), ca.certificate()));
    try (Serving server =
        Serving.start(
            "--config", config.toString(), "--store", "memory:", "--data", directory.toString())) {
      assertThat(server.exchange("W0FAC0B1234")).isEqualTo("X");
    }
  }

  @Test
  void shouldWarnOfAPlainPortThatAsksNobodyAndOfTheUnsafeProfile() throws Exception {
    PairFiles ca = PairFiles.in(directory, "ca");
    ca.write(CertificateAuthority.create(KeyAlgorithm.EC_P256, "Class 4b", YEAR).identity());
    List<String> options =
        List.of("--store", "memory:", "--data", directory.toString(), "--client-ca");
    try (Serving server =
        Serving.start(
            Stream.concat(
                    options.stream(),
                    Stream.of(ca.certificate().toString(), "--tls-profile", "legacy"))
                .toArray(String[]::new))) {
      assertThat(server.text())
          .contains("the plain port asks nobody who it is", "--tls-profile legacy is unsafe")
          .contains("access  TLS clients show a certificate of " + ca.certificate());
    }
    try (Serving server =
        Serving.start(
            Stream.concat(
                    options.stream(),
                    Stream.of(ca.certificate().toString(), "--read-only", "plain"))
                .toArray(String[]::new))) {
      assertThat(server.text()).doesNotContain("note");
    }
  }
}
