package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands of a class, before a real server. */
@Timeout(120)
class ClassCommandTest {

  private static final String TOKENS =
      "editor: editor-0123456789-editor\nviewer: viewer-0123456789-viewer\nsender: sender-0123456789-sender\n";

  @TempDir private Path directory;
  private Serving server;

  private String data() {
    return directory.resolve("data").toString();
  }

  @BeforeEach
  void serve() {
    server = Serving.start("--data", data(), "--quiet", "--http", "127.0.0.1:0");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Run run(String... command) {
    return Run.of(onData(command));
  }

  private String[] onData(String... command) {
    String[] all = Arrays.copyOf(command, command.length + 2);
    all[command.length] = "--data";
    all[command.length + 1] = data();
    return all;
  }

  /** Ports are in the status: a quiet server prints none. */
  private int port(String name) {
    Map<String, Object> status = JsonReader.object(run("status", "--json").out());
    return ((Long) status.get(name)).intValue();
  }

  private void says(String message) throws IOException {
    try (Socket board = new Socket(InetAddress.getLoopbackAddress(), port("plainPort"))) {
      board.getOutputStream().write(message.getBytes(StandardCharsets.US_ASCII));
      board.shutdownOutput();
      board.getInputStream().readAllBytes();
    }
  }

  private Run awaitList(String part) {
    return await().until(() -> run("class"), list -> list.out().contains(part));
  }

  @Test
  void shouldSayHowAServerWithoutADirectoryIsAsked() {
    Run.of("class", "--data", data() + "-none")
        .failsWith(ExitCode.NO_ANSWER, "no server runs on", "is asked with --url");
  }

  @Test
  void shouldListDevicesThoseThatAreStuckFirst() throws Exception {
    assertThat(run("class").out()).contains("no device has come yet");
    says("W0312050001");
    says("W0312050000");
    says("W0312050001");
    says("W031205");
    says("W04F1050001");
    awaitList("04F1");
    says("w0100050001".replace('w', 'W') + "\0");
    Run list = awaitList("0100");

    assertThat(list.exitCode()).isZero();
    List<String> lines = list.lines();
    assertThat(lines.get(0).split("\\s+"))
        .contains("device", "name", "01", "02", "03", "04", "05", "06", "07", "verifies");
    assertThat(lines.get(1)).startsWith("stuck  0100");
    assertThat(lines.get(2)).contains("strlen()");
    assertThat(list.out()).containsPattern("(?m)^ {7}0312 +ok +ok +- +- +- +- +-$");
    assertThat(list.out()).contains("01: it wrote 0001, and not yet 0000");
    assertThat(lines.get(lines.size() - 1)).startsWith("3 devices, 1 stuck");
    run("class", "--watch")
        .failsWith(ExitCode.USAGE, "draws on a terminal", "leave it out", "wwep watch prints");
  }

  @Test
  void shouldNameDevicesAndHaveThemStartOver() throws Exception {
    says("W0312050001");
    awaitList("0312");

    assertThat(run("class", "name", "312", "Table 3").out()).contains("0312 is Table 3");
    assertThat(run("class").out()).containsPattern("0312 +Table 3 +\\.\\.");
    run("class", "name", "0312", " ").failsWith(ExitCode.USAGE, "1 to 40 characters");
    assertThat(run("class", "reset", "0312").out()).contains("starts over");
    assertThat(run("class").out()).containsPattern("0312 +Table 3 +-");
    assertThat(run("class", "name", "0312").out()).contains("has no name any more");
    assertThat(run("class", "reset", "--yes").exitCode()).isZero();
    assertThat(run("class").out()).contains("no device has come yet");
  }

  @Test
  void shouldForgetWhatAWholeClassHasDoneOnlyWhenSomebodySaysSo() throws Exception {
    says("W0312050001");
    awaitList("0312");
    String[] reset = onData("class", "reset");

    run("class", "reset").failsWith(ExitCode.USAGE, "no terminal to ask at", "add --yes");
    for (String answer : List.of("", "\n", "n\n", "no way\n", "yesterday\n")) {
      Run declined = Run.atTerminal(answer, reset);
      assertThat(declined.exitCode()).isEqualTo(ExitCode.REJECTED);
      assertThat(declined.out()).contains("of 1 device;", "[y/N] ", "nothing was changed");
    }
    assertThat(run("class").out()).contains("0312");

    assertThat(Run.atTerminal("y\n", reset).out()).contains("the class starts over");
    assertThat(run("class").out()).contains("no device has come yet");
    assertThat(Run.atTerminal("Yes\n", reset).exitCode()).isZero();
  }

  @Test
  void shouldExportTablesInWhichNoNameDoesHarm() {
    run("class", "name", "0312", "=HYPERLINK(\"x\")|<b>");
    run("class", "name", "0313", "@home, left");

    List<String> csv = run("class", "--csv").lines();
    assertThat(csv.get(0))
        .isEqualTo(
            "device,name,address,seen,stuck,01,02,03,04,05,06,07,done,verifies,next,diagnosis");
    assertThat(csv.get(1)).startsWith("0312,\"'=HYPERLINK(\"\"x\"\")|<b>\",,,no,open,open,");
    assertThat(csv.get(2)).startsWith("0313,\"'@home, left\",");
    List<String> markdown = run("class", "--markdown").lines();
    assertThat(markdown).hasSize(4);
    assertThat(markdown.get(2))
        .startsWith("| 0312 | =HYPERLINK\\(\"x\"\\)\\|\\<b\\> | open | open |");
    Map<String, Object> json = JsonReader.object(run("class", "--json").out());
    assertThat(ClassClient.devices(json)).extracting(ClassDevice::device).contains("0312");
    run("class", "--csv", "--json").failsWith(ExitCode.USAGE, "exclude each other");
  }

  @Test
  void shouldProbeADeviceThatDoesNotVerify() throws Exception {
    int tls = port("tlsPort");
    says("W0312050001");
    awaitList("0312");
    CompletableFuture<Run> probe =
        CompletableFuture.supplyAsync(() -> run("class", "probe", "0312", "--json"));
    await().until(() -> run("class").out().contains("a probe waits for it at 127.0.0.1"));

    Run board = Run.of("write", "0312", "05", "0000", "--tls", "--insecure", "--port", "" + tls);

    assertThat(board.exitCode()).isZero();
    Run result = probe.get();
    assertThat(result.exitCode()).isEqualTo(ExitCode.REJECTED);
    Map<String, Object> json = JsonReader.object(result.out());
    assertThat(json).containsEntry("outcome", "taken").containsEntry("verifies", false);
    assertThat(run("class").out()).containsPattern("0312 .* no\n");
  }

  @Test
  void shouldProbeADeviceThatVerifies() throws Exception {
    int tls = port("tlsPort");
    String root = directory.resolve("data/tls/ec.pem").toString();
    says("W0312050001");
    awaitList("0312");
    CompletableFuture<Run> probe =
        CompletableFuture.supplyAsync(() -> run("class", "probe", "0312"));
    await().until(() -> run("class").out().contains("a probe waits for it at 127.0.0.1"));
    String[] write = {"write", "0312", "05", "0000", "--ca", root, "--port", "" + tls, "--tls"};

    assertThat(Run.of(write).exitCode()).isEqualTo(ExitCode.NOT_TRUSTED);

    assertThat(probe.get().exitCode()).isZero();
    assertThat(probe.get().out()).contains("waiting up to 2 min", "it verifies the server");
    assertThat(Run.of(write).exitCode()).isZero();
  }

  @Test
  void shouldAskForAnAddressOrForceWhereDevicesShareOne() throws Exception {
    says("W0312050001");
    says("W0313050001");
    awaitList("0313");

    run("class", "probe", "0312").failsWith(ExitCode.USAGE, "0313 came from 127.0.0.1 too");
    run("class", "probe", "0400").failsWith(ExitCode.USAGE, "nobody knows where 0400 is");
  }

  /** Its order arrives nowhere, so that there is nothing to call off. */
  @Test
  void shouldSayThatAProbeIsCalledOffBeforeItBegan() throws Exception {
    try (ServerSocket console = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + console.getLocalPort();
      CompletableFuture<Run> ended = new CompletableFuture<>();
      Thread command =
          new Thread(() -> ended.complete(Run.of("class", "probe", "0312", "--url", url)));
      command.start();
      try (Socket order = console.accept()) {
        assertThat(head(order)).startsWith("POST ");
        command.interrupt(); // as a signal does
        for (int each = 0; each < 2; each++) {
          refuse(console);
        }
        ended
            .get()
            .failsWith(ExitCode.NO_ANSWER, "the probe of 0312 was called off before it began");
      }
    }
  }

  private static String head(Socket client) throws IOException {
    BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
    String first = reader.readLine();
    for (String line = first; !line.isEmpty(); line = reader.readLine()) {
      // Headers, of which none matters.
    }
    return first;
  }

  private static void refuse(ServerSocket console) throws IOException {
    String problem = "{\"detail\":\"no probe of 0312 is under way: there is nothing to call off\"}";
    try (Socket client = console.accept()) {
      assertThat(head(client)).startsWith("DELETE ");
      client
          .getOutputStream()
          .write(
              "HTTP/1.1 409 Conflict\r\nContent-Type: application/problem+json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n%s"
                  .formatted(problem.length(), problem)
                  .getBytes(StandardCharsets.US_ASCII));
    }
  }

  @Test
  void shouldTellWhereItIsNotAnswered() throws Exception {
    stop();
    run("class").failsWith(ExitCode.NO_ANSWER, "no server runs on");
    Path tokens = Files.writeString(directory.resolve("tokens"), TOKENS);
    if (tokens.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    }
    Path viewer = Files.writeString(directory.resolve("viewer"), "viewer-0123456789-viewer");
    server =
        Serving.start(
            "--data",
            data(),
            "--quiet",
            "--http",
            "127.0.0.1:0",
            "--http-token-file",
            tokens.toString());
    run("class").failsWith(ExitCode.USAGE, "--token-file");
    assertThat(run("class", "--token-file", viewer.toString()).exitCode()).isZero();
    run("class", "name", "0312", "Table 3", "--token-file", viewer.toString())
        .failsWith(ExitCode.USAGE, "a viewer may not do this");
    Path sender =
        Files.writeString(directory.resolve("sender"), "sender: sender-0123456789-sender");
    assertThat(run("class", "--token-file", sender.toString()).exitCode()).isZero();
    run("class", "name", "0312", "Table 3", "--token-file", sender.toString())
        .failsWith(ExitCode.USAGE, "a sender may not do this");
    assertThat(run("class", "name", "0312", "Table 3", "--token-file", tokens.toString()).out())
        .contains("Table 3");
  }
}
