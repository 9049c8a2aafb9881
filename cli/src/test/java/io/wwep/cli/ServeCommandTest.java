package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identities;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.PairFiles;
import io.wwep.certs.Validity;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Period;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServeCommandTest {

  private static final String TIME = "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d\\.\\d{3}";
  private static final String PEER = "127\\.0\\.0\\.1:\\d+";

  @TempDir private Path directory;
  private String data;

  @BeforeEach
  void name() {
    data = directory.resolve("data").toString();
  }

  @Test
  void shouldTellWhereItListensWhereTheDataIsAndWhatItShows() throws Exception {
    try (Serving serving = Serving.start("--data", data)) {
      String banner = serving.text();
      assertThat(banner).startsWith("wwep " + Version.number());
      assertThat(banner).containsPattern("\n  plain +port \\d+ on .*localhost\n");
      assertThat(banner).containsPattern("\n  TLS +port \\d+ on the same\n");
      assertThat(banner)
          .containsPattern(
              "\n  data +sqlite .*wwep\\.db \\(fsync always\\): 0 devices, 0 registers\n");
      for (Path file :
          Identities.loadOrCreate(Path.of(data, "tls"), Clock.systemUTC()).certificateFiles()) {
        assertThat(banner).contains(file.toString());
      }
      String fingerprint =
          Identities.loadOrCreate(Path.of(data, "tls"), Clock.systemUTC()).ec().fingerprint();
      assertThat(banner).contains("SHA-256 " + fingerprint).containsPattern("engine +\\S+");
      assertThat(banner).doesNotContain("\u001B").doesNotContain("Ctrl-C");
      assertThat(serving.errors()).isEmpty();
    }
  }

  @Test
  void shouldPrintOneLineForEachTransaction() throws Exception {
    try (Serving serving = Serving.start("--data", data)) {
      assertThat(serving.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      assertThat(serving.exchange("R0BAC0B")).isEqualTo("X");
      String accepted = serving.awaitLine(line -> line.contains("W0FAC0B1234"));
      assertThat(accepted).matches(TIME + " plain " + PEER + " W0FAC0B1234 -> A0FAC0B1234");
      String rejected = serving.awaitLine(line -> line.contains("R0BAC0B"));
      assertThat(rejected)
          .matches(TIME + " plain " + PEER + " R0BAC0B -> X not-written: nobody has written .*");
    }
  }

  @Test
  void shouldSayTlsForTransactionsOverTls() throws Exception {
    try (Serving serving = Serving.start("--data", data)) {
      String port = String.valueOf(serving.tlsPort());
      assertThat(Run.of("write", "0FAC", "0B", "1234", "--insecure", "--port", port).exitCode())
          .isZero();
      assertThat(serving.awaitLine(line -> line.contains("W0FAC0B1234")))
          .matches(TIME + " TLS " + PEER + " W0FAC0B1234 -> A0FAC0B1234");
    }
  }

  @Test
  void shouldAlignAndColorOnATerminal() throws Exception {
    try (Serving serving = Serving.onTerminal(true, "--data", data)) {
      serving.exchange("W0FAC0B1234");
      serving.exchange("R0BAC0B");
      serving.awaitLine(line -> line.contains("nobody has written"));
      String shown = serving.text();
      assertThat(shown).contains("W0FAC0B1234  \u001B[32mA0FAC0B1234\u001B[0m");
      assertThat(shown).containsPattern("R0BAC0B      \u001B\\[1;31mX\u001B\\[0m  .*not-written");
      assertThat(shown).containsPattern("\n {21}\u001B\\[2mnobody has written register 0B");
      assertThat(shown).contains("Ctrl-C stops the server");
    }
  }

  @Test
  void shouldNotColorWhereNobodyWantsIt() throws Exception {
    try (Serving serving = Serving.onTerminal(false, "--data", data)) {
      serving.exchange("R0BAC0B");
      serving.awaitLine(line -> line.startsWith(" ".repeat(21) + "nobody has written"));
      assertThat(serving.text()).doesNotContain("\u001B");
    }
  }

  @Test
  void shouldPrintNoTransactionsWhenQuiet() throws Exception {
    try (Serving serving = Serving.start("--data", data, "--quiet")) {
      serving.exchange("W0FAC0B1234");
      assertThat(serving.stop()).isZero();
      assertThat(serving.lines()).hasSize(5);
      assertThat(serving.text()).contains("plain", "TLS", "data", "stopped: ");
      assertThat(serving.text()).doesNotContain("W0FAC0B1234").doesNotContain("SHA-256");
    }
  }

  @Test
  void shouldPrintOneJsonObjectForEachEvent() throws Exception {
    try (Serving serving = Serving.start("--data", data, "--log", "json")) {
      serving.exchange("W0FAC0B1234");
      serving.exchange("hello\0");
      String instant = "\"time\":\"\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z\"";
      assertThat(serving.lines().get(0))
          .matches(
              Pattern.compile(
                  "\\{%s,\"event\":\"start\",\"version\":\".*\",\"plainPort\":\\d+,\"tlsPort\":\\d+,\"console\":null,\"addresses\":\\[.*\"localhost\"],\"store\":\"sqlite .*\",\"devices\":0,\"registers\":0,\"certificates\":\\[\\{\"kind\":\"EC\",\"sha256\":\"[0-9A-F:]{95}\",\"file\":\".*ec.pem\"},\\{.*}],\"access\":\\[],\"warnings\":\\[.*],\"engine\":\".*\"}"
                      .formatted(instant)));
      String head =
          "\\{%s,\"event\":\"transaction\",\"port\":\"plain\",\"peer\":\"%s\","
              .formatted(instant, PEER);
      assertThat(serving.awaitLine(line -> line.contains("W0FAC0B1234")))
          .matches(head + "\"request\":\"W0FAC0B1234\",\"reply\":\"A0FAC0B1234\"}");
      assertThat(serving.awaitLine(line -> line.contains("hello")))
          .matches(
              head
                  + "\"request\":\"hello\\\\\\\\x00\",\"reply\":\"X\",\"code\":\"bad-command\",\"reason\":\"a frame starts with .*\"}");
      assertThat(serving.stop()).isZero();
      assertThat(serving.awaitLine(line -> line.contains("\"stop\"")))
          .matches(
              "\\{%s,\"event\":\"stop\",\"reason\":\"stopped: 1 device, 1 register .*\"}"
                  .formatted(instant));
    }
  }

  @Test
  void shouldCountWhatItLeavesOutUnderLoad() throws Exception {
    try (Serving serving = Serving.start("--data", data, "--store", "memory:");
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), serving.plainPort())) {
      byte[] requests = "W0FAC0B1234".repeat(1000).getBytes(StandardCharsets.US_ASCII);
      for (int i = 0; i < 20; i++) {
        socket.getOutputStream().write(requests);
        assertThat(socket.getInputStream().readNBytes(11 * 1000)).hasSize(11 * 1000);
      }
      assertThat(serving.awaitLine(line -> line.startsWith("… "))).matches("… [\\d,]+ more");
    }
  }

  @Test
  void shouldSayWhatBecameOfTheRegisters() throws Exception {
    try (Serving serving = Serving.start("--data", data)) {
      serving.exchange("W0FAC0B1234W0FAC0C0001");
      assertThat(serving.stop()).isZero();
      assertThat(serving.lines().get(serving.lines().size() - 1))
          .startsWith("stopped: 1 device, 2 registers are safe in sqlite " + data);
    }
    try (Serving serving = Serving.start("--data", data)) {
      assertThat(serving.text()).contains("(fsync always): 1 device, 2 registers");
      assertThat(serving.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
    }
    try (Serving serving = Serving.start("--store", "memory:", "--no-tls")) {
      assertThat(serving.stop()).isZero();
      assertThat(serving.text()).contains("0 registers were in memory only and are gone");
    }
  }

  @Test
  void shouldMakeNothingOnDiskForAStoreInMemoryWithoutTls() throws Exception {
    try (Serving serving = Serving.start("--store", "memory:", "--no-tls", "--data", data)) {
      assertThat(serving.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      assertThat(serving.text()).containsPattern("TLS +off");
      assertThat(Path.of(data)).doesNotExist();
    }
  }

  @Test
  void shouldGiveTheServerWhatTheOptionsSay() throws Exception {
    try (Serving serving =
        Serving.start(
            "--store",
            "memory:",
            "--no-tls",
            "--explain",
            "--read-only",
            "plain",
            "--transport",
            "nio",
            "--bind",
            "127.0.0.1")) {
      assertThat(serving.exchange("W0FAC0B1234")).isEqualTo("X denied   ");
      assertThat(serving.text()).containsPattern("plain +port \\d+ on 127\\.0\\.0\\.1\n");
      assertThat(serving.text()).containsPattern("engine +NIO");
    }
  }

  @Test
  void shouldSayWhichLimitWasHit() throws Exception {
    String[] options = {"--store", "memory:", "--no-tls", "--max-requests-per-second", "1"};
    try (Serving serving = Serving.start(options)) {
      assertThat(serving.exchange("W0FAC0B1234W0FAC0B5678")).isEqualTo("A0FAC0B1234X");
      assertThat(serving.awaitLine(line -> line.contains("limited")))
          .matches(
              TIME
                  + " plain "
                  + PEER
                  + " W0FAC0B5678 -> X limited: requests come from 127\\.0\\.0\\.1 faster than 1 a second: send fewer, .* --max-requests-per-second");
    }
    try (Serving serving =
            Serving.start(
                "--store",
                "memory:",
                "--no-tls",
                "--log",
                "json",
                "--max-connections-per-address",
                "1");
        Socket first = new Socket(InetAddress.getLoopbackAddress(), serving.plainPort())) {
      first.getOutputStream().write("R0FAC0B".getBytes(StandardCharsets.US_ASCII));
      assertThat(first.getInputStream().read()).isEqualTo('X');
      assertThat(serving.exchange("")).isEqualTo("X");
      assertThat(serving.awaitLine(line -> line.contains("limited")))
          .contains("\"reply\":\"X\"", "\"code\":\"limited\"")
          .contains("from 127.0.0.1 as one address may have (1)");
    }
  }

  @Test
  void shouldShowTheGivenCertificate() throws Exception {
    Path tls = directory.resolve("given");
    var identity = Identities.loadOrCreate(tls, Clock.systemUTC());
    String cert = tls.resolve("rsa.pem").toString();
    String key = tls.resolve("rsa.key.pem").toString();
    try (Serving serving =
        Serving.start("--data", data, "--store", "memory:", "--cert", cert, "--key", key)) {
      assertThat(serving.text()).contains(cert, identity.rsa().fingerprint());
      assertThat(serving.text()).doesNotContain(identity.ec().fingerprint());
      assertThat(Path.of(data)).doesNotExist();
      Run read =
          Run.of("read", "1", "1", "--ca", cert, "--port", String.valueOf(serving.tlsPort()));
      assertThat(read.exitCode()).isEqualTo(ExitCode.REJECTED);
    }
  }

  /**
   * A board's own is at hand where a class's are made, and only some boards look at the purpose.
   */
  @Test
  void shouldSayThatACertificateIsNotMadeForServers() throws Exception {
    CertificateAuthority ca =
        CertificateAuthority.create(
            KeyAlgorithm.EC_P256, "ca", Validity.starting(Clock.systemUTC(), Period.ofDays(9)));
    PairFiles device = PairFiles.in(Path.of(data).resolveSibling("device"), "device-0001");
    device.write(
        ca.issueDevice(
            KeyAlgorithm.EC_P256, 1, Validity.starting(Clock.systemUTC(), Period.ofDays(9))));
    try (Serving serving =
        Serving.start(
            "--data",
            data,
            "--store",
            "memory:",
            "--cert",
            device.certificate().toString(),
            "--key",
            device.key().toString())) {
      assertThat(serving.text() + serving.errors())
          .contains(
              "certificate %s is not made for servers (its extended key usage lacks serverAuth)"
                  .formatted(device.certificate()),
              "'wwep cert server'");
    }
  }
}
