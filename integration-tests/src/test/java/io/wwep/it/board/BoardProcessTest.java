package io.wwep.it.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.it.WwepProcess;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Boards without a terminal, as processes of their own. */
@Timeout(120)
class BoardProcessTest {

  @TempDir private Path directory;

  private WwepProcess board(int port, String... options) {
    String[] arguments = new String[options.length + 5];
    System.arraycopy(
        new String[] {"board", "--timeout", "60s", "--port", "" + port}, 0, arguments, 0, 5);
    System.arraycopy(options, 0, arguments, 5, options.length);
    return WwepProcess.start(directory, arguments);
  }

  @Test
  void shouldTellTheSumsOfManyBoardsWhenItIsStopped() throws Exception {
    try (TestServer server = TestServer.start();
        WwepProcess boards = board(server.plainPort(), "--count", "5", "--rate", "2")) {
      boards.awaitLine(line -> line.matches(" +\\d+ s .* A .*"));
      boards.terminate();
      assertThat(boards.awaitExit()).isZero();
      assertThat(boards.output())
          .last()
          .asString()
          .matches(" in all +\\d+ sent +\\d+ A +0 X +0 none   slowest .*");
      assertThat(boards.errors()).isEmpty();
    }
  }

  /** What was not played did not hold. */
  @Test
  void shouldNotTakeAScriptThatIsStoppedForOneThatHeld() throws Exception {
    Path script = Files.writeString(directory.resolve("long.wwep"), "press 0\nwait 60m\npress 0\n");
    try (TestServer server = TestServer.start();
        WwepProcess board = board(server.plainPort(), "--script", script.toString())) {
      board.awaitLine(line -> line.contains("\"command\":\"press 0\""));
      board.terminate();
      assertThat(board.awaitExit()).isEqualTo(1);
      assertThat(board.output()).hasSize(1);
      assertThat(board.errors())
          .containsExactly("wwep: stopped after 1 steps: the script was not played to its end");
    }
  }

  @Test
  void shouldStopWhileAServerDoesNotAnswer() throws Exception {
    Path script = Files.writeString(directory.resolve("press.wwep"), "press 0\n");
    try (MisbehavingServer slow = MisbehavingServer.start(new Misbehavior.NeverAnswers());
        WwepProcess board =
            board(slow.port(), "--host", slow.host(), "--script", script.toString())) {
      await().atMost(Duration.ofSeconds(30)).until(() -> slow.connections() == 1);
      board.terminate();
      assertThat(board.awaitExit()).isEqualTo(1);
      assertThat(board.output()).isEmpty();
    }
  }
}
