package io.wwep.board.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.wwep.board.Board;
import io.wwep.board.MacAddress;
import io.wwep.board.Transmission;
import io.wwep.board.Verdict;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A message over plain TCP, step by step, against the real server and against those that fail. */
@Timeout(60)
class SlowMotionTest {

  private static final MacAddress MAC = MacAddress.parse("00:A0:50:12:34:56");
  private static final int LED = 0x018C05;

  private final Recorder recorder = new Recorder();

  private Transmission press(String host, int port, Duration replyTimeout) {
    try (SlowMotion motion = new SlowMotion(Duration.ZERO, recorder);
        Board board =
            Board.builder(host)
                .mac(MAC)
                .plainPort(port)
                .replyTimeout(replyTimeout)
                .carrier(motion)
                .build()) {
      return board.press(0);
    }
  }

  private Transmission press(MisbehavingServer server) {
    return press(server.host(), server.port(), Duration.ofMillis(400));
  }

  @Test
  void shouldShowEachStepOfAMessage() {
    try (TestServer server = TestServer.start()) {
      Transmission transmission = press("127.0.0.1", server.plainPort(), Duration.ofSeconds(10));

      assertThat(transmission.verdict()).isEqualTo(Verdict.FINE);
      assertThat(transmission.received()).isEqualTo("A018C050001");
      assertThat(server.store().read(LED)).isEqualTo(1);
    }
    assertThat(recorder.kinds())
        .containsExactly(
            StepKind.RESOLVE,
            StepKind.CREATE,
            StepKind.BIND,
            StepKind.CONNECT,
            StepKind.WRITE,
            StepKind.FLUSH,
            StepKind.READ,
            StepKind.DISCONNECT);
    assertThat(recorder.begun()).isEqualTo(recorder.kinds());
    assertThat(recorder.kinds().stream().map(recorder::step)).allMatch(Step::done);
  }

  @Test
  void shouldSendWithTheFlushAndNotWithTheWrite() {
    try (TestServer server = TestServer.start()) {
      press("127.0.0.1", server.plainPort(), Duration.ofSeconds(10));
    }
    assertThat(recorder.passed(StepKind.WRITE)).isEmpty();
    assertThat(recorder.passed(StepKind.FLUSH)).containsExactly("> W018C050001");
    assertThat(recorder.passed(StepKind.READ)).containsExactly("< A018C050001");
    assertThat(recorder.step(StepKind.FLUSH).passed().get(0).hex())
        .isEqualTo("57 30 31 38 43 30 35 30 30 30 31");
  }

  /** The counts of the lecture: 1 created, 2 sent, 1 deleted, 0 when the stack has sent it. */
  @Test
  void shouldCountReferencesAsTheLectureDrawsThem() {
    try (TestServer server = TestServer.start()) {
      press("127.0.0.1", server.plainPort(), Duration.ofSeconds(10));
    }
    assertThat(recorder.table(StepKind.WRITE, BufferState.Type.T))
        .containsExactly("created 1 0 0", "filled 1 0 11", "shared 2 0 11", "given back 1 0 11");
    assertThat(recorder.table(StepKind.FLUSH, BufferState.Type.T)).hasSize(1);
    assertThat(recorder.table(StepKind.FLUSH, BufferState.Type.T).get(0)).startsWith("free 0 ");
    assertThat(recorder.table(StepKind.READ, BufferState.Type.R))
        .startsWith("created 1 0 0", "filled 1 0 11")
        .element(2)
        .asString()
        .startsWith("free 0 ");
    assertThat(recorder.step(StepKind.WRITE).buffers())
        .allMatch(each -> each.capacity() == PacketBuffers.PACKET_BYTES)
        .allMatch(each -> each.number() == 1);
    assertThat(recorder.step(StepKind.WRITE).use().held()).isEqualTo(1);
    assertThat(recorder.step(StepKind.FLUSH).use().held()).isZero();
    assertThat(recorder.last().use().held()).isZero();
    assertThat(recorder.last().what()).contains("all free again");
  }

  @Test
  void shouldEndAtAHostThatNobodyKnows() {
    Transmission transmission = press("nosuch.invalid", 27708, Duration.ofMillis(500));

    assertThat(transmission.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(recorder.kinds()).containsExactly(StepKind.RESOLVE);
    assertThat(recorder.last().done()).isFalse();
    assertThat(recorder.last().what())
        .isEqualTo(transmission.meaning())
        .contains("nosuch.invalid has no address: check its spelling");
  }

  @Test
  void shouldEndWhereNobodyListens() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Transmission transmission = press("127.0.0.1", free, Duration.ofMillis(500));

    assertThat(transmission.verdict()).isEqualTo(Verdict.UNREACHABLE);
    assertThat(recorder.last().kind()).isEqualTo(StepKind.CONNECT);
    assertThat(recorder.last().what()).contains("nothing listens on 127.0.0.1:" + free);
  }

  @Test
  void shouldSayWhenNothingComesInTime() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers())) {
      Transmission transmission = press(server);

      assertThat(transmission.verdict()).isEqualTo(Verdict.NO_REPLY);
      assertThat(transmission.elapsed()).isBetween(Duration.ofMillis(400), Duration.ofSeconds(20));
      assertThat(server.requests()).containsExactly("W018C050001");
    }
    assertThat(recorder.step(StepKind.READ).done()).isFalse();
    assertThat(recorder.step(StepKind.READ).what())
        .startsWith("nothing came within 400 ms: is 127.0.0.1:")
        .endsWith("a WWEP server, and is it busy?");
    assertThat(recorder.last().use().held()).isZero();
  }

  @Test
  void shouldSayWhatCameOfAReplyThatIsNotWhole() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.ClosesMidReply(5))) {
      assertThat(press(server).verdict()).isEqualTo(Verdict.NO_REPLY);
    }
    assertThat(recorder.step(StepKind.READ).what())
        .startsWith("5 bytes, A018C came, and then the server ended its side");
    assertThat(recorder.last().what()).contains("the server has ended its side");
  }

  @Test
  void shouldTellAResetFromAnEnd() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Resets())) {
      assertThat(press(server).verdict()).isEqualTo(Verdict.NO_REPLY);
    }
    assertThat(recorder.step(StepKind.READ).what()).contains("the connection broke");
    assertThat(recorder.last().use().held()).isZero();
  }

  @Test
  void shouldFindAReplyOfSomebodyElse() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersHttp())) {
      assertThat(press(server).verdict()).isEqualTo(Verdict.WRONG_REPLY);
    }
    assertThat(recorder.step(StepKind.READ).what()).contains("HTTP/1.1", "no WWEP server sends");
  }

  @Test
  void shouldPutTogetherAReplyThatComesInPieces() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Trickles(5))) {
      Transmission transmission = press(server.host(), server.port(), Duration.ofSeconds(20));
      assertThat(transmission.received()).isEqualTo("A018C050001");
    }
    assertThat(recorder.passed(StepKind.READ)).hasSizeGreaterThan(1).startsWith("< A");
    assertThat(recorder.last().use().held()).isZero();
  }

  @Test
  void shouldReadWhatAServerSaysThatTurnsBoardsAway() {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.TurnsAway())) {
      assertThat(press(server).verdict()).isEqualTo(Verdict.UNEXPECTED_REJECTION);
    }
    assertThat(recorder.step(StepKind.READ).what()).isEqualTo("1 byte, X");
  }

  private static Board patient(TestServer server, SlowMotion motion) {
    return Board.builder("127.0.0.1")
        .mac(MAC)
        .plainPort(server.plainPort())
        .replyTimeout(Duration.ofSeconds(10))
        .carrier(motion)
        .build();
  }

  @Test
  void shouldKeepServingKeysOnNewConnections() {
    try (TestServer server = TestServer.start();
        SlowMotion motion = new SlowMotion(Duration.ZERO, recorder);
        Board board = patient(server, motion)) {
      assertThat(board.press(0).verdict()).isEqualTo(Verdict.FINE);
      assertThat(board.sendIllegal(false).received()).isEqualTo("X");
      assertThat(board.readBack(false).received()).isEqualTo("A018C050001");
    }
    assertThat(recorder.kinds()).hasSize(3 * 8);
  }

  @Test
  void shouldRestBetweenStepsAndNotCountThat() {
    long start = System.nanoTime();
    try (TestServer server = TestServer.start();
        SlowMotion motion = new SlowMotion(Duration.ofMillis(300), recorder);
        Board board = patient(server, motion)) {
      assertThat(board.press(0).received()).isEqualTo("A018C050001");
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isGreaterThan(Duration.ofMillis(7 * 300));
    assertThat(recorder.step(StepKind.BIND).took()).isLessThan(Duration.ofMillis(7 * 300));
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 3_001})
  void shouldRefuseAPauseThatNoServerWaitsFor(long millis) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SlowMotion(Duration.ofMillis(millis), recorder))
        .withMessageContaining("0 to 3 s");
  }
}
