package io.wwep.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class BoardCommandTest {

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
  void shouldTakeKeysFromAPipe() {
    Run run = board("0xr\nq");
    assertThat(run.out()).contains("device ID 018C", "W018C050001", "A018C050001", "R018C05");
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(server.store().read(0x018C05)).isEqualTo(1);
  }

  @Test
  void shouldEndWithThePipe() {
    assertThat(board("0\n0\n").exitCode()).isZero();
  }

  @Test
  void shouldUseTlsForButton1() {
    Run run = board("1q", "--ca", server.caFile().toString());
    assertThat(run.out()).contains("TLS", "accepted");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void shouldPassOnTheBoardsExitCode() {
    assertThat(board("1q").exitCode()).isEqualTo(ExitCode.NOT_TRUSTED);
    assertThat(board("1q", "--pin", "00".repeat(32)).exitCode()).isEqualTo(ExitCode.NOT_TRUSTED);
    assertThat(board("0q", "--port", "1").exitCode()).isEqualTo(ExitCode.NO_ANSWER);
  }
}
