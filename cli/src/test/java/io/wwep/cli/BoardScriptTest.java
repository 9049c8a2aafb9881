package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code wwep board --script}. */
@Timeout(60)
class BoardScriptTest {

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

  private static Run play(String script, String... options) {
    List<String> args = new ArrayList<>(List.of("board", "--script", "-"));
    args.addAll(List.of("--timeout", "30s")); // Whatever else this machine does.
    args.addAll(List.of("--mac", "00:A0:50:12:34:56", "--host", "127.0.0.1"));
    args.addAll(List.of("--port", String.valueOf(server.plainPort())));
    args.addAll(List.of("--tls-port", String.valueOf(server.tlsPort())));
    args.addAll(List.of(options));
    return Run.typing(script, args.toArray(String[]::new));
  }

  private static Object field(String line, String name) throws IOException {
    return JsonReader.object(line).get(name);
  }

  @Test
  void shouldPrintAnObjectForEachStep() throws Exception {
    Run run = play("press 0\nexpect A\nsend W01234\nexpect X # as it should be\n");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.lines()).hasSize(4);
    String press = run.lines().get(0);
    assertThat(field(press, "line")).hasToString("1");
    assertThat(field(press, "command")).isEqualTo("press 0");
    assertThat(field(press, "device")).isEqualTo("018C");
    assertThat(field(press, "ok")).isEqualTo(true);
    assertThat(field(press, "tls")).isEqualTo(false);
    assertThat(field(press, "sent")).isEqualTo("W018C050001");
    assertThat(field(press, "received")).isEqualTo("A018C050001");
    assertThat(field(press, "result")).isEqualTo("A");
    assertThat(field(press, "verdict")).isEqualTo("fine");
    assertThat(field(press, "meaning")).isEqualTo("accepted: the server stored 0001, LED on");
    assertThat(((Number) field(press, "millis")).doubleValue()).isPositive();
    assertThat(field(run.lines().get(3), "command")).isEqualTo("expect X");
  }

  @Test
  void shouldReadAFile() throws Exception {
    Path file = Files.writeString(directory.resolve("test.wwep"), "read tls\nexpect A\n");
    Run run =
        play(
            "", "--script", file.toString(), "--ca", server.caFile().toString(), "--mac", "random");
    assertThat(run.exitCode()).isEqualTo(ExitCode.REJECTED);
    assertThat(run.err())
        .contains("1 of 2 steps failed, the first in line 2 (expect A), board ", "X came");
  }

  @Test
  void shouldEndWithWhatWentWrong() {
    assertThat(play("press 0\nexpect X").exitCode()).isEqualTo(ExitCode.REJECTED);
    assertThat(play("press 0\nexpect A", "--port", "1").exitCode()).isEqualTo(ExitCode.NO_ANSWER);
    assertThat(play("press 0\nexpect none", "--port", "1").exitCode()).isZero();
    assertThat(play("press 1").exitCode()).isEqualTo(ExitCode.NOT_TRUSTED);
    assertThat(play("press 1", "--pin", "00".repeat(32)).exitCode())
        .isEqualTo(ExitCode.NOT_TRUSTED);
    assertThat(play("press 1\nexpect not-trusted", "--pin", "00".repeat(32)).exitCode()).isZero();
  }

  @Test
  void shouldSendNothingOfAScriptThatIsWrong() {
    int before = server.events().size();
    Run run = play("press 0\n  expct A\n");
    run.failsWith(
        ExitCode.USAGE,
        "standard input:2:3: there is no command 'expct'",
        "did you mean 'expect'?");
    assertThat(run.out()).isEmpty();
    assertThat(server.events()).hasSize(before);
    play("verify root").failsWith(ExitCode.USAGE, "standard input:1:8: ", "--ca FILE");
    play("").failsWith(ExitCode.USAGE, "standard input:1:1: the script has no step");
  }

  @Test
  void shouldSayWhyAFileCannotBeRead() throws Exception {
    play("", "--script", directory.resolve("none").toString())
        .failsWith(ExitCode.USAGE, "is not there: check the path");
    play("", "--script", directory.toString()).failsWith(ExitCode.USAGE, "cannot be read");
    play("", "--script", " ").failsWith(ExitCode.USAGE, "--script is empty");
    Path huge = Files.writeString(directory.resolve("huge"), "#".repeat((1 << 20) + 1));
    play("", "--script", huge.toString()).failsWith(ExitCode.USAGE, "larger than 1 MiB");
    Path binary = Files.write(directory.resolve("binary"), new byte[] {0, (byte) 0xFF, 7, 27});
    Run run = play("", "--script", binary.toString()).failsWith(ExitCode.USAGE, "no command");
    assertThat(run.err()).doesNotContain("\u001B", "\u0007");
  }

  @Test
  void shouldSwitchVerificationAndTakeSeveralTrusts() {
    Run run =
        play(
            "press 1\nexpect A\nverify pin\npress 1\nexpect not-trusted\nverify none\npress 1\nexpect A",
            "--ca",
            server.caFile().toString(),
            "--pin",
            "00".repeat(32));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldPlayItOnManyBoards() throws Exception {
    Run run = play("press 0\nexpect A{id}050001\n", "--count", "5");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    List<Object> devices = new ArrayList<>();
    for (String line : run.lines()) {
      devices.add(field(line, "device"));
    }
    assertThat(devices).hasSize(10).contains("018C", "018D", "018E", "018F", "0190");
  }

  @Test
  void shouldRefuseOptionsThatAScriptMakesMeaningless() {
    play("press 0", "--count", "2", "--rate", "3")
        .failsWith(ExitCode.USAGE, "--rate goes without --script");
  }
}
