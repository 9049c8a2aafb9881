package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The tap as a command, between programs of others and the server. */
@Timeout(120)
class TapToolsTest {

  private static final Pattern REPLY = Pattern.compile("(?s).*A0FAC0B1234.*");

  @TempDir private Path directory;
  private WwepProcess server;
  private WwepProcess tap;

  @BeforeEach
  void start() {
    server = WwepProcess.serve(directory);
  }

  @AfterEach
  void stop() {
    if (tap != null) {
      tap.close();
    }
    server.close();
  }

  /** Starts the command; returns the port that boards connect to. */
  private String tap(int target, String... options) {
    List<String> arguments = new ArrayList<>(List.of("tap", "0", "127.0.0.1:" + target));
    arguments.addAll(List.of(options));
    tap = WwepProcess.start(directory, arguments.toArray(String[]::new));
    String line = tap.awaitLine(each -> each.strip().startsWith("boards"));
    return line.substring(line.lastIndexOf(':') + 1);
  }

  private String ec() {
    return directory.resolve("wwep-data/tls/ec.pem").toString();
  }

  private Tool.Result openssl(String port, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + port));
    command.addAll(List.of(options));
    return Tool.of(command.toArray(String[]::new)).run("W0FAC0B1234", REPLY);
  }

  @Test
  void shouldShowWhatNetcatSendsAndEndWithASummary() throws Exception {
    Path capture = directory.resolve("seen.pcapng");
    String port = tap(server.plainPort(), "--save", capture.toString());
    assertThat(Tool.of("nc", "-q", "2", "127.0.0.1", port).run("W0FAC0B1234\n").out())
        .isEqualTo("A0FAC0B1234");
    tap.awaitLine(line -> line.contains("#1 closed after"));
    // As Ctrl-C does, which a test in the background cannot send; Process.destroy() would close the
    // output.
    Tool.of("kill", String.valueOf(tap.pid())).run("");
    assertThat(tap.awaitExit()).isZero();
    assertThat(tap.output())
        .first()
        .asString()
        .contains("your own boards and classes, with the consent of all");
    assertThat(tap.output())
        .last()
        .asString()
        .matches("stopped: 1 connection; 1 request, 1 A, 0 X; \\d+ packets in .*");
    assertThat(tap.errors()).isEmpty();
    Tool.Result shown =
        Tool.of("tshark", "-r", capture.toString(), "-q", "-z", "follow,tcp,ascii,0").run("");
    assertThat(shown.out()).contains("W0FAC0B1234", "A0FAC0B1234");
  }

  @Test
  void shouldReadAClientThatDoesNotVerify() throws Exception {
    String port = tap(server.tlsPort(), "--ca", ec(), "--rewrite", "A....0B=.... -> 0000");
    assertThat(
            Tool.of("openssl", "s_client", "-quiet", "-connect", "127.0.0.1:" + port)
                .run("W0FAC0B1234", Pattern.compile("(?s).*A0FAC0B0000.*"))
                .out())
        .contains("A0FAC0B0000");
    tap.awaitLine(line -> line.contains("board → server W0FAC0B1234 segment 1"));
    tap.awaitLine(line -> line.contains("altered from A0FAC0B1234"));
    server.awaitLine(line -> line.contains(" TLS ") && line.contains("W0FAC0B1234 -> A"));
  }

  @Test
  void shouldHaveAKeyForBoardsThatKnowRsaAlone() throws Exception {
    String port = tap(server.tlsPort(), "--ca", ec());
    Tool.Result read = openssl(port, "-tls1_2", "-cipher", "ECDHE-RSA-AES128-GCM-SHA256");
    assertThat(read.out()).as(read.err()).contains("A0FAC0B1234");
    tap.awaitLine(line -> line.contains("TLSv1.2, TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"));
  }

  @Test
  void shouldSayThatAClientHangsUpThatVerifies() throws Exception {
    String port = tap(server.tlsPort(), "--ca", ec());
    Tool.Result refused = openssl(port, "-verify_return_error", "-CAfile", ec());
    assertThat(refused.exit()).isNotZero();
    assertThat(refused.out()).doesNotContain("A0FAC0B");
    tap.awaitLine(
        line ->
            line.contains("board hung up with unknown_ca: alert 48: the board verifies")
                && line.contains("safe from a man in the middle"));
    assertThat(tap.output()).noneMatch(line -> line.contains("segment"));
  }

  @Test
  void shouldShowOneFaultAtATimeToWhoTrustsItsCa() throws Exception {
    assertThat(WwepProcess.start(directory, "cert", "ca").awaitExit()).isZero();
    String ca = directory.resolve("ca.pem").toString();
    String port = tap(server.tlsPort(), "--ca", ec(), "--sign-with", ca, "--fault", "expired");
    Tool.Result refused = openssl(port, "-verify_return_error", "-CAfile", ca);
    assertThat(refused.err()).contains("certificate has expired").doesNotContain("unable to get");
    tap.awaitLine(line -> line.contains("board hung up with certificate_expired: alert 45: "));
    tap.awaitLine(line -> line.contains("fault expired"));
  }
}
