package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.Tool;
import io.wwep.it.WwepProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server that stands still for a while, as one whose machine or container is paused: what boards
 * send meanwhile waits in its sockets, and is not late.
 */
@Timeout(180)
class PausedServerTest {

  private static final int ROUNDS = 10;

  /** Much less than a frame may pause. */
  private static final long BOARD_PAUSE_MILLIS = 40;

  /** More than a frame may pause, and more than a board may take after its first reply. */
  private static final long SERVER_PAUSE_MILLIS = 400;

  /** Less than a frame may pause, by what it takes to stop a process. */
  private static final long BOARD_PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

  @TempDir private Path directory;
  private long boardPausedNanos;

  @ParameterizedTest
  @ValueSource(strings = {"auto", "epoll", "nio"})
  void shouldNotTakeItsOwnPauseForTheBoards(String transport) throws Exception {
    assumeTrue(Files.isDirectory(Path.of("/proc/self")), "signals are those of Linux");
    Tool.of("kill", "-L");
    try (WwepProcess server = WwepProcess.serve(directory, "--transport", transport, "--no-tls")) {
      for (int round = 0; round < ROUNDS; round++) {
        inTime(server, () -> halves(server), "A0FAC0B1234");
        inTime(server, () -> second(server), "A0FAC0B5678");
      }
    }
  }

  /** Where this machine was so slow that the board was late itself, it comes again. */
  private void inTime(WwepProcess server, Callable<String> visit, String due) throws Exception {
    String reply;
    do {
      reply = visit.call();
    } while (boardPausedNanos > BOARD_PAUSE_NANOS_MAX);
    assertThat(reply)
        .as("what the server says: %s, and %d ms", server.output(), boardPausedNanos / 1_000_000)
        .isEqualTo(due);
  }

  private String halves(WwepProcess server) throws Exception {
    try (Socket socket = connect(server)) {
      long start = System.nanoTime();
      send(socket, "W0FAC0B");
      sendWhilePaused(server, socket, "1234", start);
      return reply(socket);
    }
  }

  private String second(WwepProcess server) throws Exception {
    try (Socket socket = connect(server)) {
      long start = System.nanoTime();
      send(socket, "W0FAC0B1234");
      assertThat(reply(socket)).isEqualTo("A0FAC0B1234");
      sendWhilePaused(server, socket, "W0FAC0B5678", start);
      return reply(socket);
    }
  }

  private void sendWhilePaused(WwepProcess server, Socket socket, String bytes, long startNanos)
      throws Exception {
    TimeUnit.MILLISECONDS.sleep(BOARD_PAUSE_MILLIS);
    signal(server, "STOP");
    boardPausedNanos = System.nanoTime() - startNanos;
    try {
      send(socket, bytes);
      TimeUnit.MILLISECONDS.sleep(SERVER_PAUSE_MILLIS);
    } finally {
      signal(server, "CONT");
    }
  }

  private static void signal(WwepProcess server, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, String.valueOf(server.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static Socket connect(WwepProcess server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.plainPort());
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(5_000);
    return socket;
  }

  private static void send(Socket socket, String bytes) throws IOException {
    socket.getOutputStream().write(bytes.getBytes(StandardCharsets.US_ASCII));
  }

  private static String reply(Socket socket) throws IOException {
    return new String(socket.getInputStream().readNBytes(11), StandardCharsets.US_ASCII);
  }
}
