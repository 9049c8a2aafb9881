package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a process of its own can show: signals, exit codes, streams that nobody reads. */
@Timeout(120)
class ProcessTest {

  private static final Duration STOP_TIME_MAX = Duration.ofSeconds(2);

  @TempDir private Path directory;

  private static String exchange(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  private static void assumeSignals() {
    assumeFalse(System.getProperty("os.name").startsWith("Windows"), "Windows has no signals");
  }

  /** Background jobs of a shell inherit it, and hand it on to the servers they start. */
  private static boolean isInterruptIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    return Files.readAllLines(status).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void shouldStopWithinTwoSecondsWithEverythingSafe(String signal) throws Exception {
    assumeSignals();
    assumeFalse(
        signal.equals("INT") && isInterruptIgnored(), "these tests run with SIGINT ignored");
    try (Child server = Child.serve(directory);
        Socket idle = new Socket(InetAddress.getLoopbackAddress(), server.plainPort())) {
      assertThat(idle.isConnected()).isTrue();
      assertThat(exchange(server.plainPort(), "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      server.signal(signal);
      assertThat(server.awaitExit()).isLessThan(STOP_TIME_MAX);
      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).isEmpty();
      assertThat(server.out().get(server.out().size() - 1))
          .startsWith("stopped: 1 device, 1 register are safe in sqlite wwep-data");
    }
    try (Child server = Child.serve(directory)) {
      assertThat(exchange(server.plainPort(), "R0FAC0B")).isEqualTo("A0FAC0B1234");
    }
  }

  /** To a service, the signal says that its files shall be read again. */
  @Test
  void shouldReadTheCertificatesAgainWhenHungUpWithoutATerminal() throws Exception {
    assumeSignals();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "setsid is not installed");
    try (Child server = Child.under("setsid", directory, Serving.args())) {
      server.awaitServing();
      server.signal("HUP");
      server.awaitLine("the certificate files are those that TLS shows");
      Path tls = directory.resolve("wwep-data").resolve("tls");
      Files.delete(tls.resolve("ec.key.pem"));
      server.signal("HUP");
      server.awaitLine("the certificate was not replaced");
      assertThat(server.out()).noneMatch(line -> line.contains("pipe"));
      assertThat(exchange(server.plainPort(), "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      server.signal("TERM");
      assertThat(server.awaitExit()).isLessThan(STOP_TIME_MAX);
      assertThat(server.exitCode()).isZero();
    }
  }

  /** Somebody has closed the window in which it ran. */
  @Test
  void shouldStopWhenItsTerminalIsGone() throws Exception {
    assumeSignals();
    assumeTrue(System.getProperty("os.name").equals("Linux"), "script takes other options");
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/script")), "script is not installed");
    try (Child server = Child.onTerminal(directory, Serving.args())) {
      server.awaitServing();
      server.java().ifPresent(ProcessTest::hangUp);
      server.awaitExit();
      assertThat(server.out()).anyMatch(line -> line.contains("stopped: 0 devices"));
    }
  }

  private static void hangUp(ProcessHandle java) {
    try {
      new ProcessBuilder("kill", "-HUP", String.valueOf(java.pid())).start().waitFor();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void shouldStopWithoutAWordWhenTheSignalComesDuringTheStart() throws Exception {
    assumeSignals();
    try (Child server = Child.start(directory, Serving.args())) {
      // The lock is taken right before the certificates are made, which takes a while.
      Path lock = directory.resolve("wwep-data").resolve("wwep.lock");
      await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(lock));
      server.signal("TERM");
      assertThat(server.awaitExit()).isLessThan(STOP_TIME_MAX);
      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).isEmpty();
    }
    try (Child server = Child.serve(directory)) {
      assertThat(exchange(server.plainPort(), "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    }
  }

  @Test
  void shouldGoOnWhenStandardOutputIsClosed() throws Exception {
    assumeSignals();
    try (Child server = Child.serve(directory, "--no-tls")) {
      int port = server.plainPort();
      server.process().getInputStream().close();
      for (int i = 0; i < 20; i++) {
        assertThat(exchange(port, "W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      }
      server.signal("TERM");
      assertThat(server.awaitExit()).isLessThan(STOP_TIME_MAX);
      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).isEmpty();
    }
  }

  @Test
  void shouldGoOnAndStopWhenNobodyReadsStandardOutput() throws Exception {
    assumeSignals();
    int port;
    try (ServerSocket free = new ServerSocket(0)) {
      port = free.getLocalPort();
    }
    try (Child server =
        Child.unread(
            directory,
            "serve",
            "--no-http",
            "--port",
            "" + port,
            "--no-tls",
            "--store",
            "memory:")) {
      await()
          .atMost(Duration.ofSeconds(20))
          .ignoreExceptions()
          .until(() -> exchange(port, "W0FAC0B1234").equals("A0FAC0B1234"));
      // Each X has a line of about 140 bytes: more than any pipe holds.
      for (int i = 0; i < 4_000; i++) {
        assertThat(exchange(port, "R0BAC0B")).isEqualTo("X");
      }
      server.signal("TERM");
      assertThat(server.awaitExit()).isLessThan(STOP_TIME_MAX);
      assertThat(server.exitCode()).isZero();
    }
  }

  @Test
  void shouldExitWith2AndOneSentenceWhenItCannotStart() throws Exception {
    try (ServerSocket taken = new ServerSocket(0);
        Child server =
            Child.start(
                directory,
                "serve",
                "--no-http",
                "--tls-port",
                "0",
                "--port",
                "" + taken.getLocalPort())) {
      server.awaitExit();
      assertThat(server.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(server.out()).isEmpty();
      assertThat(server.err()).hasSize(1);
      assertThat(server.err().get(0))
          .startsWith("wwep: port " + taken.getLocalPort() + " is in use")
          .doesNotContain("Exception");
    }
  }

  @Test
  void shouldNameTheProcessThatHasTheData() throws Exception {
    try (Child first = Child.serve(directory);
        Child second = Child.start(directory, Serving.args())) {
      second.awaitExit();
      assertThat(second.exitCode()).isEqualTo(ExitCode.USAGE);
      assertThat(second.err()).hasSize(1);
      assertThat(second.err().get(0))
          .contains("is in use by another wwep server")
          .contains("(process " + first.process().pid() + ")");
    }
  }

  @Test
  void shouldExitWithTheCodesOfTheClientCommands() throws Exception {
    try (Child server = Child.serve(directory)) {
      String port = String.valueOf(server.plainPort());
      assertThat(exitCode("write", "0FAC", "0B", "1234", "--port", port)).isZero();
      assertThat(exitCode("read", "0FAC", "0B", "--port", port)).isZero();
      assertThat(exitCode("read", "0BAC", "0B", "--port", port)).isEqualTo(1);
      assertThat(exitCode("read", "0BAC")).isEqualTo(2);
      assertThat(exitCode("read", "1", "1", "--port", "1")).isEqualTo(3);
    }
  }

  @Test
  void shouldExitWith74WhenTheDiskIsFull() throws Exception {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "there is no /dev/full here");
    try (Child version = Child.into(full.toFile(), directory, "--version")) {
      version.awaitExit();
      assertThat(version.exitCode()).isEqualTo(ExitCode.OUTPUT_LOST);
      assertThat(version.err()).hasSize(1);
      assertThat(version.err().get(0)).startsWith("wwep: the output cannot be written (");
    }
  }

  @Test
  void shouldSayNothingWhenTheReaderHasLeft() throws Exception {
    try (Child help = Child.unread(directory, "help", "serve")) {
      help.process().getInputStream().close();
      help.awaitExit();
      assertThat(help.exitCode()).isZero();
      assertThat(help.err()).isEmpty();
    }
  }

  @Test
  void shouldNameTheCommandAsItWasTypedInWhatPeopleCopy() throws Exception {
    try (Child server = Child.serve(directory, "--no-tls")) {
      String port = String.valueOf(server.plainPort());
      assertThat(complaint("read", "0BAC", "0B", "--port", port))
          .contains("as in './wwep write 0BAC 0B 1234'");
      assertThat(complaint("dump", "0BAC", "--port", port))
          .contains("as in './wwep write 0BAC 0B 1234'");
    }
    assertThat(complaint("sevre")).contains("did you mean 'serve'? Try './wwep help'");
    assertThat(complaint("read", "0BAC")).contains("try './wwep help read'");
    assertThat(complaint("serve", "--no-plain", "--no-tls")).contains("try './wwep help serve'");
  }

  private String complaint(String... args) throws InterruptedException {
    try (Child child = Child.startAs("./wwep", directory, args)) {
      child.awaitExit();
      assertThat(child.err()).hasSize(1);
      return child.err().get(0);
    }
  }

  private int exitCode(String... args) throws InterruptedException {
    try (Child child = Child.start(directory, args)) {
      child.awaitExit();
      return child.exitCode();
    }
  }
}
