package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class WatchCommandTest {

  private static final String TOKEN = "0123456789abcdef0123";

  @TempDir private Path directory;
  private String data;

  @BeforeEach
  void name() {
    data = directory.resolve("data").toString();
  }

  private Serving serve(String... more) {
    return Serving.start(
        with(more, "--data", data, "--no-tls", "--quiet", "--http", "127.0.0.1:0"));
  }

  private static String[] with(String[] more, String... first) {
    String[] all = Arrays.copyOf(first, first.length + more.length);
    System.arraycopy(more, 0, all, first.length, more.length);
    return all;
  }

  /** A process that watches already; it is told of what happened before it was there. */
  private Child watch(Serving server, String... options) throws Exception {
    Child child = Child.start(directory, with(options, "watch", "--data", data));
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              server.exchange("WFFFFFF0000 W");
              return !child.out().isEmpty();
            });
    return child;
  }

  private Map<String, Object> status() {
    return JsonReader.object(Run.of("status", "--data", data, "--json").out());
  }

  @Test
  void shouldPrintLinesAsTheServerDoes() throws Exception {
    try (Serving server = Serving.start("--data", data, "--no-tls", "--http", "127.0.0.1:0");
        Child watch = watch(server)) {
      server.exchange("W0FAC0B1234R0FAC0C");
      watch.awaitLine("R0FAC0C -> X not-written: nobody has written register 0C of device 0FAC");
      List<String> shown = server.lines().stream().filter(line -> line.contains("0FAC0")).toList();
      assertThat(watch.out().stream().filter(line -> line.contains("0FAC0")).toList())
          .hasSize(2)
          .isEqualTo(shown);
    }
  }

  @Test
  void shouldPrintObjectsOfWhatWasChosen() throws Exception {
    try (Serving server = serve();
        Child watch = watch(server, "--json", "--x-only", "--code", "too-long,bad-command")) {
      server.exchange("W0FAC0B1234");
      server.exchange("R0FAC0C");
      server.exchange("R0FAC0B\0");
      watch.awaitLine("R0FAC0B");
      String line =
          watch.out().stream().filter(each -> each.contains("0FAC0")).findFirst().orElseThrow();
      Map<String, Object> event = JsonReader.object(line);
      assertThat(event.get("event")).isEqualTo("transaction");
      assertThat(event.get("request")).isEqualTo("R0FAC0B\\x00");
      assertThat(event.get("code")).isEqualTo("too-long");
      assertThat(event.get("port")).isEqualTo("plain");
    }
  }

  @Test
  void shouldConnectAgainAndMissNothing() throws Exception {
    Serving first = serve();
    try (Child watch = watch(first)) {
      assertThat(first.stop()).isZero();
      await().until(() -> watch.err().toString().contains("is lost"));
      try (Serving second = serve()) {
        second.exchange("W0FAC0B4321");
        watch.awaitLine("W0FAC0B4321 -> A0FAC0B4321");
        assertThat(watch.err()).hasSize(2);
        assertThat(watch.err().get(0)).contains("127.0.0.1", ": trying again").contains("note: ");
        assertThat(watch.err().get(1)).contains("note: connected to http://", " again");
      }
    }
  }

  @Test
  void shouldShowATokenWhereTheConsoleAsksForOne() throws Exception {
    Assumptions.assumeTrue(File.separatorChar == '/', "there are no such permissions here");
    Path tokens = directory.resolve("tokens");
    Files.writeString(tokens, "# for the tests\nviewer: " + TOKEN + "\n");
    Files.setPosixFilePermissions(tokens, PosixFilePermissions.fromString("rw-------"));
    Path wrong = directory.resolve("wrong");
    Files.writeString(wrong, "another" + TOKEN);
    try (Serving server = serve("--http-token-file", tokens.toString());
        Child watch = watch(server, "--token-file", tokens.toString())) {
      assertThat(watch.err()).isEmpty();
      Run.of("watch", "--data", data).failsWith(ExitCode.USAGE, "--token-file");
      Run.of("watch", "--data", data, "--token-file", wrong.toString())
          .failsWith(ExitCode.USAGE, "does not know this token");
    }
    Files.writeString(wrong, "# nothing\n");
    Run.of("watch", "--token-file", wrong.toString())
        .failsWith(ExitCode.USAGE, "has no token", "first line");
    Run.of("watch", "--token-file", directory.resolve("none").toString())
        .failsWith(ExitCode.USAGE, "cannot be read (no such file or directory)");
  }

  @Test
  void shouldSayWhyThereIsNothingToWatch() throws Exception {
    Run.of("watch", "--data", data).failsWith(ExitCode.NO_ANSWER, "no server runs on " + data);
    assertThat(Run.of("watch", "--data", data, "--json").out())
        .contains("\"error\":\"down\"", "\"exitCode\":3");
    try (Serving server = Serving.start("--data", data, "--no-tls")) {
      Run.of("watch", "--data", data).failsWith(ExitCode.NO_ANSWER, "no console", "--no-http");
      assertThat(status().get("console")).isNull();
      Run.of("watch", "--url", "http://127.0.0.1:" + server.plainPort())
          .failsWith(ExitCode.NO_ANSWER, "cannot be reached", "--url");
    }
    Run.of("watch", "--url", "http://127.0.0.1:1/")
        .failsWith(ExitCode.NO_ANSWER, "nothing listens there");
    Misbehavior page = new Misbehavior.Says("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
    try (MisbehavingServer other = MisbehavingServer.start(page)) {
      Run.of("watch", "--url", "http://127.0.0.1:" + other.port())
          .failsWith(ExitCode.NO_ANSWER, "is no console of wwep (status 200)");
    }
  }

  @Test
  void shouldNotBelieveAnyServer() {
    try (Serving server = Serving.start("--data", data)) {
      Run.of("watch", "--url", "https://localhost:" + server.tlsPort())
          .failsWith(ExitCode.NOT_TRUSTED, "is not trusted", "--ca", "--pin");
      Run.of("watch", "--url", "https://localhost:" + server.plainPort())
          .failsWith(ExitCode.NO_ANSWER, "cannot be reached");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--url, ftp://localhost/, as in http://127.0.0.1:27780/",
    "--url, http://localhost/page, as in http://127.0.0.1:27780/",
    "--url, http://127.0.0.1:99999, as in http://127.0.0.1:27780/",
    "--url, http://127.0.0.1:0, as in http://127.0.0.1:27780/",
    "--url, http://my_host/, as in http://127.0.0.1:27780/",
    "--url, http://..:1/, as in http://127.0.0.1:27780/",
    "--url, http://[:::::]/, as in http://127.0.0.1:27780/",
    "--code, to-long, did you mean 'too-long'?",
    "--device, 0FACE, ''",
    "--door, back, 'plain, tls or console'"
  })
  void shouldRefuseWhatIsNoOption(String option, String value, String part) {
    Run.of("watch", option, value).failsWith(ExitCode.USAGE, option, part);
  }
}
