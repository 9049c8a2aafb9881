package io.wwep.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.tap.change.Fault;
import io.wwep.tap.change.FaultKind;
import io.wwep.testkit.TestServer;
import java.net.InetAddress;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Rewrites and faults, as a board and a server see them. */
@Timeout(60)
class TapChangesTest {

  private static final String WRITE = "W0FAC050001";
  private static final String ACCEPTED = "A0FAC050001";
  private static final int ADDRESS = 0x0FAC05;

  private static TestServer server;
  private final Seen seen = new Seen();

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Tap faulty(Fault... faults) {
    return Tap.start(Setup.to(server.plainPort()).withFaults(List.of(faults)), seen);
  }

  private static Fault on(FaultKind kind, int device) {
    return new Fault(kind, null, device, null);
  }

  private void assertNamed(String fault) {
    seen.awaitEvent(TapEvent.Faulted.class, each -> each.fault().equals(fault));
  }

  // ---- rewrites

  @Test
  void shouldAlterAFrameAndShowBoth() throws Exception {
    TapConfig config =
        Setup.to(server.plainPort()).withRewrites(Setup.rules("W....05=.... -> 0077"), false);
    try (Tap tap = Tap.start(config, seen);
        Peer board = Peer.to(tap)) {
      assertThat(board.send(WRITE).read(11)).isEqualTo("A0FAC050077");
      assertThat(server.store().read(ADDRESS)).isEqualTo(0x77);
      board.send("W0FAC061111");
      assertThat(board.read(11)).isEqualTo("A0FAC061111");
    }
    TapEvent.Altered altered = seen.awaitEvent(TapEvent.Altered.class, each -> true);
    assertThat(altered.came()).isEqualTo(WRITE);
    assertThat(altered.forwarded()).isEqualTo("W0FAC050077");
    assertThat(altered.by()).isEqualTo("W....05=.... -> 0077");
    assertThat(seen.all(TapEvent.Altered.class)).hasSize(1);
    assertThat(seen.shown(Side.BOARD)).first().isEqualTo(WRITE);
  }

  @Test
  void shouldHaveTheReplySayWhatTheBoardSentWhenAskedTo() throws Exception {
    TapConfig config =
        Setup.to(server.plainPort()).withRewrites(Setup.rules("W....05=.... -> 0077"), true);
    try (Tap tap = Tap.start(config, seen);
        Peer board = Peer.to(tap)) {
      assertThat(board.send(WRITE).read(11)).isEqualTo(ACCEPTED);
      assertThat(server.store().read(ADDRESS)).isEqualTo(0x77);
    }
  }

  @Test
  void shouldAlterFramesThatComeInPiecesAndInCrowds() throws Exception {
    TapConfig config =
        Setup.to(server.plainPort())
            .withRewrites(
                Setup.rules("W....05=0001 -> 0002", "A....05=0002 -> 0003", "R....07 -> R....05"),
                false);
    try (Tap tap = Tap.start(config, seen);
        Peer board = Peer.to(tap)) {
      // Without a look at what the tap has seen: it does not wait long for the rest of a frame.
      board.send("W0FA");
      board.send("C050001W0FAC050001R0FAC07\r\n");
      assertThat(board.read(33)).isEqualTo("A0FAC050003A0FAC050003A0FAC050003");
      assertThat(server.store().read(ADDRESS)).isEqualTo(2);
    }
  }

  /** A board that stops inside a frame must get its X, though the frame could have been altered. */
  @Test
  void shouldNotHoldTheBeginningOfAFrameForEver() throws Exception {
    TapConfig config =
        Setup.to(server.plainPort()).withRewrites(Setup.rules("W....05=.... -> 0077"), false);
    try (Tap tap = Tap.start(config, seen);
        Peer board = Peer.to(tap)) {
      assertThat(board.send("W0FAC").readAll()).isEqualTo("X");
    }
  }

  @Test
  void shouldLeaveIllegalFramesAsTheyAre() throws Exception {
    TapConfig config =
        Setup.to(server.plainPort()).withRewrites(Setup.rules("W....05=.... -> 0077"), false);
    try (Tap tap = Tap.start(config, seen);
        Peer board = Peer.to(tap)) {
      assertThat(board.send(WRITE + "5").readAll()).isEqualTo("X");
    }
    assertThat(seen.all(TapEvent.Altered.class)).isEmpty();
  }

  // ---- faults

  @Test
  void shouldSendEachByteOnItsOwn() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.SPLIT));
        Peer board = Peer.to(tap)) {
      List<String> reads = board.send(WRITE).end().reads();
      assertThat(String.join("", reads)).isEqualTo(ACCEPTED);
      assertThat(reads.size()).isGreaterThan(3);
      assertNamed("split");
    }
  }

  @Test
  void shouldDelayAReply() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.DELAY, Duration.ofMillis(300)));
        Peer board = Peer.to(tap)) {
      long start = System.nanoTime();
      assertThat(board.send(WRITE).read(11)).isEqualTo(ACCEPTED);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(290));
      assertNamed("delay=300ms");
    }
  }

  @Test
  void shouldNotHoldAReplyBackForABoardThatIsGone() throws Exception {
    TapConfig config =
        Setup.to(server.plainPort())
            .withFaults(List.of(Fault.forAll(FaultKind.DELAY, Duration.ofMinutes(10))));
    try (Tap tap = Tap.start(config, seen, Duration.ofMillis(200))) {
      Peer resetting = Peer.to(tap).send(WRITE);
      Peer ending = Peer.to(tap).send(WRITE).end();
      await().until(() -> seen.all(TapEvent.Faulted.class).size() == 2);
      resetting.socket.setSoLinger(true, 0);
      resetting.close();
      seen.awaitClosed(2);
      ending.close();
    }
    assertThat(seen.all(TapEvent.Notice.class))
        .singleElement()
        .satisfies(each -> assertThat(each.sentence()).contains("taken for gone"));
  }

  @Test
  void shouldDropAReplyThoughTheServerStored() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.DROP_REPLY));
        Peer board = Peer.to(tap)) {
      assertThat(board.send("W0FAC060006").readAll()).isEmpty();
      assertThat(server.store().read(0x0FAC06)).isEqualTo(6);
      assertNamed("drop-reply");
      assertThat(seen.all(TapEvent.Faulted.class).get(0).sentence())
          .isEqualTo("the board does not get A0FAC060006");
    }
  }

  @Test
  void shouldCloseInPlaceOfAReply() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.CLOSE_EARLY));
        Peer board = Peer.to(tap)) {
      assertThat(board.send(WRITE).readAll()).isEmpty();
      assertNamed("close-early");
    }
    seen.awaitClosed(1);
  }

  @Test
  void shouldCloseInTheMiddleOfAReply() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.HALF_REPLY));
        Peer board = Peer.to(tap)) {
      assertThat(board.send(WRITE).readAll()).isEqualTo("A0FAC");
      assertNamed("half-reply");
    }
  }

  @Test
  void shouldResetInPlaceOfAReply() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.RESET));
        Peer board = Peer.to(tap)) {
      board.send(WRITE);
      assertThatThrownBy(() -> board.read(1)).isInstanceOf(SocketException.class);
      assertNamed("reset");
    }
  }

  @Test
  void shouldAnswerForTheNextRegister() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.WRONG_REPLY));
        Peer board = Peer.to(tap)) {
      assertThat(board.send("W0FACFF0001").read(11)).isEqualTo("A0FAC000001");
      assertNamed("wrong-reply");
    }
  }

  @Test
  void shouldAnswerXToEverything() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.X));
        Peer board = Peer.to(tap)) {
      assertThat(board.send(WRITE + "R0FAC05").read(2)).isEqualTo("XX");
      assertNamed("x");
    }
  }

  @Test
  void shouldAnswerWithGarbageThatIsTheSameEachTime() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.GARBAGE));
        Peer first = Peer.to(tap);
        Peer second = Peer.to(tap)) {
      String garbage = first.send(WRITE).read(11);
      assertThat(garbage).hasSize(11).doesNotStartWith("A").doesNotStartWith("X");
      assertThat(second.send(WRITE).read(11)).isEqualTo(garbage);
      assertNamed("garbage");
    }
  }

  @Test
  void shouldDisturbOneDeviceAlone() throws Exception {
    try (Tap tap = faulty(on(FaultKind.X, 0x0FAC), on(FaultKind.WRONG_REPLY, 0x0FAD));
        Peer first = Peer.to(tap);
        Peer second = Peer.to(tap);
        Peer third = Peer.to(tap)) {
      assertThat(first.send(WRITE).read(1)).isEqualTo("X");
      assertThat(second.send("W0FAD050001").read(11)).isEqualTo("A0FAD060001");
      assertThat(third.send("W0FAE050001").read(11)).isEqualTo("A0FAE050001");
      assertNamed("x@0FAC");
    }
  }

  @Test
  void shouldDisturbOneAddressAlone() throws Exception {
    InetAddress elsewhere = InetAddress.getByName("192.0.2.7");
    try (Tap tap =
            faulty(
                new Fault(FaultKind.X, null, Fault.ALL, elsewhere),
                new Fault(
                    FaultKind.HALF_REPLY, null, Fault.ALL, InetAddress.getLoopbackAddress()));
        Peer board = Peer.to(tap)) {
      assertThat(board.send(WRITE).readAll()).isEqualTo("A0FAC");
    }
  }

  @Test
  void shouldLetWhatIsForADeviceWin() throws Exception {
    try (Tap tap = faulty(Fault.forAll(FaultKind.X), on(FaultKind.HALF_REPLY, 0x0FAC));
        Peer board = Peer.to(tap)) {
      assertThat(board.send(WRITE).readAll()).isEqualTo("A0FAC");
    }
  }

  @Test
  void shouldRefuseFaultsThatCannotBe() {
    Stream.of(
            List.of(Fault.forAll(FaultKind.X), Fault.forAll(FaultKind.RESET)),
            List.of(Fault.forAll(FaultKind.EXPIRED)),
            List.of(Fault.forAll(FaultKind.SPLIT), Fault.forAll(FaultKind.SPLIT)))
        .forEach(
            faults ->
                assertThatThrownBy(
                        () -> Tap.start(Setup.to(server.plainPort()).withFaults(faults), seen))
                    .isInstanceOf(TapException.class));
  }
}
