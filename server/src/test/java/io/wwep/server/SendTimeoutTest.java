package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that send and do not take their replies. */
@Timeout(60)
class SendTimeoutTest {

  private static final int BLOCK_REQUESTS = 10_000;
  private static final int BLOCKS = 600;
  private static final long SEND_MILLIS = 1_000;
  private static final int SMALL_BYTES = 16 * 1024;

  private static Stream<Arguments> doors() {
    return Stream.of(Transport.IO_URING, Transport.EPOLL, Transport.NIO)
        .flatMap(each -> Stream.of(Arguments.of(each, false), Arguments.of(each, true)));
  }

  private static ServerConfig config(Transport transport) {
    Timeouts timeouts = new Timeouts(30_000, 250, 300_000, 10_000, 30_000, SEND_MILLIS);
    return ServerConfig.onFreePorts().withTransport(transport).withTimeouts(timeouts);
  }

  private static RunningServer start(Transport transport) {
    return RunningServer.start(config(transport));
  }

  private static Wire connect(RunningServer running, boolean secure) throws IOException {
    return secure ? running.tls() : running.plain();
  }

  /** Sends reads on a thread of its own until it is stopped from without. */
  private static Thread flood(Wire wire) {
    Thread sender =
        new Thread(
            () -> {
              String block = "R0FAC0B".repeat(BLOCK_REQUESTS);
              try {
                for (int i = 0; i < BLOCKS; i++) {
                  wire.send(block);
                }
              } catch (IOException closed) {
                // The server has closed the connection, or the test has.
              }
            });
    sender.setDaemon(true);
    sender.start();
    return sender;
  }

  private static long stalled(RunningServer running) {
    return running.server.counters().limitHits().stalledPeers();
  }

  @ParameterizedTest
  @MethodSource("doors")
  void shouldCloseAPeerThatTakesNothing(Transport transport, boolean secure) throws Exception {
    try (RunningServer running = start(transport);
        Wire wire = connect(running, secure)) {
      wire.exchange("W0FAC0B1234");
      long start = System.nanoTime();
      Thread sender = flood(wire);
      await().atMost(Duration.ofSeconds(20)).until(() -> running.server.connectionCount() == 0);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isGreaterThanOrEqualTo(Duration.ofMillis(SEND_MILLIS));
      sender.join();
      assertThat(stalled(running)).isEqualTo(1);
      await().untilAsserted(() -> assertThat(running.codes()).contains("limited"));
      assertThat(running.sentences().toString())
          .contains("does not read its replies", "took none for 1000 ms", "--send-timeout");
      try (Wire next = connect(running, secure)) {
        assertThat(next.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("doors")
  void shouldKeepAPeerThatTakesLittleButGoesOn(Transport transport, boolean secure)
      throws Exception {
    try (RunningServer running = start(transport);
        Wire wire =
            secure
                ? Wire.tlsWithBuffer(SMALL_BYTES, running.server.tlsPort())
                : Wire.plainWithBuffer(SMALL_BYTES, running.server.plainPort())) {
      wire.exchange("W0FAC0B1234");
      Thread sender = flood(wire);
      InputStream replies = wire.socket().getInputStream();
      long end = System.nanoTime() + Duration.ofMillis(3 * SEND_MILLIS).toNanos();
      while (System.nanoTime() - end < 0) {
        replies.readNBytes(SMALL_BYTES / 2);
        Thread.sleep(SEND_MILLIS / 50);
      }
      assertThat(stalled(running)).isZero();
      assertThat(sender.isAlive()).isTrue();
      assertThat(running.server.connectionCount()).isEqualTo(1);
    }
  }

  /** The last reply is owed to a peer that has no room for it, and the server wants to close. */
  @Test
  void shouldNotWaitLongerWhenTheConnectionIsEnding() throws Exception {
    HeldStore store = new HeldStore();
    Transport transport = Transport.EPOLL; // reads the whole of what follows in one go
    try (RunningServer running = RunningServer.start(config(transport), store);
        Wire wire = Wire.plainWithBuffer(SMALL_BYTES, running.server.plainPort())) {
      wire.send("W0FAC0B1234");
      await().until(() -> !store.waiting.isEmpty());
      wire.send("R0FAC0B".repeat(9_000) + "zz");
      store.commitOne();
      await().atMost(Duration.ofSeconds(20)).until(() -> running.server.connectionCount() == 0);
      assertThat(stalled(running)).isEqualTo(1);
    }
  }

  @Test
  void shouldLeaveAloneWhoOwesNothing() throws Exception {
    try (RunningServer running = start(Transport.AUTO);
        Wire wire = running.plain()) {
      wire.exchange("W0FAC0B1234");
      wire.exchange("R0FAC0B");
      Thread.sleep(2 * SEND_MILLIS);
      assertThat(wire.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
      assertThat(stalled(running)).isZero();
    }
  }
}
