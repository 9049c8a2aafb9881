package io.wwep.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How long a connection lives without options: PROTOCOL.md. One client at a time, so that the times
 * are the server's.
 */
class LifetimeConformanceTest {

  private static final int FRAME_TIMEOUT_MILLIS = 150;
  private static final int LINGER_MILLIS = 250;

  /** How long a board waits for its reply. */
  private static final int BOARD_PATIENCE_MILLIS = 500;

  /** How much earlier than the server's clock says the client's may see it. */
  private static final int CLOCK_MILLIS = 20;

  private static final int SESSION_SILENCE_MILLIS = 1_200;

  /** A half-open handshake: the header of a record that never comes. */
  private static final String HALF_A_CLIENT_HELLO = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000";

  private static TargetServer target;
  private static String device;

  @BeforeAll
  static void open() throws Exception {
    target = TargetServer.open();
    device = new Devices(target).fresh();
    for (Port port : Port.values()) {
      warmUp(port);
    }
  }

  /** The first connection of each kind loads classes, which is none of the times measured here. */
  private static void warmUp(Port port) throws IOException {
    if (port == Port.PLAIN || target.tlsPort() != TargetServer.NOT_SERVED) {
      try (Wire wire = Wire.connect(target, port)) {
        wire.exchange(fill("R####0B"), "X");
        wire.expectEnd();
      }
    }
  }

  @AfterAll
  static void close() {
    target.close();
  }

  private static String fill(String text) {
    return WireCase.fill(text, device);
  }

  private static long millisSince(long startNanos) {
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldAnswerAPauseWithinABoardsPatience(Port port) throws Exception {
    for (String partial : List.of("W", "W01234", "W####0B123", "R####0")) {
      try (Wire wire = Wire.connect(target, port)) {
        long start = System.nanoTime();
        wire.exchange(fill(partial), "X");
        assertThat(millisSince(start))
            .as(partial)
            .isBetween((long) FRAME_TIMEOUT_MILLIS - CLOCK_MILLIS, (long) BOARD_PATIENCE_MILLIS);
        wire.expectEnd();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldTakeAPauseInTheSecondFrameToo(Port port) throws Exception {
    try (Wire wire = Wire.connect(target, port)) {
      wire.exchange(fill("R####0BR####0B"), "XX");
      long start = System.nanoTime();
      wire.exchange("W0", "X");
      assertThat(millisSince(start))
          .isBetween((long) FRAME_TIMEOUT_MILLIS - CLOCK_MILLIS, (long) BOARD_PATIENCE_MILLIS);
      wire.expectEnd();
    }
  }

  /** The whole frame takes far longer than the timeout, no pause in it does. */
  @ParameterizedTest
  @CsvSource({"PLAIN, 1", "PLAIN, 2", "PLAIN, 3", "TLS, 1", "TLS, 2", "TLS, 3"})
  void shouldTakeAFrameThatComesSlowlyWithoutAPause(Port port, int chunk) throws Exception {
    String frame = fill("W####0A1234");
    try (Wire wire = Wire.connect(target, port)) {
      for (int start = 0; start < frame.length(); start += chunk) {
        Thread.sleep(FRAME_TIMEOUT_MILLIS * 3 / 5);
        wire.send(frame.substring(start, Math.min(frame.length(), start + chunk)));
      }
      wire.expect(fill("A####0A1234"));
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldLingerBehindTheFirstReplyThenClose(Port port) throws Exception {
    for (String frame : List.of("R####0B", "R####0B\n", "R####0B\r\n", "hello\n")) {
      try (Wire wire = Wire.connect(target, port)) {
        wire.exchange(fill(frame), "X");
        long start = System.nanoTime();
        wire.expectEnd();
        assertThat(millisSince(start))
            .as(frame)
            .isBetween((long) LINGER_MILLIS - 2 * CLOCK_MILLIS, 4L * LINGER_MILLIS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldCloseAtOnceBehindABadByteWithoutALineEnd(Port port) throws Exception {
    try (Wire wire = Wire.connect(target, port)) {
      wire.exchange("hello", "X");
      long start = System.nanoTime();
      wire.expectEnd();
      assertThat(millisSince(start)).isLessThan(LINGER_MILLIS - 2 * CLOCK_MILLIS);
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldBecomeASessionWithTheSecondFrame(Port port) throws Exception {
    try (Wire wire = Wire.connect(target, port)) {
      wire.exchange(fill("R####0B"), "X");
      Thread.sleep(LINGER_MILLIS / 3);
      wire.exchange(fill("R####0B"), "X");
      wire.expectSilence(SESSION_SILENCE_MILLIS);
      wire.exchange(fill("R####0B"), "X");
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldBecomeASessionWithTwoFramesOfOneRead(Port port) throws Exception {
    try (Wire wire = Wire.connect(target, port)) {
      wire.exchange(fill("R####0B\nhello\n"), "XX");
      wire.expectSilence(SESSION_SILENCE_MILLIS);
      wire.exchange(fill("R####0B"), "X");
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldBecomeASessionWithAnEmptyLine(Port port) throws Exception {
    for (String frame : List.of("R####0B\n\n", "R####0B\r\n\r\n", "\nR####0B", "hello\n\n")) {
      try (Wire wire = Wire.connect(target, port)) {
        wire.exchange(fill(frame), "X");
        wire.expectSilence(2 * LINGER_MILLIS);
        wire.exchange(fill("R####0B"), "X");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Port.class)
  void shouldBecomeASessionWithAnEmptyLineAlone(Port port) throws Exception {
    try (Wire wire = Wire.connect(target, port)) {
      wire.send("\r\n");
      wire.expectSilence(SESSION_SILENCE_MILLIS);
      wire.exchange(fill("R####0B"), "X");
      wire.expectSilence(2 * LINGER_MILLIS);
    }
  }

  @Test
  void shouldServeOthersWhileSilentConnectionsAndHandshakesHang() throws Exception {
    List<Wire> hanging = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        hanging.add(Wire.clear(target, Port.PLAIN));
        hanging.add(Wire.clear(target, Port.TLS));
        Wire handshake = Wire.clear(target, Port.TLS);
        handshake.send(HALF_A_CLIENT_HELLO);
        hanging.add(handshake);
      }
      for (Port port : Port.values()) {
        long start = System.nanoTime();
        try (Wire wire = Wire.connect(target, port)) {
          wire.exchange(fill("R####0B"), "X");
        }
        assertThat(millisSince(start)).as("%s", port).isLessThan(BOARD_PATIENCE_MILLIS);
      }
    } finally {
      for (Wire wire : hanging) {
        wire.close();
      }
    }
  }
}
