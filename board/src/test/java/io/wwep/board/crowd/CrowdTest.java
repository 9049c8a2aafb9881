package io.wwep.board.crowd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.wwep.board.Board;
import io.wwep.board.BoardBuilder;
import io.wwep.board.Boards;
import io.wwep.board.MacAddress;
import io.wwep.board.script.Script;
import io.wwep.board.script.StepResult;
import io.wwep.client.Trust;
import io.wwep.server.ServerEvent;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many boards at once. */
@Timeout(60)
class CrowdTest {

  private static final MacAddress FIRST = MacAddress.parse("00:A0:50:12:34:56");

  private static Crowd crowd(int count, Supplier<BoardBuilder> builders) {
    List<Board> boards =
        MacAddresses.consecutive(FIRST, count).stream()
            .map(mac -> builders.get().mac(mac).build())
            .toList();
    return new Crowd(boards);
  }

  private static Pace pace(List<Integer> buttons, long periodMillis, int messages) {
    return new Pace(buttons, periodMillis * 1_000_000, messages, Duration.ofSeconds(30));
  }

  @Test
  void shouldPressTheButtonsOfAllBoardsSoOften() throws Exception {
    try (TestServer server = TestServer.start();
        Crowd crowd = crowd(30, () -> Boards.of(server))) {
      Totals totals = crowd.press(pace(List.of(0), 20, 4), second -> {});
      assertThat(totals.sent()).isEqualTo(120);
      assertThat(totals.accepted()).isEqualTo(120);
      assertThat(totals.rejected()).isZero();
      assertThat(totals.unanswered()).isZero();
      assertThat(totals.slowest()).isPositive();
      assertThat(totals.faults()).isEmpty();
      assertThat(totals.exitCode()).isZero();
      for (int device = 0x018C; device < 0x018C + 30; device++) {
        assertThat(server.store().read(device << 8 | Board.LED_REGISTER)).isZero();
      }
    }
  }

  @Test
  void shouldUseBothPortsInTurn() throws Exception {
    try (TestServer server = TestServer.start();
        Crowd crowd = crowd(3, () -> Boards.of(server).trust(Trust.caFile(server.caFile())))) {
      Totals totals = crowd.press(pace(List.of(0, 1), 10, 2), second -> {});
      assertThat(totals.accepted()).isEqualTo(6);
      await()
          .untilAsserted(
              () ->
                  assertThat(server.events())
                      .filteredOn(ServerEvent.Transaction.class::isInstance)
                      .extracting(event -> ((ServerEvent.Transaction) event).secure())
                      .containsExactlyInAnyOrder(true, true, true, false, false, false));
    }
  }

  @Test
  void shouldCountWhatIsRejectedAndWhatIsNotAnswered() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersX());
        Crowd crowd = crowd(2, () -> Boards.of(server))) {
      Totals totals = crowd.press(pace(List.of(0), 10, 3), second -> {});
      assertThat(totals.rejected()).isEqualTo(6);
      assertThat(totals.exitCode()).isEqualTo(1);
      assertThat(totals.faults()).hasSize(1).containsValue(6L);
    }
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Refuses());
        Crowd crowd = crowd(2, () -> Boards.of(server))) {
      Totals totals = crowd.press(pace(List.of(0), 10, 3), second -> {});
      assertThat(totals.unanswered()).isEqualTo(6);
      assertThat(totals.slowestDevice()).isEmpty();
      assertThat(totals.exitCode()).isEqualTo(3);
    }
  }

  @Test
  void shouldEndAfterItsTimeAndTellEachSecond() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves());
        Crowd crowd = crowd(2, () -> Boards.of(server))) {
      List<Totals> seconds = new ArrayList<>();
      Pace pace = new Pace(List.of(0), 100_000_000, 1_000_000, Duration.ofMillis(1_500));
      Totals totals = crowd.press(pace, seconds::add);
      assertThat(seconds).isNotEmpty();
      assertThat(totals.sent()).isBetween(2L, 30L);
      assertThat(totals.sent()).isGreaterThanOrEqualTo(seconds.get(0).sent());
      assertThat(server.requests()).hasSize((int) totals.sent());
    }
  }

  @Test
  void shouldStopAtOnceWhateverBoardsWaitFor() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers());
        Crowd crowd = crowd(3, () -> Boards.of(server).replyTimeout(Duration.ofMinutes(5)))) {
      Thread stopper =
          new Thread(
              () -> {
                while (server.connections() < 3) {
                  Thread.onSpinWait();
                }
                crowd.stop();
              });
      stopper.start();
      Totals totals = crowd.press(pace(List.of(0), 1, 100), second -> {});
      stopper.join();
      assertThat(totals.sent()).isZero();
      assertThat(crowd.isStopped()).isTrue();
    }
  }

  @Test
  void shouldPlayAScriptOnEachBoard() throws Exception {
    try (TestServer server = TestServer.start();
        Crowd crowd = crowd(5, () -> Boards.of(server))) {
      Script script =
          Script.parse("press 0\nexpect A{id}050001", new Script.Equipment(false, false));
      List<StepResult> results = new ArrayList<>();
      assertThat(crowd.play(script, results::add)).isZero();
      assertThat(results).hasSize(10).allMatch(StepResult::ok);
      assertThat(results).extracting(each -> each.board().deviceId()).contains(0x018C, 0x0190);
    }
  }

  @Test
  void shouldNotCountStepsThatAStopHasCutOff() throws Exception {
    int count = 40;
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers());
        Crowd crowd = crowd(count, () -> Boards.of(server))) {
      Script script = Script.parse("press 0", new Script.Equipment(false, false));
      Thread stopper =
          new Thread(
              () -> {
                await().until(() -> server.connections() == count);
                crowd.stop();
              });
      stopper.start();
      List<StepResult> results = new ArrayList<>();
      assertThat(crowd.play(script, results::add)).isZero();
      assertThat(results).isEmpty();
      stopper.join();
    }
  }

  @Test
  void shouldEndWithTheWorstOfAllBoards() throws Exception {
    try (TestServer server = TestServer.start();
        Crowd crowd = crowd(5, () -> Boards.of(server))) {
      Script script =
          Script.parse("press 0\nexpect A018C050001", new Script.Equipment(false, false));
      assertThat(crowd.play(script, result -> {})).isEqualTo(1);
    }
  }

  @Test
  void shouldRefuseWhatIsOutOfRange() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Crowd(List.of()));
    assertThatIllegalArgumentException().isThrownBy(() -> pace(List.of(), 1, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> pace(List.of(0), 0, 1));
    assertThatIllegalArgumentException().isThrownBy(() -> pace(List.of(0), 1, 0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Pace(List.of(0), 1_000_000, 1, Duration.ZERO));
  }
}
