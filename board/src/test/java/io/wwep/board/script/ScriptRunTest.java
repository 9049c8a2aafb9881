package io.wwep.board.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wwep.board.Board;
import io.wwep.board.Boards;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import io.wwep.client.Trust;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Scripts against the real server, and against those that fail. */
@Timeout(60)
class ScriptRunTest {

  private final List<StepResult> results = new ArrayList<>();

  private int play(Board board, String text) throws Exception {
    Script script = Script.parse(text, new Script.Equipment(true, true));
    try (board) {
      return new ScriptRun(script, board, results::add).play();
    }
  }

  private StepResult last() {
    return results.get(results.size() - 1);
  }

  @Test
  void shouldPlayTheExercisesOverBothPorts() throws Exception {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).trust(Trust.caFile(server.caFile())).build();
      String script =
          """
          read
          expect X
          press 0
          expect A018C050001
          expect A{id}05000?
          expect led on
          press 1
          expect A
          expect within 10s
          illegal
          expect X
          illegal tls
          expect X
          send tls R{id}05
          expect A{id}050000
          led on
          expect led on
          """;
      assertThat(play(board, script)).isZero();
      assertThat(results).hasSize(17).allMatch(StepResult::ok);
      assertThat(server.store().read(0x018C05)).isZero();
    }
  }

  @Test
  void shouldTellWhatEachStepDid() throws Exception {
    try (TestServer server = TestServer.start()) {
      play(Boards.of(server).build(), "press 0\nexpect X\nwait 20ms");
      StepResult press = results.get(0);
      Transmission sent = press.transmission().orElseThrow();
      assertThat(press.line()).isEqualTo(1);
      assertThat(press.command()).isEqualTo("press 0");
      assertThat(sent.sent()).isEqualTo("W018C050001");
      assertThat(sent.received()).isEqualTo("A018C050001");
      assertThat(sent.contact().orElseThrow().server().getPort()).isEqualTo(server.plainPort());
      assertThat(press.took()).isEqualTo(sent.elapsed());
      StepResult expect = results.get(1);
      assertThat(expect.ok()).isFalse();
      assertThat(expect.exitCode()).isEqualTo(1);
      assertThat(expect.meaning())
          .isEqualTo("not as expected, A018C050001 came: accepted: the server stored 0001, LED on");
      assertThat(last().took().toMillis()).isBetween(20L, 10_000L);
    }
  }

  @Test
  void shouldGoOnBehindAStepThatFailed() throws Exception {
    try (TestServer server = TestServer.start()) {
      assertThat(play(Boards.of(server).build(), "press 0\nexpect X\npress 0\nexpect A"))
          .isEqualTo(1);
      assertThat(results).extracting(StepResult::ok).containsExactly(true, false, true, true);
    }
  }

  @Test
  void shouldRepeat() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      String script = "repeat 2\npress 0\nrepeat 3\nread\nend\nend";
      assertThat(play(Boards.of(server).build(), script)).isZero();
      assertThat(server.requests())
          .containsExactly(
              "W018C050001",
              "R018C05",
              "R018C05",
              "R018C05",
              "W018C050000",
              "R018C05",
              "R018C05",
              "R018C05");
      assertThat(results).extracting(StepResult::line).containsExactly(2, 4, 4, 4, 2, 4, 4, 4);
    }
  }

  @Test
  void shouldWaitForAReplyToEachFrame() throws Exception {
    try (TestServer server = TestServer.start()) {
      String script =
          "send W0FAC0B1234R0FAC0B\nexpect A0FAC0B1234A0FAC0B1234\nsend R0FAC0Bxx\nexpect X";
      assertThat(play(Boards.of(server).build(), script)).as("%s", results).isZero();
    }
  }

  @Test
  void shouldHoldAMessageOfAnyKindAgainstWhatAServerDoes() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersX())) {
      assertThat(play(Boards.of(server).build(), "send W0FAC0B1234")).isEqualTo(1);
      assertThat(last().transmission().orElseThrow().verdict())
          .isEqualTo(Verdict.UNEXPECTED_REJECTION);
      assertThat(play(Boards.of(server).build(), "send R0FAC0B\nsend hello")).isZero();
      server.behave(new Misbehavior.AnswersForWrongRegister());
      assertThat(play(Boards.of(server).build(), "send W0FAC0B1234")).isEqualTo(1);
      assertThat(last().meaning()).contains("A0FAC0B1234 was expected");
    }
  }

  @Test
  void shouldTellWhyAServerThatExplainsRefuses() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Says("X limited  "))) {
      String script = "press 0\nexpect X limited\nexpect X denied";
      assertThat(play(Boards.of(server).build(), script)).isEqualTo(1);
      assertThat(results).extracting(StepResult::ok).containsExactly(true, true, false);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "press 0, 3",
    "'press 0\nexpect A', 3",
    "'press 0\nexpect X', 3",
    "'press 0\nexpect none', 0",
    "'press 0\nexpect unreachable', 0",
    "'press 0\nexpect no-reply', 3",
    "'press 0\nexpect within 1s', 3"
  })
  void shouldTellNobodyThereFromAWrongAnswer(String script, int exitCode) throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Refuses())) {
      assertThat(play(Boards.of(server).build(), script)).isEqualTo(exitCode);
    }
  }

  @Test
  void shouldTellDistrustFromNobodyThere() throws Exception {
    try (TestServer server = TestServer.start()) {
      String script = "verify root\npress 1";
      assertThat(play(Boards.of(server).trust(Trust.system()).build(), script)).isEqualTo(4);
      assertThat(
              play(
                  Boards.of(server).trust(Trust.system()).build(),
                  "press 1\nexpect not-trusted\nexpect none"))
          .isZero();
      assertThat(server.store().read(0x018C05)).isNegative();
    }
  }

  @Test
  void shouldPinWhatTheServerShowedLast() throws Exception {
    try (TestServer server = TestServer.start()) {
      String script =
          """
          press 1
          expect not-trusted
          verify pin
          press 1
          expect A
          verify none
          press 1
          expect A
          """;
      assertThat(play(Boards.of(server).trust(Trust.system()).build(), script)).isZero();
      assertThat(results.get(2).meaning()).contains("trust on first use", "compare it");
    }
  }

  @Test
  void shouldFindNothingToPinBeforeTheServerHasShownAnything() throws Exception {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).trust(Trust.insecure()).build();
      assertThat(play(board, "verify pin\npress 0\nexpect A")).isEqualTo(4);
      assertThat(results.get(0).meaning()).contains("press 1 first", "--pin");
    }
  }

  @Test
  void shouldEndWhenItIsInterrupted() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      Thread.currentThread().interrupt();
      assertThatExceptionOfType(InterruptedException.class)
          .isThrownBy(() -> play(Boards.of(server).build(), "wait 60m"));
      assertThat(results).isEmpty();
    }
  }
}
