package io.wwep.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.conformance.cases.Case;
import io.wwep.conformance.cases.Catalogue;
import io.wwep.conformance.cases.Doors;
import io.wwep.conformance.cases.Level;
import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Target;
import io.wwep.conformance.wire.Wire;
import io.wwep.conformance.wire.Wires;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The one case that writes where somebody's values may be leaves them as they were. */
class CornersTest {

  private static CaseResult tryCorners(Target target) throws InterruptedException {
    Case corners =
        Catalogue.upTo(Level.FULL).stream()
            .filter(each -> each.name().equals("messages.first-and-last-device"))
            .filter(each -> each.doors() == Doors.PLAIN)
            .findFirst()
            .orElseThrow();
    return Conformance.against(target).level(Level.FULL).trial().of(corners);
  }

  @Test
  void shouldPutBackWhatTheFirstAndTheLastDeviceHeld() throws Exception {
    try (TestServer server = TestServer.start()) {
      Target target = Target.at("127.0.0.1").withPlain(server.plainPort());
      for (String written : new String[] {"0000FF1234", "FFFF005678"}) {
        try (Wire wire = new Wires(target).connect(Port.PLAIN)) {
          wire.exchange("W" + written, "A" + written);
        }
      }

      CaseResult result = tryCorners(target);

      assertThat(result.isPassed()).as(result.toString()).isTrue();
      try (Wire wire = new Wires(target).connect(Port.PLAIN)) {
        wire.exchange("R0000FF", "A0000FF1234");
        wire.exchange("RFFFF00", "AFFFF005678");
        wire.exchange("R000000", "A0000000000");
      }
    }
  }

  @Test
  void shouldPutItBackAlsoWhenTheServerFails() throws Exception {
    try (Forgiving server = new Forgiving()) {
      server.registers.put("0000FF", "1234");
      server.registers.put("FFFFFF", "5678");

      CaseResult result = tryCorners(Target.at("127.0.0.1").withPlain(server.port()));

      assertThat(result.isFailed()).as(result.toString()).isTrue();
      assertThat(result.expected()).isEqualTo("A0000FFFFFF");
      assertThat(server.registers).containsEntry("0000FF", "1234").containsEntry("FFFFFF", "5678");
    }
  }

  /** Has sessions, and takes no read of 0000FF in lower case. */
  private static final class Forgiving implements AutoCloseable {

    final Map<String, String> registers = new ConcurrentHashMap<>();
    private final ServerSocket listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Forgiving() throws IOException {
      Thread thread = new Thread(this::serve, "forgiving-server");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return listener.getLocalPort();
    }

    private void serve() {
      while (!listener.isClosed()) {
        try (Socket socket = listener.accept()) {
          for (String reply = answer(socket); reply != null; reply = answer(socket)) {
            socket.getOutputStream().write(reply.getBytes(StandardCharsets.US_ASCII));
          }
        } catch (IOException gone) {
          // The next one comes, or the test is over.
        }
      }
    }

    /** Returns null at the end. */
    private String answer(Socket socket) throws IOException {
      InputStream in = socket.getInputStream();
      int command = in.read();
      while (command == '\n') {
        command = in.read();
      }
      if (command < 0) {
        return null;
      }
      String digits = new String(in.readNBytes(command == 'W' ? 10 : 6), StandardCharsets.US_ASCII);
      String id = digits.substring(0, 6);
      if (command == 'W') {
        registers.put(id, digits.substring(6));
      }
      String value = registers.get(id);
      return value == null ? "X" : "A" + id + value;
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
