package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wwep.server.access.Door;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is told of a request beside its bytes, and of the connection that it came on. */
@Timeout(60)
class EventDetailsTest {

  private static ServerEvent.Transaction transaction(RunningServer running) {
    await().until(() -> !running.transactions().isEmpty());
    return running.transactions().get(0);
  }

  private static ServerEvent.Ended ended(RunningServer running) {
    await().until(() -> !running.ends.isEmpty());
    return running.ends.element();
  }

  /** The last is a write whose pause makes it illegal. */
  @ParameterizedTest
  @CsvSource({
    "W0FAC0B1234, 0FAC, 0B, -1",
    "R0FAC0C, 0FAC, 0C, -1",
    "W0fac0b12345, 0FAC, 0B, 11",
    "W0FAC0B12G4, 0FAC, 0B, 9",
    "R0FACG0, 0FAC, , 5",
    "W0GAC0B1234, , , 2",
    "w0FAC0B1234, , , 0",
    "hello, , , 0",
    "GET / HTTP/1.1, , , -1",
    "W0FAC0, 0FAC, , 6",
  })
  void shouldTellWhichByteIsWrongAndWhatTheRestNames(
      String request, String device, String register, int wrongByte) throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire wire = running.plain()) {
      wire.send(request).receive(1);
      ServerEvent.Transaction told = transaction(running);
      assertThat(told.device()).isEqualTo(number(device));
      assertThat(told.register()).isEqualTo(number(register));
      assertThat(told.wrongByte()).isEqualTo(wrongByte);
      assertThat(told)
          .extracting(
              ServerEvent.Transaction::door,
              ServerEvent.Transaction::tls,
              ServerEvent.Transaction::certificate)
          .containsExactly(Door.PLAIN, null, null);
    }
  }

  private static int number(String hex) {
    return hex == null ? -1 : Integer.parseInt(hex, 16);
  }

  @Test
  void shouldFindTheWrongByteOfAFrameThatCameInTwoReads() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire wire = running.plain()) {
      wire.send("R0FAC0BW0FA").receive(1);
      wire.send("C0B12G4").receive(1);
      await().until(() -> running.transactions().size() == 2);
      assertThat(running.transactions().get(1).wrongByte()).isEqualTo(9);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldTellTheVersionOfTls(String version) throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire wire = running.tls(version)) {
      assertThat(wire.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      ServerEvent.Transaction told = transaction(running);
      assertThat(told.tls()).isEqualTo(version);
      assertThat(told.door()).isEqualTo(Door.TLS);
      assertThat(told.secure()).isTrue();
    }
  }

  /** A ClientHello that offers TLS 1.1 and two suites. */
  private static final byte[] OLD_HELLO = {
    0x16, 3, 1, 0, 47, 1, 0, 0, 43, 3, 2, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17,
    18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 0, 0, 4, 0, 0x2F, 0, 0x35, 1, 0
  };

  @Test
  void shouldTellTheNewestVersionThatAFailedHandshakeOffered() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.tlsPort())) {
      socket.getOutputStream().write(OLD_HELLO);
      ServerEvent.Transaction told = transaction(running);
      assertThat(told.rejection().code().word()).isEqualTo("tls-failed");
      assertThat(told.tls()).isEqualTo("TLSv1.1");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldTellThatThePeerTookItsReplies(boolean tls) throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts())) {
      try (Wire wire = tls ? running.tls() : running.plain()) {
        wire.exchange("W0FAC0B1234");
        wire.exchange("R0FAC0B");
      }
      ServerEvent.Ended told = ended(running);
      assertThat(told.requests()).isEqualTo(2);
      assertThat(told.end()).isEqualTo(ServerEvent.End.TAKEN);
      assertThat(told.door()).isEqualTo(tls ? Door.TLS : Door.PLAIN);
      assertThat(told.peer()).isEqualTo(running.transactions().get(0).peer());
    }
  }

  private static List<Transport> transports() {
    return List.of(Transport.NIO, Transport.AUTO.resolve());
  }

  /** A board closes a socket whose reply it has not read. */
  @ParameterizedTest
  @MethodSource("transports")
  void shouldTellThatThePeerResetTheConnection(Transport transport) throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withTransport(transport);
    try (RunningServer running = RunningServer.start(config)) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), running.server.plainPort())) {
        socket.getOutputStream().write("W0FAC0B1234".getBytes(StandardCharsets.US_ASCII));
        await().until(() -> socket.getInputStream().available() > 0);
        socket.setSoLinger(true, 0); // or Java says goodbye first
      }
      assertThat(ended(running).end()).isEqualTo(ServerEvent.End.RESET);
    }
  }

  /** And so does one that waits until the server has ended its side. */
  @ParameterizedTest
  @MethodSource("transports")
  void shouldTellAResetBehindItsOwnEnd(Transport transport) throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withTransport(transport).withOneShot(true);
    try (RunningServer running = RunningServer.start(config)) {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), running.server.plainPort())) {
        socket.getOutputStream().write("W0FAC0B1234".getBytes(StandardCharsets.US_ASCII));
        socket.getInputStream().readNBytes(11);
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        socket.setSoLinger(true, 0);
      }
      assertThat(ended(running).end()).isEqualTo(ServerEvent.End.RESET);
    }
  }

  @Test
  void shouldTellWhenThePeerGaveNoSign() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts().withOneShot(true));
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), running.server.plainPort())) {
      socket.getOutputStream().write("W0FAC0B1234".getBytes(StandardCharsets.US_ASCII));
      await().until(() -> !running.ends.isEmpty()); // after the time that it is waited for
      assertThat(running.ends.element().end()).isEqualTo(ServerEvent.End.UNKNOWN);
    }
  }

  @Test
  void shouldSayNothingOfTheEndOfAConnectionWithoutAReply() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts())) {
      running.plain().close();
      try (Wire wire = running.plain()) {
        wire.exchange("W0FAC0B1234");
      }
      ended(running);
      assertThat(running.ends).hasSize(1);
    }
  }
}
