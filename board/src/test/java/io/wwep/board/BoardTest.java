package io.wwep.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wwep.client.Trust;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The exercises of the lecture, against the real server and against those that fail. */
@Timeout(60)
class BoardTest {

  private static final int LED = 0x018C05;

  @Test
  void shouldFlipTheLedAndStoreItOverPlainTcpWithButton0() {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).build();
      assertThat(board.isLedOn()).isFalse();

      Transmission on = board.press(0);
      assertThat(board.isLedOn()).isTrue();
      assertThat(on.secure()).isFalse();
      assertThat(on.sent()).isEqualTo("W018C050001");
      assertThat(on.received()).isEqualTo("A018C050001");
      assertThat(on.verdict()).isEqualTo(Verdict.FINE);
      assertThat(on.meaning()).isEqualTo("accepted: the server stored 0001, LED on");
      assertThat(on.elapsed()).isBetween(Duration.ofNanos(1), Duration.ofSeconds(10));
      assertThat(server.store().read(LED)).isEqualTo(1);

      Transmission off = board.press(0);
      assertThat(off.sent()).isEqualTo("W018C050000");
      assertThat(off.verdict()).isEqualTo(Verdict.FINE);
      assertThat(server.store().read(LED)).isZero();
    }
  }

  @Test
  void shouldStoreOverTlsWithButton1() {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).trust(Trust.caFile(server.caFile())).build();
      Transmission on = board.press(1);
      assertThat(on.secure()).isTrue();
      assertThat(on.received()).isEqualTo("A018C050001");
      assertThat(server.store().read(LED)).isEqualTo(1);
      assertThat(board.press(0).verdict()).isEqualTo(Verdict.FINE);
      assertThat(server.store().read(LED)).isZero();
    }
  }

  @Test
  void shouldNotSendOverTlsToAServerThatItDoesNotTrust() {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).trust(Trust.system()).build();
      Transmission transmission = board.press(1);
      assertThat(transmission.verdict()).isEqualTo(Verdict.NOT_TRUSTED);
      assertThat(transmission.sent()).isEmpty();
      assertThat(transmission.meaning()).contains("--pin", board.secureEndpoint());
      assertThat(server.store().read(LED)).isNegative();
    }
  }

  @Test
  void shouldAskForTrustWhenNobodyGaveAny() {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).build();
      Transmission transmission = board.press(1);
      assertThat(transmission.verdict()).isEqualTo(Verdict.NOT_TRUSTED);
      assertThat(transmission.meaning()).contains("--ca", "--pin", "--insecure");
      assertThat(server.store().read(LED)).isNegative();
    }
  }

  @Test
  void shouldUseAFreshConnectionForEachPress() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      Board board = Boards.of(server).build();
      for (int i = 0; i < 5; i++) {
        assertThat(board.press(0).verdict()).isEqualTo(Verdict.FINE);
      }
      assertThat(server.connections()).isEqualTo(5);
      assertThat(server.requests())
          .containsExactly(
              "W018C050001", "W018C050000", "W018C050001", "W018C050000", "W018C050001");
    }
  }

  @Test
  void shouldFindItRightThatAnIllegalPacketIsRejected() {
    try (TestServer server = TestServer.start()) {
      Transmission transmission = Boards.of(server).build().sendIllegal(false);
      assertThat(transmission.sent()).isEqualTo("W01234");
      assertThat(transmission.received()).isEqualTo("X");
      assertThat(transmission.verdict()).isEqualTo(Verdict.FINE);
    }
  }

  @Test
  void shouldReadBackWhatTheServerHolds() {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).build();
      assertThat(board.readBack(false).meaning()).contains("probably nothing is stored yet");
      assertThat(board.readBack(false).verdict()).isEqualTo(Verdict.FINE);

      board.press(0);
      Transmission same = board.readBack(false);
      assertThat(same.sent()).isEqualTo("R018C05");
      assertThat(same.received()).isEqualTo("A018C050001");
      assertThat(same.meaning()).isEqualTo("the server holds 0001, LED on, as this board shows");

      Boards.of(server).build().press(0);
      board.press(0);
      Boards.of(server).build().press(0);
      Transmission other = board.readBack(false);
      assertThat(other.meaning())
          .contains("the server holds 0001, LED on", "this board's is off", "018C");
    }
  }

  /** A bare X says only that there is no value, which has two reasons. */
  @Test
  void shouldNotBeSureWhyAReadIsRejected() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersX())) {
      Board board = Boards.of(server).build();
      assertThat(board.readBack(false).verdict()).isEqualTo(Verdict.FINE);
      assertThat(board.readBack(false).meaning())
          .isEqualTo(
              "probably nothing is stored yet: press 0 or 1 first; or the server refused, and its console or log says why");
      server.behave(new Misbehavior.Says("X not-written"));
      assertThat(board.readBack(false).meaning())
          .isEqualTo("nothing is stored yet: press 0 or 1 first");
    }
  }

  @Test
  void shouldFindItWrongThatAReadIsRefused() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Says("X limited"))) {
      Transmission transmission = Boards.of(server).build().readBack(false);
      assertThat(transmission.verdict()).isEqualTo(Verdict.UNEXPECTED_REJECTION);
      assertThat(transmission.meaning()).startsWith("rejected (limited): ");
    }
  }

  @Test
  void shouldFindItWrongThatAStoredValueIsGone() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      Board board = Boards.of(server).build();
      board.press(0);
      server.behave(new Misbehavior.AnswersX());
      assertThat(board.readBack(false).verdict()).isEqualTo(Verdict.UNEXPECTED_REJECTION);
    }
  }

  static Stream<Arguments> failures() {
    return Stream.of(
        Arguments.of(new Misbehavior.AnswersX(), Verdict.UNEXPECTED_REJECTION, "stored nothing"),
        Arguments.of(
            new Misbehavior.AnswersForWrongRegister(),
            Verdict.WRONG_REPLY,
            "A018C050001 was expected"),
        Arguments.of(new Misbehavior.AnswersHttp(), Verdict.WRONG_REPLY, "no WWEP reply"),
        Arguments.of(new Misbehavior.NeverAnswers(), Verdict.NO_REPLY, "no complete reply"),
        Arguments.of(new Misbehavior.Trickles(60), Verdict.NO_REPLY, "no complete reply"),
        Arguments.of(new Misbehavior.ClosesMidReply(10), Verdict.NO_REPLY, "closed without"),
        Arguments.of(new Misbehavior.ClosesBeforeReply(false), Verdict.NO_REPLY, "closed without"),
        Arguments.of(new Misbehavior.Resets(), Verdict.NO_REPLY, "broke"),
        Arguments.of(new Misbehavior.Refuses(), Verdict.UNREACHABLE, "nothing listens on"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void shouldSayWhatWentWrong(Misbehavior how, Verdict verdict, String words) {
    try (MisbehavingServer server = MisbehavingServer.start(how)) {
      Board board = Boards.of(server).build();
      Transmission transmission = board.press(0);
      assertThat(transmission.verdict()).isEqualTo(verdict);
      assertThat(transmission.meaning()).contains(words);
      assertThat(board.isLedOn()).isTrue();
      assertThat(server.count("W018C050001")).isLessThanOrEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r\n", "\n", "\r\n\r\n"})
  void shouldOverlookALineEndBehindAReply(String lineEnd) {
    try (MisbehavingServer server =
        MisbehavingServer.start(new Misbehavior.Says("A018C050001" + lineEnd))) {
      Board board = Boards.of(server).build();
      assertThat(board.press(0).verdict()).isEqualTo(Verdict.FINE);
      assertThat(board.readBack(false).verdict()).isEqualTo(Verdict.FINE);
      server.behave(new Misbehavior.Says("X" + lineEnd));
      assertThat(board.press(0).verdict()).isEqualTo(Verdict.UNEXPECTED_REJECTION);
      assertThat(board.sendIllegal(false).verdict()).isEqualTo(Verdict.FINE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"A018C050001 ", "A018C050001\r\nA018C050001", "\r\nA018C050001"})
  void shouldNotOverlookMoreThanALineEnd(String reply) {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Says(reply))) {
      assertThat(Boards.of(server).build().press(0).verdict()).isEqualTo(Verdict.WRONG_REPLY);
    }
  }

  @Test
  void shouldFindItWrongThatAnIllegalPacketIsAccepted() {
    // W01234 and then nothing: a server that pads what is missing would answer this.
    try (MisbehavingServer server =
        MisbehavingServer.start(new Misbehavior.Says("A01234000000".substring(0, 11)))) {
      Transmission transmission = Boards.of(server).build().sendIllegal(false);
      assertThat(transmission.verdict()).isEqualTo(Verdict.WRONG_REPLY);
      assertThat(transmission.meaning()).contains("X was expected");
    }
  }

  @Test
  void shouldTellWhereItsMacAddressComesFrom() {
    MacAddress machine = MacAddress.parse("02:00:00:00:00:07");
    Board given = Board.builder("127.0.0.1").mac(Boards.MAC).build();
    Board own = Board.builder("127.0.0.1").machine(() -> Optional.of(machine)).build();
    Board random = Board.builder("127.0.0.1").machine(Optional::empty).build();

    assertThat(given.macOrigin()).isEqualTo(Board.MacOrigin.GIVEN);
    assertThat(given.deviceId()).isEqualTo(0x018C);
    assertThat(own.macOrigin()).isEqualTo(Board.MacOrigin.MACHINE);
    assertThat(own.mac()).isEqualTo(machine);
    assertThat(own.deviceId()).isEqualTo(9);
    assertThat(random.macOrigin()).isEqualTo(Board.MacOrigin.RANDOM);
    assertThat(random.deviceId()).isEqualTo(random.mac().deviceId());
  }

  @Test
  void shouldRefuseButtonsAndSettingsThatItDoesNotHave() {
    Board board = Board.builder("127.0.0.1").mac(Boards.MAC).build();
    assertThatIllegalArgumentException().isThrownBy(() -> board.press(2));
    assertThat(board.isLedOn()).isFalse();
    BoardBuilder builder = Board.builder("127.0.0.1");
    assertThatIllegalArgumentException().isThrownBy(() -> builder.plainPort(0));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.tlsPort(65_536));
    assertThatIllegalArgumentException().isThrownBy(() -> builder.replyTimeout(Duration.ZERO));
    assertThatIllegalArgumentException().isThrownBy(() -> Board.builder(""));
  }
}
