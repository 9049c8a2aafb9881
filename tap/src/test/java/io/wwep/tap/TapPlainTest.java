package io.wwep.tap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.client.Trust;
import io.wwep.client.WwepClient;
import io.wwep.server.Timeouts;
import io.wwep.tap.decode.Message;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TapPlainTest {

  private static TestServer server;
  private final Seen seen = new Seen();

  @BeforeAll
  static void start() {
    // A busy machine takes longer between two pieces of a frame than a board does.
    server =
        TestServer.start(
            config ->
                config.withTimeouts(new Timeouts(5_000, 250, 300_000, 10_000, 30_000, 30_000)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Tap tap() {
    return Tap.start(Setup.to(server.plainPort()), seen);
  }

  @Test
  void shouldShowBothDirectionsWithWhatTheyMean() throws Exception {
    try (Tap tap = tap();
        Peer board = Peer.to(tap)) {
      assertThat(board.send("W0FAC0B1234").read(11)).isEqualTo("A0FAC0B1234");
      board.end();
      assertThat(board.readAll()).isEmpty();
      seen.awaitClosed(1);
      assertThat(tap.summary()).isEqualTo(new TapSummary(1, 0, 11, 11, 1, 1, 0, 0, 0, 0, 0, null));
    }
    assertThat(seen.shown(Side.BOARD)).containsExactly("W0FAC0B1234");
    assertThat(seen.shown(Side.SERVER)).containsExactly("A0FAC0B1234");
    Message request = seen.all(TapEvent.Segment.class).get(0).messages().get(0);
    assertThat(request.meaning()).isEqualTo("write 1234 to register 0B of device 0FAC");
    Message reply = seen.all(TapEvent.Segment.class).get(1).messages().get(0);
    assertThat(reply.meaning()).isEqualTo("stored");
    assertThat(reply.request()).isEqualTo("W0FAC0B1234");
    assertThat(reply.replyNanos()).isPositive();
  }

  @Test
  void shouldShowEachSegmentAndPassItOnAtOnce() throws Exception {
    try (Tap tap = tap();
        Peer board = Peer.to(tap)) {
      for (String piece : List.of("W0", "FAC0", "B1234")) {
        board.send(piece);
        seen.awaitEvent(TapEvent.Segment.class, each -> each.shown().equals(piece));
      }
      assertThat(board.read(11)).isEqualTo("A0FAC0B1234");
    }
    List<TapEvent.Segment> segments = seen.all(TapEvent.Segment.class);
    assertThat(segments.subList(0, 2)).allMatch(each -> each.messages().isEmpty());
    assertThat(segments.get(2).messages()).extracting(Message::text).containsExactly("W0FAC0B1234");
    assertThat(segments.get(2).number()).isEqualTo(3);
  }

  @Test
  void shouldSayWhyTheServerWillAnswerX() throws Exception {
    try (Tap tap = tap();
        Peer board = Peer.to(tap)) {
      assertThat(board.send("W0FAC0B1234\0").readAll()).isEqualTo("X");
      board.end();
      seen.awaitClosed(1);
    }
    Message request = seen.all(TapEvent.Segment.class).get(0).messages().get(0);
    assertThat(request.kind()).isEqualTo(Message.Kind.ILLEGAL);
    assertThat(request.code()).isEqualTo("too-long");
    assertThat(request.meaning()).contains("strlen(), not sizeof");
    Message reply = seen.all(TapEvent.Segment.class).get(1).messages().get(0);
    assertThat(reply.meaning()).isEqualTo("refused: too-long");
  }

  @Test
  void shouldAnswerAllThatCameBeforeAHalfClose() throws Exception {
    try (Tap tap = tap();
        Peer board = Peer.to(tap)) {
      board.send("W0FAC0C0001").send("R0FAC0CW0FA").end();
      assertThat(board.readAll()).isEqualTo("A0FAC0C0001A0FAC0C0001X");
      seen.awaitClosed(1);
    }
    TapEvent.Ended ended = seen.awaitEvent(TapEvent.Ended.class, each -> each.side() == Side.BOARD);
    assertThat(ended.how()).isEqualTo(TapEvent.Ending.FIN);
    assertThat(ended.messages()).extracting(Message::code).containsExactly("incomplete");
  }

  @Test
  void shouldPassOnThatTheServerClosesWhatIsIdle() throws Exception {
    try (Tap tap = tap();
        Peer board = Peer.to(tap)) {
      board.send("R0FAC7F");
      assertThat(board.readAll()).isEqualTo("X");
      seen.awaitEvent(
          TapEvent.Ended.class,
          each -> each.side() == Side.SERVER && each.how() == TapEvent.Ending.FIN);
    }
  }

  @Test
  void shouldNotKeepABoardForEverThatNeverClosesAfterItsServer() throws Exception {
    try (Tap tap = Tap.start(Setup.to(server.plainPort()), seen, Duration.ofMillis(300));
        Peer board = Peer.to(tap)) {
      assertThat(board.send("R0FAC7F").readAll()).isEqualTo("X");
      TapEvent.Notice notice =
          seen.awaitEvent(TapEvent.Notice.class, each -> each.word().equals("half-closed"));
      assertThat(notice.sentence())
          .startsWith("the server has ended its side, and the board has neither sent")
          .contains("close its socket");
      seen.awaitClosed(1);
    }
  }

  @Test
  void shouldPassOnAResetByTheServer() throws Exception {
    try (MisbehavingServer resetting = MisbehavingServer.start(new Misbehavior.Resets());
        Tap tap = Tap.start(Setup.to(resetting.port()), seen);
        Peer board = Peer.to(tap)) {
      board.send("R0FAC0B");
      assertThatThrownBy(() -> board.read(1)).isInstanceOf(SocketException.class);
      seen.awaitEvent(
          TapEvent.Ended.class,
          each -> each.side() == Side.SERVER && each.how() == TapEvent.Ending.RST);
    }
  }

  @Test
  void shouldPassOnAResetByTheBoard() throws Exception {
    try (ServerSocket target = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Tap tap = Tap.start(Setup.to(target.getLocalPort()), seen)) {
      Peer board = Peer.to(tap).send("R0");
      try (Peer accepted = new Peer(target.accept())) {
        assertThat(accepted.read(2)).isEqualTo("R0");
        board.socket.setSoLinger(true, 0);
        board.close();
        assertThatThrownBy(() -> accepted.read(1)).isInstanceOf(SocketException.class);
      }
      seen.awaitEvent(
          TapEvent.Ended.class,
          each -> each.side() == Side.BOARD && each.how() == TapEvent.Ending.RST);
    }
  }

  /** What boards see is an end in order; what people see is cause and cure. */
  @Test
  void shouldCloseBoardsAndSayWhyWhereThereIsNoServer() throws Exception {
    int nobody;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = free.getLocalPort();
    }
    try (Tap tap = Tap.start(Setup.to(nobody), seen);
        Peer board = Peer.to(tap)) {
      assertThat(board.send("R0FAC0B").readAll()).isEmpty();
      board.end();
      TapEvent.Notice notice =
          seen.awaitEvent(TapEvent.Notice.class, each -> each.word().equals("no-server"));
      assertThat(notice.sentence())
          .contains("nothing listens on 127.0.0.1:" + nobody, "start the server", "board sees");
      assertThat(notice.connection()).isEqualTo(1);
    }
  }

  @Test
  void shouldShowOfTlsOnlyWhatAnEavesdropperSees() throws Exception {
    try (Tap tap = Tap.start(Setup.to(server.tlsPort()), seen);
        WwepClient client =
            WwepClient.builder(Setup.HOST)
                .port(tap.address().getPort())
                .tls(Trust.caFile(server.caFile()))
                .build()) {
      client.write(0x0FAC, 0x0B, 0x4321);
    }
    List<String> meanings =
        seen.all(TapEvent.Segment.class).stream()
            .flatMap(each -> each.messages().stream())
            .map(Message::meaning)
            .toList();
    assertThat(meanings).first().asString().startsWith("TLS ClientHello, ");
    assertThat(meanings).anyMatch(each -> each.startsWith("TLS application data"));
    assertThat(String.join(" ", meanings)).doesNotContain("0FAC");
  }

  @Test
  void shouldTakeABoundedNumberOfConnectionsAndTellTheOthers() throws Exception {
    int offered = 300;
    List<Peer> boards = new ArrayList<>();
    try (Tap tap = tap()) {
      for (int i = 0; i < offered; i++) {
        boards.add(Peer.to(tap).send("W0FAC0B0001"));
      }
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> tap.summary().turnedAway() + tap.summary().connections() == offered);
      assertThat(tap.summary().turnedAway()).isEqualTo(offered - TapLimits.CONNECTIONS_MAX);
      TapEvent.Notice notice =
          seen.awaitEvent(TapEvent.Notice.class, each -> each.word().equals("limited"));
      assertThat(notice.sentence()).contains("takes 256 at a time", "end some");
      for (Peer each : boards.subList(0, TapLimits.CONNECTIONS_MAX)) {
        assertThat(each.read(11)).isEqualTo("A0FAC0B0001");
      }
    } finally {
      for (Peer each : boards) {
        each.close();
      }
    }
  }

  @Test
  void shouldPassBytesOnWhileNobodyLooks() throws Exception {
    CountDownLatch looks = new CountDownLatch(1);
    int requests = TapFeed.QUEUE_MAX;
    long[] dropped = {0};
    TapListener slow =
        new TapListener() {
          @Override
          public void event(TapEvent event) {
            try {
              looks.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void dropped(long count) {
            dropped[0] += count;
          }
        };
    Tap tap = Tap.start(Setup.to(server.plainPort()), slow);
    try (Peer board = Peer.to(tap)) {
      for (int i = 0; i < requests; i++) {
        assertThat(board.send("W0FAC0B0001").read(11)).isEqualTo("A0FAC0B0001");
      }
      looks.countDown();
    } finally {
      tap.close();
    }
    assertThat(dropped[0]).isPositive();
    assertThat(tap.summary().requests()).isEqualTo(requests);
  }

  @Test
  void shouldEndItsConnectionsWhenItEnds() throws Exception {
    Tap tap = tap();
    Peer board = Peer.to(tap).send("W0FAC0B0001");
    assertThat(board.read(11)).isEqualTo("A0FAC0B0001");
    tap.close();
    assertThat(ended(board)).isTrue();
    assertThatThrownBy(() -> Peer.to(tap.address())).isInstanceOf(IOException.class);
    assertThat(seen.all(TapEvent.Closed.class)).hasSize(1);
    board.close();
  }

  private static boolean ended(Peer board) {
    try {
      return board.readAll().isEmpty();
    } catch (IOException reset) {
      return true;
    }
  }

  @Test
  void shouldRefuseAPortThatIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      InetSocketAddress address = (InetSocketAddress) taken.getLocalSocketAddress();
      TapConfig config = TapConfig.of(address, Setup.HOST, server.plainPort());
      assertThatThrownBy(() -> Tap.start(config, seen))
          .isInstanceOf(TapException.class)
          .hasMessageContaining("cannot listen on " + Tap.words(address))
          .hasMessageContaining("0 for a free one");
    }
  }

  @Test
  void shouldRefuseWhatCanBeNoHost() {
    InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    TapConfig config = TapConfig.of(free, "http://wwep.lab", 27708);
    assertThatThrownBy(() -> Tap.start(config, seen))
        .isInstanceOf(TapException.class)
        .hasMessageContaining("give wwep.lab as the host");
  }

  @Test
  void shouldRefuseToBeItsOwnServer() throws Exception {
    int port;
    try (Socket probe = new Socket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      port = probe.getLocalPort();
    }
    TapConfig config =
        TapConfig.of(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port), Setup.HOST, port);
    assertThatThrownBy(() -> Tap.start(config, seen))
        .isInstanceOf(TapException.class)
        .hasMessageContaining("is where the tap itself listens");
  }
}
