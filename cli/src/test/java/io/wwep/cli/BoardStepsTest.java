package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.wwep.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code wwep board} in slow motion, and with pins. */
@Timeout(60)
class BoardStepsTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Run board(String keys, String... options) {
    List<String> args = new ArrayList<>(List.of("board", "--mac", "00:A0:50:12:34:56"));
    args.addAll(List.of("--host", "127.0.0.1"));
    args.addAll(List.of("--port", String.valueOf(server.plainPort())));
    args.addAll(List.of("--tls-port", String.valueOf(server.tlsPort())));
    args.addAll(List.of(options));
    return Run.typing(keys, args.toArray(String[]::new));
  }

  @Test
  void shouldShowEachStepForKeysFromAPipe() {
    Run run = board("0q", "--steps");
    assertThat(run.out())
        .containsSubsequence(
            "resolve", "create", "bind", "connect", "write", "flush", "read", "disconnect")
        .contains("57 30 31 38 43 30 35 30 30 30 31", "wiced_tcp_stream_flush()")
        .contains("packet buffer  Type  Ref Count  Start   End  Buffer")
        .contains("accepted: the server stored 0001, LED on");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldPressOneKeyAndEnd() {
    Run run = board("00000", "--steps", "--once", "1", "--ca", server.caFile().toString());
    assertThat(run.out()).contains("ClientHello", "ServerHello", "the server's certificate");
    assertThat(run.out().split("wiced_tcp_disconnect", -1)).hasSize(2);
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldEndWithTheVerdict() {
    Run run = board("", "--steps", "--once", "1", "--pin", "00".repeat(32));
    assertThat(run.out()).contains("handshake", "FAILED: the certificate of 127.0.0.1:");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NOT_TRUSTED);
    assertThat(board("", "--steps", "--once", "0", "--port", "1").exitCode())
        .isEqualTo(ExitCode.NO_ANSWER);
  }

  @Test
  void shouldWriteAnObjectForEachStep() throws Exception {
    Run run = board("x\nzr", "--steps", "--json");
    assertThat(run.lines()).hasSize(2 * 9 + 1);
    List<String> steps = new ArrayList<>();
    for (String line : run.lines().subList(0, 8)) {
      Map<String, Object> step = JsonReader.object(line);
      assertThat(step.get("done")).isEqualTo(true);
      steps.add((String) step.get("step"));
    }
    assertThat(steps).startsWith("resolve", "create").endsWith("read", "disconnect");
    assertThat(run.lines().get(5)).contains("\"hex\":\"57 30 31 32 33 34\"", "\"refCount\":0");
    assertThat(run.lines().get(8))
        .contains("\"key\":\"x\"", "\"received\":\"X\"", "\"verdict\":\"fine\"");
    assertThat(run.lines().get(9)).contains("'z' does nothing");
    assertThat(run.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--pause=1s             | --pause goes with --steps",
        "--once=0               | --once goes with --steps",
        "--steps --count=3      | --steps and --count exclude each other",
        "--count=3 --gpio=led=1 | --gpio and --count exclude each other",
        "--steps --rate=3       | --rate goes with --count",
        "--steps --once=2       | --once takes one of the board's keys, 0, 1, x or r, not '2'",
        "--steps --pause=4s     | a time from 0 to 3s, not '4s'",
        "--steps --gpio=led=17  | --steps and --gpio exclude each other",
        "--gpio=lamp=17         | there is no part 'lamp'",
        "--gpio=led=28          | pins are 0 to 27",
        "--gpio=led=1,button0=1 | pin 1 is both led and button0",
      })
  void shouldRefuseOptionsThatDoNotFit(String options, String message) {
    board("q", options.split(" ", -1)).failsWith(ExitCode.USAGE, message);
  }

  /** On a Raspberry Pi there would be pins, and the test would take them. */
  @Test
  void shouldSayThatThisMachineHasNoPins() {
    assumeFalse(Files.exists(Path.of("/dev/gpiochip0")));
    board("q", "--gpio", "led=17,button0=22,button1=27")
        .failsWith(ExitCode.USAGE, "no pins", "run this on a Raspberry Pi, or without --gpio");
  }
}
