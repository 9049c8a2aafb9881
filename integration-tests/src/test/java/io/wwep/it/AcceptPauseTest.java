package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.server.ServerException;
import io.wwep.server.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A server that runs out of files. It takes no more connections than it may have files, but others
 * than its own may use them up: here it inherits some that it knows nothing of.
 */
@Tag("staged")
@Timeout(120)
class AcceptPauseTest {

  private static final int FILES_MAX = 300;
  private static final int FILES_INHERITED = 80;

  /** More than there are files for, and fewer than the server takes by its own count. */
  private static final int CONNECTIONS = 200;

  /** So many that the rest finds files, however many the class path has taken. */
  private static final int CLOSED = 180;

  private static final int MEASURED_MILLIS = Scale.of(2_000, 20_000);

  /** An idle JVM takes about 1%; one that tries again each millisecond takes 9. */
  private static final int PERCENT_MAX = 5;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(
      value = Transport.class,
      names = {"IO_URING", "EPOLL", "NIO"})
  void shouldPauseWithoutSpinningAndGoOn(Transport transport) throws Exception {
    requireLinux(transport);
    String script =
        "ulimit -n %d; for i in $(seq %d); do exec {file}</dev/null; done; exec \"$@\""
            .formatted(FILES_MAX, FILES_INHERITED);
    List<Socket> sockets = new ArrayList<>();
    try (WwepProcess server =
            WwepProcess.serve(
                WwepProcess.Surroundings.NONE.under("bash", "-c", script, "bash"),
                directory,
                "--no-tls",
                "--store",
                "memory:",
                "--transport",
                transport.name().toLowerCase(Locale.ROOT));
        Socket session = connect(server)) {
      assertThat(receive(session, 22)).isEqualTo("A0FAC0B1234A0FAC0B1234");
      for (int i = 0; i < CONNECTIONS; i++) {
        sockets.add(connect(server));
      }
      server.awaitLine(line -> line.contains("no connection can be accepted"));

      assertThat(percentOfProcessor(server, transport)).isLessThan(PERCENT_MAX);

      send(session);
      assertThat(receive(session, 22)).isEqualTo("A0FAC0B1234A0FAC0B1234");
      for (Socket each : sockets.subList(0, CLOSED)) {
        each.close();
      }
      for (Socket each : sockets.subList(CLOSED, CONNECTIONS)) {
        assertThat(receive(each, 22)).isEqualTo("A0FAC0B1234A0FAC0B1234");
      }
    } finally {
      for (Socket each : sockets) {
        each.close();
      }
    }
  }

  private static void requireLinux(Transport transport) {
    assumeTrue(System.getProperty("os.name").equals("Linux"), "needs Linux");
    Tool.of("bash");
    try {
      transport.resolve();
    } catch (ServerException blocked) {
      assumeTrue(false, blocked.getMessage());
    }
  }

  private static double percentOfProcessor(WwepProcess server, Transport transport)
      throws InterruptedException {
    Duration before = processorTime(server);
    long start = System.nanoTime();
    TimeUnit.MILLISECONDS.sleep(MEASURED_MILLIS);
    double nanos = processorTime(server).minus(before).toNanos();
    double percent = 100 * nanos / (System.nanoTime() - start);
    Figures.note(
        "accept.pause.cpu." + transport.name().toLowerCase(Locale.ROOT),
        String.format(Locale.ROOT, "%.1f%%", percent));
    return percent;
  }

  private static Duration processorTime(WwepProcess server) {
    return ProcessHandle.of(server.pid()).orElseThrow().info().totalCpuDuration().orElseThrow();
  }

  private static Socket connect(WwepProcess server) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.plainPort());
    socket.setSoTimeout(20_000);
    send(socket);
    return socket;
  }

  private static void send(Socket socket) throws IOException {
    byte[] twice = "W0FAC0B1234W0FAC0B1234".getBytes(StandardCharsets.US_ASCII);
    socket.getOutputStream().write(twice);
  }

  private static String receive(Socket socket, int length) throws IOException {
    return new String(socket.getInputStream().readNBytes(length), StandardCharsets.US_ASCII);
  }
}
