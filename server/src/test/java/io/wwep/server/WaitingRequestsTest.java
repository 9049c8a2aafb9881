package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Many connections that send much while no commit ends: what waits in memory has a bound. */
@Timeout(120)
class WaitingRequestsTest {

  private static final int CONNECTIONS = 200;
  private static final int REQUESTS = 12_000;
  private static final String REQUEST = "W0FAC0B1234";

  /** What the reads bring that were under way when there was enough. */
  private static final int MORE_MAX = CONNECTIONS * Connection.WAITING_REQUESTS_MAX / 4;

  private final ExecutorService threads = Executors.newCachedThreadPool();

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
  void shouldTakeNoMoreThanThereIsRoomForAndAnswerAll(Transport transport) throws Exception {
    HeldStore store = new HeldStore();
    List<Socket> boards = new ArrayList<>();
    try (RunningServer running =
        RunningServer.start(ServerConfig.onFreePorts().withTransport(transport), store)) {
      List<CompletableFuture<Integer>> replies = new ArrayList<>();
      for (int i = 0; i < CONNECTIONS; i++) {
        Socket board = new Socket(InetAddress.getLoopbackAddress(), running.server.plainPort());
        boards.add(board);
        threads.execute(() -> send(board));
        replies.add(CompletableFuture.supplyAsync(() -> receive(board), threads));
      }
      int waiting = awaitStandstill(running);
      assertThat(waiting)
          .isBetween(Loop.WAITING_REQUESTS_MAX, Loop.WAITING_REQUESTS_MAX + MORE_MAX);
      store.commitUntil(CompletableFuture.allOf(replies.toArray(CompletableFuture[]::new)));
      assertThat(replies).allSatisfy(each -> assertThat(each.get()).isEqualTo(REQUESTS));
      assertThat(running.server.waitingRequests()).isZero();
    } finally {
      for (Socket board : boards) {
        board.close();
      }
      threads.shutdownNow();
    }
  }

  /** Behind a FIN the system's transports read all that there is, whatever they were told. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "AUTO")
  void shouldTakeNoMoreBehindTheEndOfInputAndAnswerAll(Transport transport) throws Exception {
    HeldStore store = new HeldStore();
    try (RunningServer running =
            RunningServer.start(ServerConfig.onFreePorts().withTransport(transport), store);
        SocketChannel board = SocketChannel.open()) {
      board.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), running.server.plainPort()));
      int requests = sendUntilHeldBack(board);
      assertThat(requests).isGreaterThan(20 * Connection.WAITING_REQUESTS_MAX);
      board.shutdownOutput();
      assertThat(awaitStandstill(running)).isLessThan(8 * Connection.WAITING_REQUESTS_MAX);
      CompletableFuture<Integer> replies =
          CompletableFuture.supplyAsync(() -> receiveAll(board.socket()), threads);
      store.commitUntil(replies);
      assertThat(replies.get()).isEqualTo(requests);
      assertThat(running.server.waitingRequests()).isZero();
    } finally {
      threads.shutdownNow();
    }
  }

  /** Sends until the server reads no more, whole requests; returns how many. */
  private static int sendUntilHeldBack(SocketChannel board) throws Exception {
    ByteBuffer block = ByteBuffer.wrap(REQUEST.repeat(1000).getBytes(StandardCharsets.US_ASCII));
    board.configureBlocking(false);
    long sent = 0;
    long lastNanos = System.nanoTime();
    while (System.nanoTime() - lastNanos < 500_000_000 || sent % REQUEST.length() != 0) {
      if (!block.hasRemaining()) {
        block.rewind();
      }
      int wrote = board.write(block);
      sent += wrote;
      if (wrote > 0) {
        lastNanos = System.nanoTime();
      }
    }
    board.configureBlocking(true);
    return (int) (sent / REQUEST.length());
  }

  /** Returns how many replies came before the end, all of them whole. */
  private static int receiveAll(Socket board) {
    try {
      int bytes = board.getInputStream().readAllBytes().length;
      return bytes % REQUEST.length() == 0 ? bytes / REQUEST.length() : -1;
    } catch (IOException e) {
      return -1;
    }
  }

  private static void send(Socket board) {
    try {
      byte[] requests = REQUEST.repeat(REQUESTS).getBytes(StandardCharsets.US_ASCII);
      board.getOutputStream().write(requests);
    } catch (IOException e) {
      // Who counts the replies says so.
    }
  }

  /** Returns how many replies have come. */
  private static int receive(Socket board) {
    try {
      InputStream in = board.getInputStream();
      return in.readNBytes(REQUESTS * REQUEST.length()).length / REQUEST.length();
    } catch (IOException e) {
      return -1;
    }
  }

  private static int awaitStandstill(RunningServer running) {
    int[] seen = {0};
    await()
        .pollInterval(Duration.ofMillis(500))
        .atMost(Duration.ofSeconds(60))
        .until(
            () -> {
              int before = seen[0];
              seen[0] = running.server.waitingRequests();
              return seen[0] > 0 && seen[0] == before;
            });
    return seen[0];
  }
}
