package io.wwep.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.WwepProcess.Surroundings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that has less memory than its registers take: it ends, and loses nothing. */
@Timeout(120)
class OutOfMemoryTest {

  /** Less than a table of all devices, and enough for a start. */
  private static final String HEAP = "-Xmx20m";

  private static final int DEVICES = 65_536;
  private static final int BLOCK = 256;
  private static final int EXIT_CODE = 70;

  @TempDir private Path directory;

  @Test
  void shouldEndWithASentenceAndKeepWhatItAcknowledged() throws Exception {
    List<String> acknowledged = new ArrayList<>();
    try (WwepProcess server =
        WwepProcess.serve(
            Surroundings.NONE.jvm(HEAP, "-XX:+UseSerialGC"), directory, "--no-tls", "--quiet")) {
      writeEverywhere(server.plainPort(), acknowledged);
      assertThat(server.awaitExit()).isEqualTo(EXIT_CODE);
      assertThat(server.errors()).hasSize(1);
      assertThat(server.errors().get(0))
          .startsWith("wwep: this process ends, because there is not enough memory")
          .contains("what was acknowledged is safe", "WWEP_JAVA_OPTIONS=-Xmx");
    }
    assertThat(acknowledged).isNotEmpty().hasSizeLessThan(DEVICES);
    try (WwepProcess server = WwepProcess.serve(directory, "--no-tls", "--quiet")) {
      for (String reply : acknowledged.subList(acknowledged.size() - BLOCK, acknowledged.size())) {
        assertThat(exchange(server.plainPort(), "R" + reply.substring(1, 7))).isEqualTo(reply);
      }
      String data = server.awaitLine(line -> line.strip().startsWith("data ")).replace(",", "");
      int kept = Integer.parseInt(data.replaceFirst(".*: (\\d+) devices.*", "$1"));
      assertThat(kept).isGreaterThanOrEqualTo(acknowledged.size());
    }
  }

  /** Writes to one device after the other until the server is gone, and notes the replies. */
  private static void writeEverywhere(int port, List<String> acknowledged) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      OutputStream out = new BufferedOutputStream(socket.getOutputStream());
      InputStream in = socket.getInputStream();
      for (int first = 0; first < DEVICES; first += BLOCK) {
        for (int device = first; device < first + BLOCK; device++) {
          out.write("W%04X0B%04X".formatted(device, device).getBytes(StandardCharsets.US_ASCII));
        }
        out.flush();
        for (int i = 0; i < BLOCK; i++) {
          String reply = new String(in.readNBytes(11), StandardCharsets.US_ASCII);
          if (reply.length() < 11) {
            return;
          }
          acknowledged.add(reply);
        }
      }
    } catch (java.net.SocketException reset) {
      // The server is gone.
    }
  }

  private static String exchange(int port, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }
}
