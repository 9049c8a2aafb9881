package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.certs.Identities;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import io.wwep.certs.Validity;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StatusCommandTest {

  @TempDir private Path directory;
  private String data;

  @BeforeEach
  void name() {
    data = directory.resolve("data").toString();
  }

  private Path socket() {
    return Path.of(data, "wwep.control");
  }

  private Map<String, Object> json(int exitCode) {
    Run run = Run.of("status", "--data", data, "--json");
    assertThat(run.exitCode()).isEqualTo(exitCode);
    Map<String, Object> status = JsonReader.object(run.out());
    assertThat(status.get("exitCode")).isEqualTo((long) exitCode);
    return status;
  }

  @Test
  void shouldTellThatAServerIsUpAndDurable() throws Exception {
    try (Serving serving = Serving.start("--data", data)) {
      serving.exchange("W0FAC0B1234W0FAC0C0001");
      Run run = Run.of("status", "--data", data);

      assertThat(run.exitCode()).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(run.lines().get(0)).isEqualTo("wwep " + Version.number());
      assertThat(run.out())
          .containsPattern(
              "\n  state   up and durable since .* \\(\\d+ s ago\\), process "
                  + ProcessHandle.current().pid())
          .contains("\n  plain   port " + serving.plainPort() + "\n")
          .containsPattern(
              "\n  TLS     port %d\n          EC certificate until 20\\d\\d-\\d\\d-\\d\\d\n"
                  .formatted(serving.tlsPort()))
          .containsPattern("\n  data    sqlite .*wwep\\.db \\(fsync always\\): 1 device, 2 reg")
          .containsPattern("\n  commit  write 2, .* \\(\\d+ s ago\\)\n")
          .containsPattern("\n  open    \\d+ of 10000 connections\n")
          .contains("\n  served  2 requests, 0 of them rejected; 0 TLS handshakes, and 0 failed\n")
          .doesNotContain("  limit ")
          .doesNotContain("note");
    }
  }

  /** What is watched by a machine is the output for machines, weeks before boards notice. */
  @Test
  void shouldTellThatACertificateIsAboutToEnd() throws Exception {
    PairFiles files = PairFiles.in(Path.of(data), "server");
    Instant now = Instant.now();
    Validity almostOver =
        new Validity(now.minus(Duration.ofDays(100)), now.plus(Duration.ofDays(10)));
    files.write(
        Identities.selfSigned(
            KeyAlgorithm.EC_P256, List.of(ServerName.of("localhost")), almostOver));
    try (Serving serving =
        Serving.start(
            "--data",
            data,
            "--cert",
            files.certificate().toString(),
            "--key",
            files.key().toString())) {
      assertThat(serving.errors()).isEmpty();
      assertThat(Run.of("status", "--data", data).out())
          .contains("  note    certificate " + files.certificate() + " expires on ");
      Map<?, ?> certificates = (Map<?, ?>) json(ExitCode.OK).get("certificates");
      assertThat((List<?>) certificates.get("problems")).hasSize(1);
      assertThat((List<?>) certificates.get("shown")).hasSize(1);
    }
  }

  @Test
  void shouldTellWhichLimitsWereHit() throws Exception {
    try (Serving serving =
        Serving.start("--data", data, "--no-tls", "--max-requests-per-second", "1")) {
      serving.exchange("W0FAC0B1234R0FAC0B");
      assertThat(Run.of("status", "--data", data).out())
          .contains(
              "\n  limit   --max-requests-per-second was hit 1 time; the console and the log say by whom\n");
      Map<?, ?> limited = (Map<?, ?>) json(0).get("limited");
      assertThat(limited.get("max-requests-per-second")).isEqualTo(1L);
      assertThat(limited.get("max-connections")).isEqualTo(0L);
    }
  }

  @Test
  void shouldTellTheSameAsOneJsonObject() throws Exception {
    Instant before = Instant.now();
    try (Serving serving = Serving.start("--data", data, "--no-tls", "--max-connections", "7")) {
      assertThat(json(0).get("lastCommit")).isNull();
      serving.exchange("W0FAC0B1234");
      Map<String, Object> status = json(0);

      assertThat(status.get("result")).isEqualTo("up");
      assertThat(status.get("healthy")).isEqualTo(true);
      assertThat(status.get("durable")).isEqualTo(true);
      assertThat(status.get("plainPort")).isEqualTo((long) serving.plainPort());
      assertThat(status.get("tlsPort")).isNull();
      assertThat(status.get("registers")).isEqualTo(1L);
      assertThat(Instant.parse((String) status.get("since"))).isAfterOrEqualTo(before);
      assertThat(((Map<?, ?>) status.get("connections")).get("max")).isEqualTo(7L);
      Map<?, ?> requests = (Map<?, ?>) status.get("requests");
      assertThat(requests.get("answered")).isEqualTo(1L);
      assertThat(requests.get("rejected")).isEqualTo(0L);
      assertThat(requests.get("writes")).isEqualTo(1L);
      assertThat(requests.get("bytesRead")).isEqualTo(11L);
      assertThat((List<?>) ((Map<?, ?>) requests.get("latency")).get("counts"))
          .filteredOn(count -> count.equals(1L))
          .hasSize(1);
      assertThat(((Map<?, ?>) status.get("rejections")).get("not-written")).isEqualTo(0L);
      Map<?, ?> commit = (Map<?, ?>) status.get("lastCommit");
      assertThat(commit.get("number")).isEqualTo(1L);
      assertThat(Instant.parse((String) commit.get("time")))
          .isBetween(before.minusMillis(1), Instant.now());
      assertThat(status.get("failing")).isNull();
      assertThat(status.get("stuck")).isEqualTo(List.of());
    }
  }

  @Test
  void shouldTellSinceWhenAndWhyWritesFail() throws Exception {
    assumeTrue(File.separatorChar == '/', "an open file cannot be moved here");
    try (Serving serving = Serving.start("--data", data, "--no-tls")) {
      serving.exchange("W0FAC0B1234");
      Path file = Path.of(data, "wwep.db");
      Path aside = directory.resolve("aside.db");
      Files.move(file, aside);
      Map<String, Object> status = json(ExitCode.REJECTED);
      assertThat(status.get("durable")).isEqualTo(false);
      Map<?, ?> failing = (Map<?, ?>) status.get("failing");
      assertThat((String) failing.get("reason")).startsWith(file + " was removed or replaced");
      Instant since = Instant.parse((String) failing.get("since"));
      assertThat(((Map<?, ?>) json(ExitCode.REJECTED).get("failing")).get("since"))
          .isEqualTo(since.toString());
      Run run = Run.of("status", "--data", data);
      assertThat(run.exitCode()).isEqualTo(ExitCode.REJECTED);
      assertThat(run.out())
          .contains("state   up, not well since")
          .containsPattern("note    writes fail since .*: .* was removed or replaced");

      Files.move(aside, file);
      assertThat(json(0).get("durable")).isEqualTo(true);
    }
  }

  @Test
  void shouldTellThatNoServerRuns() {
    Run.of("status", "--data", data)
        .failsWith(ExitCode.NO_ANSWER, "no server runs on " + data, "serve --data", "by HOST");
    Map<String, Object> status = json(ExitCode.NO_ANSWER);
    assertThat(status.get("result")).isEqualTo("none");
    assertThat(status.get("error")).isEqualTo("down");
  }

  @Test
  void shouldTellThatAServerHasStoppedAndLeaveNothingBehind() {
    Serving serving = Serving.start("--data", data, "--no-tls");
    assertThat(socket()).exists();
    assertThat(serving.stop()).isZero();

    assertThat(socket()).doesNotExist();
    Run.of("status", "--data", data).failsWith(ExitCode.NO_ANSWER, "no server runs");
  }

  @Test
  void shouldReplaceTheSocketOfAKilledServer() throws Exception {
    try (Child killed = Child.serve(directory, "--data", data, "--no-tls")) {
      assertThat(killed.process().destroyForcibly().waitFor()).isNotZero();
    }
    assertThat(socket()).exists();
    Run.of("status", "--data", data).failsWith(ExitCode.NO_ANSWER, "no server runs");
    try (Serving serving = Serving.start("--data", data, "--no-tls")) {
      assertThat(serving.text()).doesNotContain("note");
      assertThat(Run.of("status", "--data", data).exitCode()).isZero();
    }
  }

  @Test
  void shouldLetNobodyButTheOwnerAsk() throws Exception {
    assumeTrue(File.separatorChar == '/', "there are no such permissions here");
    Files.createDirectories(Path.of(data));
    Files.setPosixFilePermissions(Path.of(data), PosixFilePermissions.fromString("rwxr-xr-x"));
    try (Serving serving = Serving.start("--data", data, "--no-tls")) {
      assertThat(serving.errors()).isEmpty();
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket())))
          .isEqualTo("rw-------");
      try (var files = Files.list(Path.of(data))) {
        assertThat(files.map(file -> file.getFileName().toString()))
            .containsOnlyOnce("wwep.control")
            .noneMatch(name -> name.startsWith("."));
      }
    }
  }

  @Test
  void shouldPutTheSocketElsewhereWhenThePathIsTooLong() throws Exception {
    Path deep = directory.resolve("d".repeat(120));
    data = deep.toString();
    Path elsewhere;
    try (Serving serving = Serving.start("--data", data, "--no-tls")) {
      assertThat(serving.text()).doesNotContain("note");
      elsewhere = Path.of(Files.readString(socket()).strip());
      assertThat(elsewhere).exists();
      assertThat(json(0).get("healthy")).isEqualTo(true);
    }
    assertThat(elsewhere.getParent()).doesNotExist();
    assertThat(socket()).doesNotExist();
  }

  @Test
  void shouldNotTakeTheSocketOfAServerThatRuns() throws Exception {
    try (Serving first = Serving.start("--data", data, "--no-tls");
        Serving second =
            Serving.start(
                "--data", data, "--no-tls", "--store", "sqlite:" + directory.resolve("b.db"))) {
      assertThat(second.text()).contains("note", "another server answers there", "--data");
      assertThat(json(0).get("plainPort")).isEqualTo((long) first.plainPort());
    }
  }

  @Test
  void shouldPointToTheHostForAServerThatKeepsNothing() {
    try (Serving serving = Serving.start("--data", data, "--no-tls", "--store", "memory:")) {
      Run.of("status", "--data", data)
          .failsWith(ExitCode.NO_ANSWER, "keeps its registers in memory only is asked by HOST");
      Run run = Run.of("status", "localhost:" + serving.plainPort());
      assertThat(run.exitCode()).isZero();
      assertThat(Path.of(data)).doesNotExist();
    }
  }

  @Test
  void shouldNotBeHeldUpByClientsThatDoNothing() throws Exception {
    List<SocketChannel> idle = new ArrayList<>();
    try (Serving serving = Serving.start("--data", data, "--no-tls")) {
      assertThat(serving.errors()).isEmpty();
      for (int i = 0; i < 50; i++) {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        client.connect(UnixDomainSocketAddress.of(socket()));
        idle.add(client);
      }
      assertThat(json(0).get("healthy")).isEqualTo(true);
    } finally {
      for (SocketChannel client : idle) {
        client.close();
      }
    }
  }

  @Test
  void shouldGiveUpOnAServerThatDoesNotAnswer() throws Exception {
    Files.createDirectories(Path.of(data));
    try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      silent.bind(UnixDomainSocketAddress.of(socket()));
      Run.of("status", "--data", data)
          .failsWith(ExitCode.NO_ANSWER, "has not answered within 5 s", "restart");
    }
  }

  @Test
  void shouldSayThatAFileIsNoDataDirectory() throws Exception {
    Path copy = Files.writeString(directory.resolve("copy.db"), "");
    for (Path below : List.of(copy, copy.resolve("x"))) {
      Run.of("status", "--data", below.toString())
          .failsWith(ExitCode.USAGE, copy + " is a file and not a data directory");
    }
  }

  @Test
  void shouldSayThatItCannotTellWhatAnotherProgramMeans() throws Exception {
    ask("hello").failsWith(ExitCode.USAGE, "cannot be asked", "no json");
  }

  @Test
  void shouldTellThatAServerIsDownThatWasJustEnding() throws Exception {
    ask("").failsWith(ExitCode.NO_ANSWER, "no server runs on " + data);
  }

  /** Asks something that answers with this text. */
  private Run ask(String answer) throws Exception {
    Files.createDirectories(Path.of(data));
    try (ServerSocketChannel other = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      other.bind(UnixDomainSocketAddress.of(socket()));
      Thread answering =
          new Thread(
              () -> {
                try (SocketChannel client = other.accept()) {
                  client.write(ByteBuffer.wrap(answer.getBytes(StandardCharsets.US_ASCII)));
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      answering.start();
      Run asked = Run.of("status", "--data", data);
      answering.join();
      return asked;
    }
  }

  @Test
  void shouldAskOverTheNetwork() throws Exception {
    try (Serving serving = Serving.start("--data", data)) {
      for (int port : List.of(serving.plainPort(), serving.tlsPort())) {
        Run unsure = Run.of("status", "localhost:" + port);
        assertThat(unsure.exitCode()).isZero();
        assertThat(unsure.out()).contains("port    plain, or that of TLS", "add --tls");
      }
      assertThat(serving.exchange("W0000001234")).isEqualTo("A0000001234");
      Run plain = Run.of("status", "localhost:" + serving.plainPort());
      assertThat(plain.exitCode()).isZero();
      assertThat(plain.out())
          .contains("localhost:" + serving.plainPort(), "state   up")
          .containsPattern("port    plain\\R")
          .containsPattern("connected in .* ms, answered in .* ms");
      Run tls =
          Run.of(
              "status", "localhost:" + serving.tlsPort(), "--ca", data + "/tls/ec.pem", "--json");
      Map<String, Object> status = JsonReader.object(tls.out());
      assertThat(tls.exitCode()).isZero();
      Map<?, ?> details = (Map<?, ?>) status.get("tls");
      assertThat((String) details.get("version")).isEqualTo("TLSv1.3");
      assertThat(Instant.parse((String) details.get("expires")))
          .isAfter(Instant.now().plusSeconds(86_400L * 365));
      assertThat(Run.of("status", "--port", "" + serving.plainPort()).exitCode()).isZero();
      Run.of("status", "localhost:" + serving.tlsPort(), "--tls")
          .failsWith(ExitCode.NOT_TRUSTED, "not trusted");
    }
  }

  @Test
  void shouldTellWhatDoesNotAnswerOverTheNetwork() throws Exception {
    Run.of("status", "localhost:1").failsWith(ExitCode.NO_ANSWER, "nothing listens");
    try (ServerSocket silent = new ServerSocket()) {
      silent.bind(new InetSocketAddress("localhost", 0));
      Run.of("status", "localhost:" + silent.getLocalPort(), "--timeout", "200ms")
          .failsWith(ExitCode.NO_ANSWER, "answers no read");
    }
  }

  @Test
  void shouldNotTakeTheReplyToAnotherRequestForAnAnswer() throws Exception {
    Misbehavior says = new Misbehavior.Says("A0FAC0C1234");
    try (MisbehavingServer server = MisbehavingServer.start(says)) {
      Run.of("status", "localhost:" + server.port())
          .failsWith(ExitCode.NO_ANSWER, "belongs to another request");
    }
  }

  @Test
  void shouldTellThatTheLockIsGoneBeforeAnybodyWrites() throws Exception {
    assumeTrue(File.separatorChar == '/', "an open file cannot be moved here");
    try (Serving serving = Serving.start("--data", data, "--no-tls")) {
      Files.delete(Path.of(data, "wwep.lock"));
      Map<?, ?> failing = (Map<?, ?>) json(ExitCode.REJECTED).get("failing");
      assertThat((String) failing.get("reason"))
          .contains("wwep.lock was removed", "stop the server");
      assertThat(serving.stop()).isZero();
    }
  }

  @Test
  void shouldNotCallAServerDownWhoseSocketWasRemoved() throws Exception {
    try (Serving serving = Serving.start("--data", data, "--no-tls")) {
      Files.delete(socket());
      Run.of("status", "--data", data)
          .failsWith(
              ExitCode.NO_ANSWER,
              "process %d, which runs".formatted(ProcessHandle.current().pid()),
              "restarted");
      assertThat(serving.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    }
  }

  @Test
  void shouldRefuseWhatContradictsItself() {
    Run.of("status", "localhost", "--data", data)
        .failsWith(ExitCode.USAGE, "leave one of the two out");
    Run.of("status", "localhost:99999").failsWith(ExitCode.USAGE, "1 to 65535");
    Run.of("status", "").failsWith(ExitCode.USAGE, "is empty");
  }
}
