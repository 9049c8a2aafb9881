package io.wwep.it.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The board as a person sees it on a terminal. */
@Timeout(120)
class BoardTerminalTest {

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

  private Tmux board(int columns, int rows, String... options) throws Exception {
    return board(List.of(), columns, rows, server.plainPort(), options);
  }

  private Tmux board(
      List<String> variables, int columns, int rows, int plainPort, String... options)
      throws Exception {
    List<String> arguments = new ArrayList<>(List.of("board", "--mac", "00:A0:50:12:34:56"));
    arguments.addAll(List.of("--timeout", "60s")); // Whatever else this machine does.
    arguments.addAll(List.of("--port", "" + plainPort, "--tls-port", "" + server.tlsPort()));
    arguments.addAll(List.of(options));
    return Tmux.start(directory, columns, rows, variables, arguments.toArray(String[]::new));
  }

  @Test
  void shouldShowABoardAndWhatItsKeysDo() throws Exception {
    try (Tmux terminal = board(80, 24, "--ca", server.caFile().toString())) {
      terminal.awaits("○", "off", "00:A0:50:12:34:56", "018C", "localhost → 127.0.0.1", "board up");
      terminal.press("0", "●", "on ", "sent      W018C050001", "received  A018C050001", "LED on");
      terminal.press("1", "○", "verified by the root certificate", "stored 0000, LED off");
      terminal.press("x", "W01234", "rejected, as it should be");
      terminal.press("r", "R018C05", "as this board shows");
      terminal.press("v", "verification: pinned what", "verification the pin");
      terminal.press("v", "verification none, any server is believed");
      terminal.press("?", "flip the LED, send it over TLS");
      terminal.press("q");
      terminal.awaitsRestored(0);
      assertThat(server.store().read(0x018C05)).isZero();
    }
  }

  @Test
  void shouldTakeAKeyThatItDoesNotKnowForOneThatDoesNothing() throws Exception {
    try (Tmux terminal = board(80, 24)) {
      terminal.awaits("board up");
      terminal.press("z", "'z' does nothing: press 0, 1, x, r, v, c, ? or q");
      terminal.press("F5", "this key does nothing");
      terminal.press("C-z", "this key does nothing");
      terminal.press("C-c");
      terminal.awaitsRestored(0);
    }
  }

  @Test
  void shouldShowADeadServerAsABoardDoes() throws Exception {
    try (MisbehavingServer dead = MisbehavingServer.start(new Misbehavior.Refuses());
        Tmux terminal = board(List.of(), 80, 24, dead.port())) {
      terminal.awaits("board up");
      terminal.press("0", "●", "button 0: LED on", "nothing listens on localhost:" + dead.port());
      terminal.press("1", "not sent: button 1 uses TLS and must know which server to trust");
      assertThat(terminal.screen()).contains("┌─ board 018C ─", "─ serial port ─", "q quit ─┘");
      terminal.press("q");
      terminal.awaitsRestored(4);
      assertThat(terminal.errors()).isEmpty();
    }
  }

  @Test
  void shouldHelpAndQuitWhileAServerDoesNotAnswer() throws Exception {
    try (MisbehavingServer slow = MisbehavingServer.start(new Misbehavior.NeverAnswers());
        Tmux terminal = board(List.of(), 80, 24, slow.port())) {
      terminal.awaits("board up");
      terminal.press("0", "button 0: LED on");
      terminal.press("?", "flip the LED, send it over TLS");
      assertThat(terminal.screen()).doesNotContain("received");
      terminal.press("q");
      terminal.awaitsRestored(0);
      assertThat(slow.connections()).isEqualTo(1);
    }
  }

  @Test
  void shouldShowARefusedCertificate() throws Exception {
    try (Tmux terminal = board(80, 24, "--pin", "00".repeat(32))) {
      terminal.awaits("board up", "verification the pin 00:00:00");
      terminal.press("1", "is not trusted, because");
      terminal.press("C-d");
      terminal.awaitsRestored(4);
    }
  }

  @Test
  void shouldFollowTheSizeOfTheTerminal() throws Exception {
    try (Tmux terminal = board(80, 24)) {
      terminal.awaits("board up");
      terminal.press("0", "stored 0001, LED on");
      terminal.resize(40, 12);
      terminal.awaits("│ LED ● on   [0] plain  [1] TLS        │");
      await()
          .untilAsserted(
              () ->
                  assertThat(terminal.screen().lines())
                      .hasSize(12)
                      .allMatch(line -> line.length() == 40));
      terminal.resize(100, 30);
      terminal.awaits("│   0   │  │   1   │");
      await()
          .untilAsserted(
              () ->
                  assertThat(terminal.screen().lines())
                      .hasSize(30)
                      .allMatch(line -> line.length() == 100));
      terminal.press("q");
      terminal.awaits("exit 0", "behind the board");
    }
  }

  /** Also while it waits for a server. */
  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT", "HUP"})
  void shouldGiveTheTerminalBackWhenItIsToldToEnd(String signal) throws Exception {
    try (MisbehavingServer slow = MisbehavingServer.start(new Misbehavior.NeverAnswers());
        Tmux terminal = board(List.of(), 80, 24, slow.port())) {
      terminal.awaits("board up");
      terminal.press("0", "button 0: LED on");
      terminal.signal(signal);
      terminal.awaitsRestored(0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"NO_COLOR=1", "TERM=dumb"})
  void shouldPrintLinesWhereNothingCanBeDrawn(String variable) throws Exception {
    try (Tmux terminal = board(List.of(variable), 100, 24, server.plainPort())) {
      terminal.awaits(
          "before the board", "button 0  plain TCP to localhost:", "keys      0 1 press");
      if (variable.startsWith("NO_COLOR")) {
        terminal.press("0", "W018C05000");
        terminal.press("q");
        terminal.awaits("exit 0", "behind the board");
      }
      assertThat(terminal.screen()).doesNotContain("serial port");
    }
  }

  @Test
  void shouldDrawInAsciiWhereThereIsNoUnicode() throws Exception {
    try (Tmux terminal = board(List.of("LC_ALL=C"), 80, 24, server.plainPort())) {
      terminal.awaits("+- board 018C ---", "( )", "localhost -> 127.0.0.1");
      terminal.press("0", "(*)", "LED on");
      assertThat(terminal.screen()).isASCII();
      terminal.press("q");
      terminal.awaitsRestored(0);
    }
  }
}
