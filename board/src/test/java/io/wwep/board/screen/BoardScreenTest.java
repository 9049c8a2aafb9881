package io.wwep.board.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.wwep.board.Board;
import io.wwep.board.Boards;
import io.wwep.board.KeySource;
import io.wwep.client.Trust;
import io.wwep.testkit.MisbehavingServer;
import io.wwep.testkit.Misbehavior;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Keys in, pictures out. */
@Timeout(60)
class BoardScreenTest {

  private static final Screen.Size SIZE = new Screen.Size(100, 40);

  /** Of the board that was opened last: one that has quit may still be waiting for keys. */
  private BlockingQueue<Integer> keys;

  private volatile String shown = "";
  private volatile Screen.Size size = SIZE;

  private final Screen screen =
      new Screen() {
        @Override
        public Size size() {
          return size;
        }

        @Override
        public void show(List<Line> lines) {
          shown = lines.stream().map(Line::text).collect(Collectors.joining("\n"));
        }
      };

  /** Presses keys one by one, with what must be on the screen behind each. */
  private CompletableFuture<Integer> open(Board board) {
    BlockingQueue<Integer> typed = new LinkedBlockingQueue<>();
    keys = typed;
    return CompletableFuture.supplyAsync(
        () -> new BoardScreen(board, screen, true).run(() -> take(typed)),
        task -> new Thread(task).start());
  }

  private static int take(BlockingQueue<Integer> typed) throws IOException {
    try {
      return typed.take();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private void press(char key, String... parts) {
    keys.add((int) key);
    awaitShown(parts);
  }

  private void awaitShown(String... parts) {
    await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(shown).contains(parts));
  }

  @Test
  void shouldShowWhatABoardPrints() throws Exception {
    try (TestServer server = TestServer.start()) {
      Board board = Boards.of(server).trust(Trust.caFile(server.caFile())).build();
      CompletableFuture<Integer> end = open(board);
      awaitShown("○", "off", "018C", "127.0.0.1", "board up", "verification root, the CAs in");
      press('0', "●", "sent      W018C050001", "received  A018C050001", "stored 0001, LED on");
      press('1', "○", "TLSv1.3", "verified by the root certificate", "stored 0000, LED off");
      press('x', "W01234", "rejected, as it should be");
      press('r', "R018C05", "as this board shows");
      press('v', "pinned what 127.0.0.1:" + server.tlsPort() + " showed last");
      press('1', "it is the pinned one");
      press('v', "any server is believed");
      press('1', "not verified");
      press('c', "there is no client certificate to show: start with --cert");
      press('?', "flip the LED, send it over TLS");
      press('z', "'z' does nothing");
      keys.add((int) 'q');
      assertThat(end.get()).isZero();
      assertThat(server.store().read(0x018C05)).isZero();
    }
  }

  @Test
  void shouldShowFailuresAsABoardPrintsThem() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Refuses())) {
      CompletableFuture<Integer> end = open(Boards.of(server).build());
      press('0', "button 0: LED on", "nothing listens on");
      press('1', "must know which server to trust");
      keys.add((int) 'q');
      assertThat(end.get()).isEqualTo(4);
    }
    try (TestServer server = TestServer.start()) {
      CompletableFuture<Integer> end = open(Boards.of(server).trust(Trust.system()).build());
      press('1', "is not trusted", "--pin");
      keys.add((int) 'q');
      assertThat(end.get()).isEqualTo(4);
    }
  }

  @Test
  void shouldServeInTurnWhatIsTypedWhileAServerAnswers() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.AnswersLate(100))) {
      CompletableFuture<Integer> end =
          open(Boards.of(server).replyTimeout(Duration.ofSeconds(30)).build());
      "000".chars().forEach(keys::add);
      await().until(() -> server.requests().size() == 3);
      assertThat(server.requests()).containsExactly("W018C050001", "W018C050000", "W018C050001");
      awaitShown("received  A018C050000", "stored 0001, LED on");
      keys.add((int) 'q');
      assertThat(end.get()).isZero();
    }
  }

  @Test
  void shouldSendWhatIsTypedBeforeQ() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      CompletableFuture<Integer> end = open(Boards.of(server).build());
      "000q0".chars().forEach(keys::add);
      assertThat(end.get()).isZero();
      assertThat(server.requests()).containsExactly("W018C050001", "W018C050000", "W018C050001");
    }
  }

  @Test
  void shouldQuitWhileAServerDoesNotAnswer() throws Exception {
    for (char end : List.of('q', 'Q', '\u0003', '\u0004')) {
      try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers())) {
        CompletableFuture<Integer> run =
            open(Boards.of(server).replyTimeout(Duration.ofMinutes(5)).build());
        keys.add((int) '0');
        await().until(() -> server.connections() == 1);
        keys.add((int) end);
        assertThat(run.get()).isZero();
      }
    }
  }

  /** Also when so many keys wait already that no more are taken. */
  @Test
  void shouldHelpWhileAServerDoesNotAnswer() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.NeverAnswers())) {
      CompletableFuture<Integer> run =
          open(Boards.of(server).replyTimeout(Duration.ofMinutes(5)).build());
      "0".repeat(40).chars().forEach(keys::add);
      await().until(() -> server.connections() == 1);
      press('?', "button 0: LED on", "flip the LED, send it over TLS");
      keys.add((int) 'q');
      assertThat(run.get()).isZero();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  /** Nobody accepts, and the queue of connections is full, so the kernel answers nothing more. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void shouldHelpAndQuitWhileAConnectionIsNotMade() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      for (int i = 0; i < 2; i++) {
        waiting.add(new Socket(full.getInetAddress(), full.getLocalPort()));
      }
      CompletableFuture<Integer> run =
          open(
              Board.builder("127.0.0.1")
                  .mac(Boards.MAC)
                  .plainPort(full.getLocalPort())
                  .connectTimeout(Duration.ofMinutes(5))
                  .build());
      press('0', "button 0: LED on");
      press('?', "flip the LED, send it over TLS");
      keys.add((int) 'q');
      assertThat(run.get()).isZero();
    } finally {
      for (Socket each : waiting) {
        each.close();
      }
    }
  }

  @Test
  void shouldEndWhenItIsToldTo() throws Exception {
    try (MisbehavingServer server = MisbehavingServer.start(new Misbehavior.Behaves())) {
      BoardScreen drawn = new BoardScreen(Boards.of(server).build(), screen, true);
      BlockingQueue<Integer> nothing = new LinkedBlockingQueue<>();
      CompletableFuture<Integer> run =
          CompletableFuture.supplyAsync(() -> drawn.run(() -> take(nothing)));
      awaitShown("board up");
      size = new Screen.Size(40, 12);
      drawn.redraw();
      assertThat(shown.lines()).hasSize(12).allMatch(line -> line.length() == 40);
      drawn.stop();
      assertThat(run.get()).isZero();
    }
  }

  @Test
  void shouldTellOfAServerWhoseNameHasNoAddress() throws Exception {
    Board board = Board.builder("no-such-host.invalid").mac(Boards.MAC).build();
    CompletableFuture<Integer> run = open(board);
    awaitShown("DNS: there is no way to no-such-host.invalid");
    keys.add((int) 'q');
    assertThat(run.get()).isZero();
  }

  @Test
  void shouldNotHideAFaultOfItsThreads() {
    Board board = Board.builder("127.0.0.1").mac(Boards.MAC).build();
    KeySource broken =
        () -> {
          throw new IllegalArgumentException("a mistake");
        };
    assertThatIllegalStateException()
        .isThrownBy(() -> new BoardScreen(board, screen, true).run(broken))
        .withRootCauseInstanceOf(IllegalArgumentException.class);
  }
}
