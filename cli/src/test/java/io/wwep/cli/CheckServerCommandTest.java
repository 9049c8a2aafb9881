package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.MutualTls;
import io.wwep.testkit.SmallServer;
import io.wwep.testkit.TestServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class CheckServerCommandTest {

  private static TestServer ours;
  private static SSLContext tls;

  @BeforeAll
  static void start() {
    ours = TestServer.start();
    tls = MutualTls.context(ours.identity().ec(), ours.identity().ec().certificate());
  }

  @AfterAll
  static void stop() {
    ours.close();
  }

  private static Run check(String server, String... options) {
    return Run.of(
        Stream.concat(Stream.of("class", "check-server", server), Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void shouldSayThatExercise04IsDone() {
    try (SmallServer small = SmallServer.plain()) {
      Run run = check("127.0.0.1:" + small.plainPort());

      assertThat(run.out()).contains("passed   plain  a write", "04  the plain server: done");
      assertThat(run.out()).contains("0 failed", "wrote to").doesNotContain("05  ");
      assertThat(run.err()).isEmpty();
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void shouldSayThatExercise05IsDone() {
    try (SmallServer small = SmallServer.tls(tls)) {
      String ca = ours.caFile().toString();
      Run run = check("127.0.0.1:" + small.tlsPort(), "--exercise", "05", "--ca", ca);

      assertThat(run.out()).contains("05  the TLS server: done").doesNotContain("04  ");
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void shouldSayThatExercise07IsDoneAndWithItTheOthers() {
    try (SmallServer small = SmallServer.both(tls)) {
      String place = "localhost:" + small.plainPort();
      Run run = check(place, "--tls-port", "" + small.tlsPort(), "--ca", ours.caFile().toString());

      assertThat(run.out())
          .contains("04  the plain server: done", "05  the TLS server: done")
          .contains("07  the server for both: done");
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void shouldExplainWhatFailsAboveWhatPasses() {
    try (MisbehavingServer server =
        MisbehavingServer.start(new Misbehavior.ClosesBeforeReply(true))) {
      Run run = check("127.0.0.1:" + server.port(), "--timeout", "300ms");

      assertThat(run.lines().get(0)).startsWith("FAILED   plain  a write");
      assertThat(run.out())
          .contains("came      the end of the connection (the server closed the connection without")
          .contains("mend      send the reply, A or X for whatever came, before closing")
          .contains("04  the plain server: not done: a write (expected A");
      assertThat(run.err()).startsWith("wwep: ").contains("mend the server");
      assertThat(run.exitCode()).isEqualTo(ExitCode.REJECTED);
    }
  }

  @Test
  void shouldSayThatATlsPortHasNoTls() {
    try (SmallServer small = SmallServer.plain()) {
      Run run =
          check(
              "127.0.0.1:" + small.plainPort(),
              "--exercise",
              "5",
              "--insecure",
              "--timeout",
              "300ms");

      assertThat(run.out()).contains("05  the TLS server: not done: a write", "TLS handshake");
      assertThat(run.exitCode()).isEqualTo(ExitCode.REJECTED);
    }
  }

  @Test
  void shouldPrintOneObject() {
    try (SmallServer small = SmallServer.plain()) {
      Run run = check("127.0.0.1:" + small.plainPort(), "--json", "--devices", "1A00-1AFF");

      assertThat(run.lines()).hasSize(1);
      Map<String, Object> json = JsonReader.object(run.out());
      assertThat(json.get("result")).isEqualTo("passed");
      assertThat(json.get("plain")).isEqualTo("127.0.0.1:" + small.plainPort());
      assertThat((List<?>) json.get("cases")).hasSizeGreaterThan(25);
      assertThat(run.out())
          .contains("\"exercises\":[{\"exercise\":\"04\",\"done\":true}]")
          .contains("\"case\":\"messages.a-write\",\"port\":\"plain\"")
          .contains("\"written\":[\"1A000B\"", "\"exitCode\":0");
      assertThat(run.exitCode()).isZero();
    }
  }

  @Test
  void shouldNotBlameTheServerForARangeThatIsTooSmall() {
    try (SmallServer small = SmallServer.plain()) {
      Run run = check("127.0.0.1:" + small.plainPort(), "--devices", "0600-0600");

      assertThat(run.err()).startsWith("wwep: ").contains("had no device", "--devices");
      assertThat(run.err()).doesNotContain("mend");
      assertThat(run.out()).contains("no device is left").doesNotContain("answered nothing");
      assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    }
  }

  @Test
  void shouldTellWhoIsNotThereFromWhoIsNotTrusted() {
    check("127.0.0.1:1").failsWith(ExitCode.NO_ANSWER, "nothing listens on 127.0.0.1:1");
    check("127.0.0.1:" + ours.tlsPort(), "--exercise", "05")
        .failsWith(ExitCode.NOT_TRUSTED, "is not trusted", "--ca");
  }

  @Test
  void shouldRefuseWhatDoesNotGoTogether() {
    check("localhost", "--exercise", "04", "--insecure")
        .failsWith(ExitCode.USAGE, "exercise 04 has no TLS");
    check("localhost:5", "--exercise", "05", "--tls-port", "6", "--insecure")
        .failsWith(ExitCode.USAGE, "5 and 6", "leave one of them out");
    check("localhost", "--exercise", "06").failsWith(ExitCode.USAGE, "takes 04, 05 or 07");
    check("local host").failsWith(ExitCode.USAGE, "SERVER");
    check("localhost", "--timeout", "5m").failsWith(ExitCode.USAGE, "1 minute");
    Run.of("class", "check-server").failsWith(ExitCode.USAGE, "SERVER is missing");
    Run.of("class", "check-servers").failsWith(ExitCode.USAGE, "did you mean 'check-server'");
  }

  @Test
  @SuppressWarnings("try") // It only has to be there.
  void shouldTellTheClassWhoseServerPassed(@TempDir Path directory) {
    String data = directory.resolve("data").toString();
    try (Serving server = Serving.start("--data", data, "--quiet", "--http", "127.0.0.1:0");
        SmallServer small = SmallServer.plain()) {
      Run run = check("127.0.0.1:" + small.plainPort(), "--for", "0312", "--data", data);

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(Run.of("class", "--csv", "--data", data).out()).contains("0312");
      Run all = Run.of("class", "--json", "--data", data);
      assertThat(all.out()).contains("\"exercise\":\"04\",\"state\":\"done\"");
    }
  }

  @Test
  @SuppressWarnings("try") // As above.
  void shouldTellTheClassWhatIsMissing(@TempDir Path directory) {
    String data = directory.resolve("data").toString();
    try (Serving server = Serving.start("--data", data, "--quiet", "--http", "127.0.0.1:0");
        MisbehavingServer wrong =
            MisbehavingServer.start(new Misbehavior.ClosesBeforeReply(true))) {
      check("127.0.0.1:" + wrong.port(), "--timeout", "200ms", "--for", "0312", "--data", data);

      assertThat(Run.of("class", "--json", "--data", data).out())
          .contains("\"exercise\":\"04\",\"state\":\"goingOn\"")
          .contains("send the reply, A or X for whatever came, before closing");
    }
  }

  @Test
  void shouldSayWhenTheClassCannotBeTold(@TempDir Path directory) {
    String data = directory.resolve("none").toString();
    try (SmallServer small = SmallServer.plain()) {
      Run run = check("127.0.0.1:" + small.plainPort(), "--for", "0312", "--data", data);

      assertThat(run.out()).contains("04  the plain server: done");
      assertThat(run.err()).startsWith("wwep: ");
      assertThat(run.exitCode()).isNotZero();
    }
    check("localhost", "--data", data).failsWith(ExitCode.USAGE, "add --for DEVICE");
  }
}
