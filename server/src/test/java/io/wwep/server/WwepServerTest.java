package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.server.access.Door;
import io.wwep.server.tls.TlsProfile;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WwepServerTest {

  private static final Timeouts QUICK = new Timeouts(150, 250, 400, 300, 400, 30_000);

  @ParameterizedTest
  @EnumSource(Transport.class)
  void shouldServeBothPortsOnEveryTransport(Transport transport) throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withTransport(transport);
    try (RunningServer running = RunningServer.start(config);
        Wire plain = running.plain();
        Wire tls = running.tls()) {
      assertThat(plain.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      assertThat(tls.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
      assertThat(tls.exchange("W0FAC0Babcd")).isEqualTo("A0FAC0BABCD");
      assertThat(plain.exchange("R0FAC0B")).isEqualTo("A0FAC0BABCD");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldAnswerEverythingBeforeACloseNotify(String protocol) throws Exception {
    HeldStore store = new HeldStore();
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store);
        Wire tls = running.tls(protocol)) {
      tls.send("W0FAC0B1234R0FAC0BW0FAC0B5678W01").endOutput();
      store.commitOne();
      assertThat(tls.receiveAll()).isEqualTo("A0FAC0B1234A0FAC0B1234A0FAC0B5678X");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void shouldTakeAFrameWhoseRecordsComeSlowly(int size) throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire tls = running.tls("TLSv1.3")) {
      String frame = "W0FAC0B1234";
      for (int i = 0; i < frame.length(); i += size) {
        tls.send(frame.substring(i, Math.min(frame.length(), i + size)));
        LockSupport.parkNanos(Duration.ofMillis(90).toNanos());
      }
      assertThat(tls.receive(11)).isEqualTo("A0FAC0B1234");
    }
  }

  @Test
  void shouldGoOnBehindALineEndInARecordOfTwoBytes() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire tls = running.tls("TLSv1.3")) {
      tls.send("W0123").send("4\n");
      assertThat(tls.receive(1)).isEqualTo("X");
      assertThat(tls.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
    }
  }

  @Test
  void shouldAnswerEverythingBeforeAHalfClose() throws Exception {
    HeldStore store = new HeldStore();
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store);
        Wire plain = running.plain()) {
      plain.send("W0FAC0B1234R0FAC0BW0FAC0B5678W01").endOutput();
      store.commitOne();
      assertThat(plain.receiveAll()).isEqualTo("A0FAC0B1234A0FAC0B1234A0FAC0B5678X");
    }
  }

  @Test
  void shouldShowNoValueBeforeItIsCommitted() throws Exception {
    HeldStore store = new HeldStore();
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store);
        Wire writer = running.plain();
        Wire reader = running.plain()) {
      writer.send("W0FAC0B1234");
      await().until(() -> !store.waiting.isEmpty());
      assertThat(reader.send("R0FAC0B").receive(1)).isEqualTo("X");
      store.commitOne();
      assertThat(writer.receive(11)).isEqualTo("A0FAC0B1234");
      assertThat(reader.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
    }
  }

  @Test
  void shouldKeepTheOrderOfRequestsThatArriveDuringACommit() throws Exception {
    HeldStore store = new HeldStore();
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store);
        Wire plain = running.plain()) {
      plain.send("W0FAC0B0001");
      await().until(() -> !store.waiting.isEmpty());
      plain.send("R0FAC0B\nzz\nW0FAC0B0002R0FAC0B");
      store.commitOne();
      assertThat(plain.receive(11)).isEqualTo("A0FAC0B0001");
      store.commitOne();
      assertThat(plain.receive(34)).isEqualTo("A0FAC0B0001" + "X" + "A0FAC0B0002" + "A0FAC0B0002");
    }
  }

  @Test
  void shouldHoldBackAPeerThatReadsNothing() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire plain = running.plain()) {
      plain.exchange("W0FAC0B1234");
      String block = "R0FAC0B".repeat(10_000);
      String blockOfReplies = "A0FAC0B1234".repeat(10_000);
      int blocks = 600;
      Thread sender =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < blocks; i++) {
                    plain.send(block);
                  }
                } catch (IOException closedByTheTest) {
                  // The test has seen enough.
                }
              });
      sender.start();
      // Six million reads, 66 MB of replies: more than the kernels on both sides take, and far more
      // than the server may keep.
      await().during(Duration.ofMillis(500)).atMost(Duration.ofSeconds(20)).until(sender::isAlive);
      for (int i = 0; i < blocks; i++) {
        assertThat(plain.receive(11 * 10_000)).isEqualTo(blockOfReplies);
      }
      sender.join();
    }
  }

  @Test
  void shouldTurnAwayConnectionsBeyondTheLimit() throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withConnectionsMax(2);
    try (RunningServer running = RunningServer.start(config);
        Wire first = running.plain();
        Wire second = running.plain()) {
      assertThat(first.exchange("W0FAC0B1234")).isEqualTo("A0FAC0B1234");
      assertThat(second.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
      try (Wire third = running.plain()) {
        assertThat(third.receiveAll()).isEqualTo("X");
      }
      await().untilAsserted(() -> assertThat(running.codes()).contains("limited"));
      second.endOutput();
      await().until(() -> running.server.connectionCount() <= 1);
      try (Wire next = running.plain()) {
        assertThat(next.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(ReadOnly.class)
  void shouldRefuseWritesOnReadOnlyPorts(ReadOnly ports) throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withReadOnly(ports);
    try (RunningServer running = RunningServer.start(config);
        Wire plain = running.plain();
        Wire tls = running.tls()) {
      assertThat(plain.send("W0FAC0B1234").receive(1))
          .isEqualTo(ports.covers(Door.PLAIN) ? "X" : "A");
      assertThat(tls.send("W0FAC0C1234").receive(1)).isEqualTo(ports.covers(Door.TLS) ? "X" : "A");
      await().untilAsserted(() -> assertThat(running.codes()).hasSize(2));
      assertThat(ports.covers(Door.CONSOLE)).isEqualTo(ports == ReadOnly.ALL);
      long denied =
          Stream.of(ports.covers(Door.PLAIN), ports.covers(Door.TLS)).filter(on -> on).count();
      assertThat(running.codes()).filteredOn("denied"::equals).hasSize((int) denied);
    }
  }

  @Test
  void shouldCloseAfterTheFirstReplyWithOneShot() throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withOneShot(true);
    try (RunningServer running = RunningServer.start(config);
        Wire plain = running.plain();
        Wire tls = running.tls()) {
      assertThat(plain.send("W0FAC0B1234R0FAC0B").receiveAll()).isEqualTo("A0FAC0B1234");
      assertThat(tls.send("R0FAC0B").receiveAll()).isEqualTo("A0FAC0B1234");
    }
  }

  @Test
  void shouldExplainOnTheWireWhenAskedTo() throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withExplain(true);
    try (RunningServer running = RunningServer.start(config);
        Wire plain = running.plain()) {
      assertThat(plain.send("R0FAC0B").receive(13)).isEqualTo("X not-written");
    }
    try (RunningServer running = RunningServer.start(config);
        Wire plain = running.plain()) {
      assertThat(plain.send("GET / HTTP/1.1\r\n\r\n").receiveAll()).isEqualTo("X http     ");
    }
  }

  @Test
  void shouldCloseWhatSaysNothingOrGoesSilent() throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withTimeouts(QUICK);
    try (RunningServer running = RunningServer.start(config);
        Wire silent = running.plain();
        Wire lingering = running.plain();
        Wire session = running.plain();
        Wire handshake = Wire.plain(running.server.tlsPort());
        Wire halfHandshake = Wire.plain(running.server.tlsPort())) {
      lingering.exchange("W0FAC0B1234");
      session.exchange("R0FAC0B");
      session.exchange("R0FAC0B");
      halfHandshake.send("\u0016\u0003\u0001");
      assertThat(silent.receiveAll()).isEmpty();
      assertThat(lingering.receiveAll()).isEmpty();
      assertThat(session.receiveAll()).isEmpty();
      assertThat(handshake.receiveAll()).isEmpty();
      assertThat(halfHandshake.receiveAll()).isEmpty();
      await().untilAsserted(() -> assertThat(running.sentences().toString()).contains("flushed"));
      assertThat(running.codes()).filteredOn("tls-failed"::equals).hasSize(2);
    }
  }

  @Test
  void shouldKeepASessionThatGoesOnBeyondItsIdleTimeout() throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withTimeouts(QUICK);
    try (RunningServer running = RunningServer.start(config);
        Wire session = running.plain()) {
      session.exchange("W0FAC0B1234");
      long end = System.nanoTime() + Duration.ofMillis(1_500).toNanos();
      while (System.nanoTime() < end) {
        assertThat(session.exchange("R0FAC0B")).isEqualTo("A0FAC0B1234");
        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
      }
    }
  }

  @Test
  void shouldNeverResetWhileAReplyIsUnread() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts())) {
      for (int i = 0; i < 50; i++) {
        try (Wire plain = running.plain()) {
          plain.send("zzz");
          plain.send("more that nobody will look at");
          assertThat(plain.receiveAll()).isEqualTo("X");
        }
      }
    }
  }

  @Test
  void shouldSayOnceWhatBrokeTls() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts())) {
      Wire silent = running.tls("TLSv1.2");
      silent.sendClear("\u0017\u0003\u0003\u0000\u001Fgarbage-garbage-garbage-garbage");
      await().until(() -> !running.events.isEmpty());
      assertThatThrownBy(silent::receiveAll).hasMessageContaining("bad_record_mac");
      Wire busy = running.tls("TLSv1.2");
      busy.exchange("W0FAC0B1234");
      busy.sendClear("\u0017\u0003\u0003\u0000\u001Fgarbage-garbage-garbage-garbage");
      await().until(() -> running.events.size() >= 3);
      assertThat(running.sentences().get(0)).contains("does not decrypt");
      assertThat(running.sentences().get(2))
          .startsWith("TLS broke behind the handshake")
          .contains("does not decrypt");
      running.server.close();
      assertThat(running.events).hasSize(3);
    }
  }

  @Test
  void shouldShowSomeGapsOfADeviceAndCountTheOthers() throws Exception {
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire plain = running.plain()) {
      plain.send("R0FAC0B".repeat(256));
      assertThat(plain.receive(256)).isEqualTo("X".repeat(256));
      await()
          .untilAsserted(
              () -> assertThat(running.events.size() + running.dropped.get()).isEqualTo(256));
      assertThat(running.events).hasSizeLessThan(64);
    }
  }

  @Test
  void shouldSayWhichPortIsInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      int port = taken.getLocalPort();
      ServerConfig plain = ServerConfig.onFreePorts().withPorts(port, 0);
      ServerConfig tls = ServerConfig.onFreePorts().withPorts(0, port);
      assertThatThrownBy(() -> RunningServer.start(plain))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("port " + port + " is in use")
          .hasMessageContaining("--port");
      assertThatThrownBy(() -> RunningServer.start(tls))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("--tls-port");
    }
  }

  @Test
  void shouldSayWhenAnAddressIsNotHere() {
    for (String address : List.of("192.0.2.1", "no.such.host.invalid")) {
      ServerConfig config =
          new ServerConfig(
              address,
              0,
              ServerConfig.NOT_SERVED,
              Timeouts.DEFAULT,
              false,
              false,
              ReadOnly.NONE,
              TlsProfile.BOARD,
              Limits.DEFAULT,
              Transport.AUTO,
              1);
      assertThatThrownBy(() -> RunningServer.start(config))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining(address)
          .hasMessageContaining("--bind");
    }
  }

  @Test
  void shouldCountEventsBeyondTheBudgetInsteadOfSlowingDown() throws Exception {
    int requests = 50_000;
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts());
        Wire plain = running.plain()) {
      plain.exchange("W0FAC0B1234");
      Thread sender =
          new Thread(
              () -> {
                try {
                  plain.send("R0FAC0B".repeat(requests));
                } catch (IOException failed) {
                  throw new java.io.UncheckedIOException(failed);
                }
              });
      sender.start();
      assertThat(plain.receive(11 * requests)).hasSize(11 * requests);
      sender.join();
      await()
          .untilAsserted(
              () ->
                  assertThat(running.events.size() + running.dropped.get())
                      .isEqualTo(requests + 1));
      assertThat(running.events).hasSizeLessThan(requests);
    }
  }
}
