package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code wwep board --count}. */
@Timeout(60)
class BoardCrowdTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Run boards(String... options) {
    List<String> args = new ArrayList<>(List.of("board", "--host", "127.0.0.1"));
    args.addAll(List.of("--timeout", "30s")); // Whatever else this machine does.
    args.addAll(List.of("--port", String.valueOf(server.plainPort())));
    args.addAll(List.of("--tls-port", String.valueOf(server.tlsPort())));
    args.addAll(List.of(options));
    return Run.of(args.toArray(String[]::new));
  }

  @Test
  void shouldBeAClass() {
    Run run =
        boards("--count", "30", "--mac", "00:A0:50:12:34:56", "--messages", "2", "--rate", "10");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.lines())
        .first()
        .isEqualTo(
            "30 boards: MACs 00:A0:50:12:34:56 to 00:A0:50:12:34:73; device IDs within 018C to 01A9, no two alike");
    assertThat(run.lines())
        .last()
        .asString()
        .matches(" in all +60 sent +60 A +0 X +0 none +slowest \\d+\\.\\d ms \\([0-9A-F]{4}\\)");
    assertThat(server.store().read(0x01A905)).isZero();
  }

  @Test
  void shouldTellASecondInALineAndEndInTime() {
    Run run = boards("--count", "3", "--rate", "2.5", "--duration", "1700ms");
    assertThat(run.out()).contains("3 boards: random MACs; device IDs within ");
    assertThat(run.out()).contains(": 2.5 a second of each board, for 1700ms at most;");
    assertThat(run.lines())
        .anyMatch(line -> line.matches(" +1 s +\\d+ sent +\\d+ A +0 X +0 none   slowest .*"));
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldTellWhatWasLeftOut() {
    Run run =
        boards("--count", "3", "--mac", "00:00:00:00:00:FF", "--messages", "1", "--rate", "50");
    assertThat(run.lines().get(0))
        .isEqualTo(
            "3 boards: MACs 00:00:00:00:00:FF to 00:00:00:00:01:01; device IDs within 0001 to 00FF, no two alike");
    Run more =
        boards("--count", "257", "--mac", "00:00:00:00:00:00", "--messages", "1", "--rate", "50");
    assertThat(more.lines().get(0)).contains("(255 left out, whose device IDs others have)");
  }

  @Test
  void shouldUseTlsAndTellInJson() throws Exception {
    Run run =
        boards(
            "--count",
            "2",
            "--over",
            "both",
            "--ca",
            server.caFile().toString(),
            "--messages",
            "2",
            "--rate",
            "20",
            "--json");
    assertThat(run.lines()).hasSize(1);
    Map<String, Object> json = JsonReader.object(run.lines().get(0));
    assertThat(json.get("boards")).hasToString("2");
    assertThat(json.get("sent")).hasToString("4");
    assertThat(json.get("A")).hasToString("4");
    assertThat(json.get("exitCode")).hasToString("0");
  }

  @Test
  void shouldTellWhatWentWrong() {
    Run run = boards("--count", "3", "--messages", "1", "--rate", "50", "--port", "1");
    assertThat(run.out())
        .contains("3 none", "       3 times: nothing listens on 127.0.0.1:1: start");
    assertThat(run.exitCode()).isEqualTo(ExitCode.NO_ANSWER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--count 0|--count takes a number from 1 to 1000, not '0'",
        "--count 1001|--count takes a number from 1 to 1000, not '1001'",
        "--count x|--count takes a number from 1 to 1000, not 'x'",
        "--count 2 --rate 0|--rate takes a number from 0.001 to 1000, not '0'",
        "--count 2 --rate 1e9|--rate takes a number from 0.001 to 1000, not '1e9'",
        "--count 2 --messages 0|--messages takes a number from 1 to 1000000, not '0'",
        "--count 2 --duration 0s|--duration takes a time from 1ms to 24h, not '0s'",
        "--count 2 --over both|--over both needs to know which server to trust: add --ca FILE",
        "--count 2 --over tsl|--over takes plain, tls or both, not 'tsl', did you mean 'tls'?",
        "--count 3 --mac FF:FF:FF:FF:FF:FE|behind FF:FF:FF:FF:FF:FE there are no more than 2 addresses",
        "--count 2 --mac 12|a MAC address must be six octets",
        "--count 301 --script - --host 192.0.2.77|192.0.2.77 is not this machine, and gets 300 boards with",
        "--count 31 --rate 10 --host 192.0.2.77|192.0.2.77 is not this machine, and gets 300 presses",
        "--rate 2|--rate goes with --count: add it, or leave it out",
        "--messages 2|--messages goes with --count",
        "--duration 2s|--duration goes with --count",
        "--over tls|--over goes with --count"
      })
  void shouldSayInOneSentenceWhatIsWrong(String options, String sentence) {
    Run run = boards(options.split(" "));
    run.failsWith(ExitCode.USAGE, sentence);
    assertThat(run.out()).isEmpty();
  }
}
