package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Results that do not arrive, as on a full disk. */
@Timeout(60)
class OutputTest {

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String[] args(String command) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    if (!args.get(0).matches("-.*|help|completion")) {
      args.addAll(List.of("--host", "127.0.0.1", "--port", "" + server.plainPort()));
    }
    return args.toArray(String[]::new);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "write 0FAC 0B 1234",
        "write 0FAC 0B 1234 --json",
        "read 0BAC 0B --json",
        "dump 0FAC",
        "send W0FAC0B1234",
        "board",
        "help",
        "read --help",
        "completion bash",
        "--version"
      })
  void shouldNotCountAsSuccess(String command) {
    Run run = Run.unwritable("No space left on device", args(command));
    assertThat(run.err())
        .contains("wwep: the output cannot be written (No space left on device): make room");
    assertThat(run.exitCode()).isEqualTo(ExitCode.OUTPUT_LOST);
  }

  @ParameterizedTest
  @CsvSource({"No space left on device, 74", "Broken pipe, 0"})
  void shouldEndATap(String reason, int exitCode) {
    String target = "127.0.0.1:" + server.plainPort();

    assertThat(Run.unwritable(reason, "tap", "0", target).exitCode()).isEqualTo(exitCode);
    assertThat(Run.unwritable(reason, "tap", "0", target, "--json").exitCode()).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @ValueSource(strings = {"write 0FAC 0B 1234", "help", "completion bash", "--version"})
  void shouldNotMatterToAReaderThatHasLeft(String command) {
    Run run = Run.unwritable("Broken pipe", args(command));
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"read 0BAC 0B", "read 0BAC", "sevre"})
  void shouldNotBeMissedWhereThereIsNone(String command) {
    Run run = Run.unwritable("No space left on device", args(command));
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.exitCode()).isBetween(ExitCode.REJECTED, ExitCode.USAGE);
  }
}
