package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.testkit.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TapCommandTest {

  private static final Pattern PORT = Pattern.compile("(?:connect to .*:|\"port\":)(\\d+)");

  private static TestServer server;
  @TempDir private Path directory;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A tap within this process, and what it prints. */
  private static final class Tapping implements AutoCloseable {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread thread;

    Tapping(boolean terminal, String... options) {
      List<String> args = new ArrayList<>(List.of("tap"));
      args.addAll(List.of(options));
      Console console =
          new Console(InputStream.nullInputStream(), print(out), print(err), terminal, false, true);
      thread =
          new Thread(
              () -> exitCode.complete(Cli.run(console, args.toArray(String[]::new))), "tapping");
      thread.setDaemon(true);
      thread.start();
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> exitCode.isDone() || PORT.matcher(text()).find());
    }

    private static Output print(ByteArrayOutputStream bytes) {
      return new Output(bytes, StandardCharsets.UTF_8, () -> false);
    }

    String text() {
      return out.toString(StandardCharsets.UTF_8);
    }

    /** Sends text and returns all that comes back. */
    String exchange(String request) throws IOException {
      Matcher port = PORT.matcher(text());
      assertThat(port.find()).as(text() + err).isTrue();
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(port.group(1)))) {
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
      }
    }

    void awaitText(String text) {
      await().atMost(Duration.ofSeconds(10)).until(() -> text().contains(text));
    }

    /** Ends it as a signal does; returns all that it printed. */
    String end() {
      thread.interrupt();
      assertThat(exitCode.orTimeout(10, TimeUnit.SECONDS).join()).isZero();
      return text();
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }

  private static String target() {
    return "127.0.0.1:" + server.plainPort();
  }

  @Test
  void shouldSayFirstWhatItIsForAndLastWhatItSaw() throws Exception {
    try (Tapping tap = new Tapping(false, "0", target())) {
      assertThat(tap.exchange("W0FAC0B1234R0FAC0B")).isEqualTo("A0FAC0B1234A0FAC0B1234");
      tap.awaitText("closed after");
      List<String> lines = tap.end().lines().toList();
      assertThat(lines).first().asString().contains("your own boards and classes", "consent");
      assertThat(lines).last().isEqualTo("stopped: 1 connection; 2 requests, 2 A, 0 X");
      assertThat(lines)
          .anyMatch(
              each ->
                  each.contains("#1 board → server W0FAC0B1234R0FAC0B segment 1, 18 bytes, +")
                      && each.contains("W0FAC0B1234: write 1234 to register 0B of device 0FAC"))
          .anyMatch(each -> each.contains("ms after R0FAC0B"));
    }
  }

  @Test
  void shouldPutTheMeaningBelowOnATerminal() throws Exception {
    try (Tapping tap = new Tapping(true, "0", target())) {
      assertThat(tap.exchange("w0FAC0B1234")).isEqualTo("X");
      tap.awaitText("closed after");
      assertThat(tap.end().lines().toList())
          .contains(
              " ".repeat(20) + "bad-command: the command letter is upper case: send W, not w");
    }
  }

  @Test
  void shouldPrintOneObjectForEachEvent() throws Exception {
    try (Tapping tap =
        new Tapping(
            false, "0", target(), "--json", "--rewrite", "W....05=.... -> 0001", "--fault", "x")) {
      assertThat(tap.exchange("W0FAC051234")).isEqualTo("X");
      tap.awaitText("\"closed\"");
      List<String> lines = tap.end().lines().toList();
      assertThat(lines).allMatch(each -> each.startsWith("{\"time\":\"") && each.endsWith("}"));
      assertThat(String.join("\n", lines))
          .contains(
              "\"event\":\"purpose\"",
              "\"event\":\"opened\",\"connection\":1",
              "\"from\":\"board\",\"segment\":1,\"bytes\":11,\"text\":\"W0FAC051234\"",
              "\"kind\":\"write\",\"text\":\"W0FAC051234\"",
              "\"came\":\"W0FAC051234\",\"forwarded\":\"W0FAC050001\"",
              "\"event\":\"fault\",\"connection\":1,\"fault\":\"x\"",
              "\"event\":\"stop\",\"connections\":1");
    }
  }

  @Test
  void shouldWarnWhenItListensBeyondThisMachine() throws Exception {
    try (Tapping tap = new Tapping(false, "0.0.0.0:0", target())) {
      assertThat(tap.exchange("R0FAC7F")).isEqualTo("X");
      tap.end();
      assertThat(tap.err.toString(StandardCharsets.UTF_8))
          .contains("listens beyond this machine", "have their consent");
    }
  }

  @Test
  void shouldSignWithAGivenCa() throws Exception {
    assertThat(Run.of("cert", "ca", "--out", directory.toString()).exitCode()).isZero();
    String ca = directory.resolve("ca.pem").toString();
    try (Tapping tap =
        new Tapping(
            false,
            "0",
            "127.0.0.1:" + server.tlsPort(),
            "--ca",
            server.caFile().toString(),
            "--sign-with",
            ca)) {
      Matcher port = PORT.matcher(tap.text());
      assertThat(port.find()).isTrue();
      Run write =
          Run.of(
              "write",
              "--host",
              "127.0.0.1",
              "--port",
              port.group(1),
              "--ca",
              ca,
              "0FAC",
              "0B",
              "4321");
      assertThat(write.out()).contains("4321");
      assertThat(tap.end()).contains("TLSv1.3", "took the tap's certificate");
    }
  }

  /** Bad input, and what names it and its cure. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '"',
      value = {
        "tap;                                    LISTEN is missing",
        "tap 27709;                              TARGET is missing",
        "tap x localhost;                        LISTEN takes PORT or ADDR:PORT",
        "tap 70000 localhost;                    LISTEN takes a port from 0 to 65535",
        "tap :1 localhost;                       LISTEN takes PORT or ADDR:PORT",
        "tap wwep.lab:1 localhost;               LISTEN takes an IP address of this machine",
        "tap 0 http://wwep.lab;                  without scheme and port",
        "tap 0 localhost:0;                      TARGET takes a port from 1 to 65535",
        "tap 0 localhost more;                   'more' is one argument too many",
        "tap 0 localhost --fault spilt;          --fault takes no 'spilt', did you mean 'split'?",
        "tap 0 localhost --fault nothing-at-all; there are split, delay, drop-reply",
        "tap 0 localhost --fault delay;          delay takes a time from 1ms to 10m, as in delay=300ms",
        "tap 0 localhost --fault delay=x;        with a time from 1ms to 10m",
        "tap 0 localhost --fault delay=1h;       with a time from 1ms to 10m",
        "tap 0 localhost --fault x=1s;           takes x without a time",
        "tap 0 localhost --fault x@0FA;          a device of four hex digits, as in 0FAC, or a board's IP address",
        "tap 0 localhost --fault x --fault reset;  x and reset cannot be done to the same board",
        "tap 0 localhost --fault expired;        goes with --tls",
        "tap 0 localhost --fault expired@0FAC;   comes before the first frame",
        "tap 0 localhost --rewrite W....0G=....->0001;  column 7",
        "tap 0 localhost --rewrite-replies;      --rewrite-replies goes with --rewrite",
        "tap 0 localhost --save-max 1MB;         --save-max goes with --save",
        "tap 0 localhost --save a --save-max 1;  takes a size from 10kB to 1000GB",
        "tap 0 localhost --save a --save-max x;  takes a whole number with kB, MB or GB",
        "tap 0 localhost --ca nowhere.pem;       nowhere.pem",
        "tap 0 localhost --tls --sign-with nowhere.pem;  nowhere.pem",
        "tap 0 localhost --insecure --pin 00;    exclude each other",
        "tap 0 localhost --key a.pem;            --key goes with --cert",
        "tap 192.0.2.77:0 localhost;             cannot listen on 192.0.2.77:0",
        "tap 0 localhost --fautl x;              did you mean '--fault'?",
      })
  void shouldSayInOneSentenceWhatIsWrong(String arguments, String reason) {
    Run.of(arguments.split(" ")).failsWith(ExitCode.USAGE, reason);
  }

  @Test
  void shouldSayWhereTheKeyOfWhoSignsBelongs() throws Exception {
    Run.of("cert", "ca", "--ec", "--out", directory.toString());
    Path ca = Files.move(directory.resolve("ca.pem"), directory.resolve("a.pem"));
    Run run = Run.of("tap", "0", "localhost", "--tls", "--sign-with", ca.toString());
    run.failsWith(ExitCode.USAGE, "a.key.pem): put it there");
    assertThat(run.err()).doesNotContain("--ca-key");
  }

  @Test
  void shouldNotReplaceAFileWithACapture() throws Exception {
    Path file = Files.writeString(directory.resolve("a.pcapng"), "mine");
    Run.of("tap", "0", target(), "--save", file.toString())
        .failsWith(ExitCode.USAGE, "is there already: name another file, or delete it");
    assertThat(file).hasContent("mine");
  }

  @Test
  void shouldTellWhatTheTargetIsLikeWhenItIsDown() throws Exception {
    try (Tapping tap = new Tapping(false, "0", "127.0.0.1:1")) {
      assertThat(tap.exchange("R0FAC0B")).isEmpty();
      tap.awaitText("nothing listens on 127.0.0.1:1");
      assertThat(tap.end()).contains("#1 no-server:", "the board sees its connection closed");
    }
  }
}
