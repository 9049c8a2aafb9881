package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.PairFiles;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.MutualTls;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** --cert and --key of each command that talks to a server, at servers that want a certificate. */
@Timeout(120)
class ClientCertificateCommandsTest {

  @TempDir private static Path directory;

  private static MisbehavingServer tls13;
  private static MisbehavingServer tls12;

  @TempDir private Path own;

  @BeforeAll
  static void makeAndServe() {
    for (String each : List.of("here", "elsewhere")) {
      cert(each, "ca", "--name", each);
      cert(each, "device", "0FAC");
    }
    cert("here", "server", "localhost", "127.0.0.1");
    tls13 = serve("TLSv1.3");
    tls12 = serve("TLSv1.2");
  }

  @AfterAll
  static void stop() {
    tls13.close();
    tls12.close();
  }

  private static void cert(String folder, String... arguments) {
    List<String> all = new ArrayList<>(List.of("cert"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--ec", "--out", directory.resolve(folder).toString()));
    assertThat(Run.of(all.toArray(String[]::new)).exitCode()).isZero();
  }

  private static MisbehavingServer serve(String version) {
    return MisbehavingServer.start(
        new Misbehavior.Behaves(),
        MutualTls.context(
            PairFiles.in(directory.resolve("here"), "localhost").read(),
            PairFiles.in(directory.resolve("here"), "ca").read().certificate()),
        MutualTls.required(version));
  }

  private static String file(String name) {
    return directory.resolve(name).toString();
  }

  private static Run at(MisbehavingServer server, String words, String... more) {
    List<String> all = new ArrayList<>(List.of(words.split(" ")));
    all.addAll(List.of("--port", Integer.toString(server.port())));
    all.addAll(List.of("--ca", file("here/ca.pem")));
    all.addAll(List.of(more));
    return Run.of(all.toArray(String[]::new));
  }

  private static List<MisbehavingServer> servers() {
    return List.of(tls12, tls13);
  }

  @ParameterizedTest
  @CsvSource({
    "write 0FAC 0B 1234, 1234",
    "dump 0FAC, 0FAC",
    "send W0FAC0B1234, A0FAC0B1234",
    "status --host localhost, 'asked for a client certificate, and took the one given'",
    "bench --duration 1s --warmup 100ms --connections 2 --allow-remote, requests"
  })
  void shouldShowTheCertificate(String words, String printed) {
    for (MisbehavingServer server : servers()) {
      Run run = at(server, words, "--cert", file("here/device-0FAC.pem"));
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains(printed);
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void shouldShowTheCertificateOfABoard() {
    for (MisbehavingServer server : servers()) {
      Run run =
          Run.typing(
              "1q",
              "board",
              "--mac",
              "00:A0:50:12:34:56",
              "--tls-port",
              Integer.toString(server.port()),
              "--ca",
              file("here/ca.pem"),
              "--cert",
              file("here/device-0FAC.pem"));
      assertThat(run.out()).contains("A018C050001");
      assertThat(run.exitCode()).isZero();
      assertThat(server.stored("018C05")).hasValue("0001");
    }
  }

  @Test
  void shouldShowItOrNotAsABoardsScriptSays() {
    for (MisbehavingServer server : servers()) {
      Run run =
          Run.typing(
              "press 1\nexpect A\nidentity off\npress 1\nexpect not-trusted\nidentity on\npress 1\nexpect A",
              "board",
              "--script",
              "-",
              "--timeout",
              "30s",
              "--tls-port",
              Integer.toString(server.port()),
              "--ca",
              file("here/ca.pem"),
              "--cert",
              file("here/device-0FAC.pem"));
      assertThat(run.err()).isEmpty();
      assertThat(run.out()).contains("wants a client certificate", "CN=0FAC");
      assertThat(run.exitCode()).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"read 0FAC 0B --json", "bench --duration 1s --json"})
  void shouldCallItByOneWordInJson(String words) {
    Run run = at(tls13, words);
    assertThat(JsonReader.object(run.out().strip()))
        .containsEntry("error", "not-admitted")
        .containsEntry("exitCode", (long) ExitCode.NOT_TRUSTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "read 0FAC 0B",
        "write 0FAC 0B 1234",
        "dump 0FAC",
        "send R0FAC0B",
        "status --host localhost",
        "bench --duration 1s"
      })
  void shouldSayThatTheServerWantsOne(String words) {
    for (MisbehavingServer server : servers()) {
      at(server, words)
          .failsWith(
              ExitCode.NOT_TRUSTED,
              "wants a client certificate signed by CN=here,OU=CA,O=WWEP, and none was given",
              "give one with --cert FILE");
    }
  }

  @Test
  void shouldSayThatTheServerWantsOneOfItsOwnCa() {
    for (MisbehavingServer server : servers()) {
      at(server, "read 0FAC 0B", "--cert", file("elsewhere/device-0FAC.pem"))
          .failsWith(
              ExitCode.NOT_TRUSTED,
              "takes only client certificates signed by CN=here,OU=CA,O=WWEP",
              "was signed by CN=elsewhere,OU=CA,O=WWEP");
    }
  }

  @Test
  void shouldTellScriptsThatItIsNotAdmitted() {
    Run run = at(tls13, "write 0FAC 0C 0001", "--json");
    assertThat(run.out())
        .contains("\"result\":\"none\",\"error\":\"not-admitted\"", "\"exitCode\":4")
        .doesNotContain("mayBeStored");
    assertThat(
            at(tls13, "send W0FAC0B1234", "--json", "--cert", file("here/device-0FAC.pem")).out())
        .contains("\"clientCertificate\":\"shown\"");
  }

  @Test
  void shouldSayToABoardThatTheServerWantsOne() {
    Run run =
        Run.typing(
            "1q",
            "board",
            "--tls-port",
            Integer.toString(tls13.port()),
            "--ca",
            file("here/ca.pem"));
    assertThat(run.out()).contains("wants a client certificate signed by CN=here");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_TRUSTED);
  }

  @Test
  void shouldTakeAKeyOfAnotherNameOrFromTheSameFile() throws Exception {
    Path key = Path.of(file("here/device-0FAC.key.pem"));
    Path moved = Files.copy(key, own.resolve("k.pem"), StandardCopyOption.COPY_ATTRIBUTES);
    String certificate = file("here/device-0FAC.pem");
    Run apart = at(tls13, "write 1 1 1", "--cert", certificate, "--key", moved.toString());
    assertThat(apart.exitCode()).as(apart.err()).isZero();
    Path both = own.resolve("both.pem");
    Files.writeString(both, Files.readString(Path.of(certificate)) + Files.readString(key));
    Run one = at(tls13, "write 1 1 1", "--cert", both.toString(), "--key", both.toString());
    assertThat(one.exitCode()).as(one.err()).isZero();
  }

  @Test
  void shouldExplainWhatCannotBeShown() throws Exception {
    Path alone = Files.copy(Path.of(file("here/device-0FAC.pem")), own.resolve("alone.pem"));
    at(tls13, "read 1 1", "--cert", alone.toString())
        .failsWith(
            ExitCode.USAGE,
            "the private key of %s is not where it is expected (%s): give its file with --key"
                .formatted(alone, own.resolve("alone.key.pem")));
    at(tls13, "read 1 1", "--key", alone.toString())
        .failsWith(ExitCode.USAGE, "--key goes with --cert: give the certificate's file too");
    at(tls13, "read 1 1", "--cert", file("here/localhost.pem"))
        .failsWith(ExitCode.USAGE, "is not made for clients", "wwep cert device");
    at(tls13, "read 1 1", "--cert", file("here/device-0FAC.key.pem"))
        .failsWith(
            ExitCode.USAGE,
            "device-0FAC.key.pem holds a private key: give the certificate's file there");
    at(tls13, "read 1 1", "--cert", packed(alone)).failsWith(ExitCode.USAGE, "like PKCS#12");
    at(tls13, "read 1 1", "--cert", file("none.pem"))
        .failsWith(ExitCode.USAGE, "the certificate file", "is not there");
    at(tls13, "bench", "--cert", file("here/localhost.pem"))
        .failsWith(ExitCode.USAGE, "is not made for clients");
    at(
            tls13,
            "read 1 1",
            "--cert",
            file("here/device-0FAC.pem"),
            "--key",
            file("elsewhere/device-0FAC.key.pem"))
        .failsWith(ExitCode.USAGE, "does not belong to the certificate");
  }

  private String packed(Path certificate) throws Exception {
    Path password = Files.writeString(own.resolve("pw"), "secret");
    String packed = own.resolve("packed.p12").toString();
    Run made =
        Run.of(
            "cert",
            "convert",
            certificate.toString(),
            file("here/device-0FAC.key.pem"),
            packed,
            "--password-file",
            password.toString());
    assertThat(made.exitCode()).as(made.err()).isZero();
    return packed;
  }

  /** Whoever names a certificate means TLS, and its port. */
  @Test
  void shouldImplyTls() {
    Run run =
        Run.of(
            "read",
            "1",
            "1",
            "--port",
            Integer.toString(tls13.port()),
            "--cert",
            file("here/device-0FAC.pem"));
    run.failsWith(ExitCode.NOT_TRUSTED, "its issuer, CN=here,OU=CA,O=WWEP, is not trusted");
  }
}
