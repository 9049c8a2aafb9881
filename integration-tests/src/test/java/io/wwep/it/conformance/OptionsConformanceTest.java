package io.wwep.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Wire;
import io.wwep.conformance.wire.Wires;
import io.wwep.server.ReadOnly;
import io.wwep.server.Timeouts;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the options of PROTOCOL.md change on the wire; needs a server of our own. */
class OptionsConformanceTest {

  private static final long CLOCK_MILLIS = 20;

  /** Far beyond each time that is set below, and far below each default. */
  private static final long LATE_MILLIS = 3_000;

  private static final String CLIENT_HELLO = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000";

  private static TargetServer openWith(Timeouts timeouts) {
    return TargetServer.openWith(config -> config.withTimeouts(timeouts));
  }

  private static Wire connect(TargetServer target, Port port) throws IOException {
    return new Wires(target.target()).connect(port);
  }

  private static Wire clear(TargetServer target, Port port) throws IOException {
    return new Wires(target.target()).clear(port);
  }

  private static long millisToEnd(Wire wire) throws IOException {
    long start = System.nanoTime();
    wire.expectEnd();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldCloseRightAfterTheFirstReplyWithOneShot(Port port) throws Exception {
    try (TargetServer target = TargetServer.openWith(config -> config.withOneShot(true))) {
      connect(target, port).close();
      for (String sent : List.of("R0FAC0B", "R0FAC0B\n", "hello\n", "hello", "w\nR0FAC0B")) {
        try (Wire wire = connect(target, port)) {
          wire.exchange(sent, "X");
          assertThat(millisToEnd(wire)).as(sent).isLessThan(250 - 2 * CLOCK_MILLIS);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldTakeOnlyTheFirstFrameWithOneShot(Port port) throws Exception {
    try (TargetServer target = TargetServer.openWith(config -> config.withOneShot(true))) {
      try (Wire wire = connect(target, port)) {
        wire.send("W0FAC0B1234W0FAC0B5678\nhello\n");
        assertThat(wire.readToEnd()).isEqualTo("A0FAC0B1234");
      }
      try (Wire wire = connect(target, port)) {
        wire.send("R0FAC0B");
        assertThat(wire.readToEnd()).isEqualTo("A0FAC0B1234");
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "R0BAC0B,X not-written",
        "W01234\\n,X incomplete",
        "W01234,X incomplete",
        "W0FAC0B12345,X too-long ",
        "W0FAC0B1234\\0,X too-long ",
        "hello,X bad-command",
        "w0FAC0B1234,X bad-command",
        "W0FAC0B12G4,X bad-digit",
        "GET / HTTP/1.1\\r\\n,X http     ",
      })
  void shouldSendTheReasonWithExplain(String sent, String reply) throws Exception {
    String bytes = sent.replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
    try (TargetServer target = TargetServer.openWith(config -> config.withExplain(true))) {
      for (Port port : Port.values()) {
        try (Wire wire = connect(target, port)) {
          wire.send(bytes);
          assertThat(wire.readToEnd()).as("%s", port).isEqualTo(reply);
        }
      }
    }
  }

  @Test
  void shouldSendTheReasonToALostPeerWithExplain() throws Exception {
    try (TargetServer target = TargetServer.openWith(config -> config.withExplain(true))) {
      try (Wire wire = clear(target, Port.TLS)) {
        wire.send("R0FAC0B");
        assertThat(wire.readToEnd()).isEqualTo("X plain-on-tls-port");
      }
      try (Wire wire = clear(target, Port.TLS)) {
        wire.send("GET / HTTP/1.1\r\n\r\n");
        assertThat(wire.readToEnd()).isEqualTo("X http     ");
      }
      try (Wire wire = clear(target, Port.PLAIN)) {
        wire.send(CLIENT_HELLO);
        assertThat(wire.readToEnd()).isEqualTo("X tls-on-plain-port");
      }
    }
  }

  @Test
  void shouldExplainInTheOrderOfThePipeline() throws Exception {
    try (TargetServer target = TargetServer.openWith(config -> config.withExplain(true));
        Wire wire = connect(target, Port.PLAIN)) {
      wire.exchange(
          "R0FAC0BW0FAC0B1234\nhello\nR0FAC0B", "X not-writtenA0FAC0B1234X bad-commandA0FAC0B1234");
    }
  }

  @Test
  void shouldDenyWritesOnAReadOnlyPort() throws Exception {
    try (TargetServer target =
        TargetServer.openWith(config -> config.withReadOnly(ReadOnly.PLAIN).withExplain(true))) {
      try (Wire wire = connect(target, Port.PLAIN)) {
        wire.exchange("W0FAC0B1234\nR0FAC0B", "X denied   X not-written");
      }
      try (Wire wire = connect(target, Port.TLS)) {
        wire.exchange("W0FAC0B1234", "A0FAC0B1234");
      }
      try (Wire wire = connect(target, Port.PLAIN)) {
        wire.exchange("R0FAC0B", "A0FAC0B1234");
      }
    }
  }

  @Test
  void shouldCloseAConnectionThatSendsNothing() throws Exception {
    try (TargetServer target = openWith(new Timeouts(150, 250, 300_000, 400, 30_000, 30_000))) {
      for (Port port : Port.values()) {
        try (Wire wire = connect(target, port)) {
          assertThat(millisToEnd(wire)).as("%s", port).isBetween(400 - CLOCK_MILLIS, LATE_MILLIS);
        }
        try (Wire wire = clear(target, port)) {
          assertThat(millisToEnd(wire)).as("%s", port).isBetween(400 - CLOCK_MILLIS, LATE_MILLIS);
        }
      }
    }
  }

  @Test
  void shouldCloseAHandshakeThatTakesTooLong() throws Exception {
    try (TargetServer target = openWith(new Timeouts(150, 250, 300_000, 10_000, 400, 30_000));
        Wire wire = clear(target, Port.TLS)) {
      wire.send(CLIENT_HELLO);
      assertThat(millisToEnd(wire)).isBetween(400 - CLOCK_MILLIS, LATE_MILLIS);
    }
  }

  /** A slow board's handshake has begun, so the time for the first byte is not its time. */
  @Test
  void shouldNotTakeASlowHandshakeForSilence() throws Exception {
    try (TargetServer target = openWith(new Timeouts(150, 250, 300_000, 300, 30_000, 30_000));
        Wire wire = clear(target, Port.TLS)) {
      wire.send(CLIENT_HELLO);
      wire.expectSilence(1_000);
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldCloseASessionThatIsIdle(Port port) throws Exception {
    try (TargetServer target = openWith(new Timeouts(150, 250, 600, 10_000, 30_000, 30_000));
        Wire wire = connect(target, port)) {
      wire.exchange("R0FAC0BR0FAC0B", "XX");
      for (int i = 0; i < 4; i++) {
        wire.expectSilence(300);
        wire.send("\n");
      }
      assertThat(millisToEnd(wire)).isBetween(600 - CLOCK_MILLIS, LATE_MILLIS);
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldTakeTheFrameTimeoutAndTheLingerThatAreSet(Port port) throws Exception {
    try (TargetServer target = openWith(new Timeouts(500, 700, 300_000, 10_000, 30_000, 30_000))) {
      try (Wire wire = connect(target, port)) {
        wire.send("R0FA");
        wire.expectSilence(300);
        wire.exchange("C0B", "X");
        assertThat(millisToEnd(wire)).isBetween(700 - 2 * CLOCK_MILLIS, LATE_MILLIS);
      }
      try (Wire wire = connect(target, port)) {
        wire.send("R0FA");
        wire.expectSilence(300);
        wire.expect("X");
        wire.expectEnd();
      }
    }
  }
}
