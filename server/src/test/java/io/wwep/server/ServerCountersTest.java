package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wwep.protocol.RejectCode;
import io.wwep.server.access.Door;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server counts. */
@Timeout(60)
class ServerCountersTest {

  private static RunningServer start() {
    return RunningServer.start(ServerConfig.onFreePorts());
  }

  @Test
  void shouldCountConnectionsByDoor() throws Exception {
    try (RunningServer running = start()) {
      running.plain().close();
      try (Wire plain = running.plain();
          Wire tls = running.tls();
          Wire other = running.tls()) {
        plain.exchange("W0FAC0B1234");
        tls.exchange("R0FAC0B");
        other.exchange("R0FAC0B");
        await().until(() -> running.server.connectionCount() == 3);

        ServerCounters counters = running.server.counters();
        assertThat(counters.openConnections()).isEqualTo(3);
        assertThat(counters.openByDoor()).isEqualTo(Map.of(Door.PLAIN, 1, Door.TLS, 2));
        assertThat(counters.acceptedConnections()).isEqualTo(4);
        assertThat(counters.acceptedByDoor()).isEqualTo(Map.of(Door.PLAIN, 2L, Door.TLS, 2L));
      }
      await().until(() -> running.server.connectionCount() == 0);
      assertThat(running.server.counters().openByDoor())
          .isEqualTo(Map.of(Door.PLAIN, 0, Door.TLS, 0));
    }
  }

  @Test
  void shouldCountRequestsByKindAndOutcomeWithTheirBytes() throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withReadOnly(ReadOnly.TLS);
    try (RunningServer running = RunningServer.start(config);
        Wire plain = running.plain();
        Wire tls = running.tls()) {
      plain.exchange("W0FAC0B1234");
      assertThat(plain.send("R0FAC0C\nzz\nR0FAC0B").receive(13)).isEqualTo("XXA0FAC0B1234");
      assertThat(tls.send("W0FAC0B1234").receive(1)).isEqualTo("X");
      await().until(() -> running.server.counters().requests() == 5);

      ServerCounters counters = running.server.counters();
      ServerCounters.Traffic traffic = counters.traffic();
      assertThat(counters.acceptedRequests()).isEqualTo(2);
      assertThat(counters.rejectedRequests()).isEqualTo(3);
      assertThat(traffic.reads()).isEqualTo(2);
      assertThat(traffic.writes()).isEqualTo(2);
      assertThat(traffic.rejections())
          .hasSize(RejectCode.values().length)
          .containsEntry(RejectCode.NOT_WRITTEN, 1L)
          .containsEntry(RejectCode.BAD_COMMAND, 1L)
          .containsEntry(RejectCode.DENIED, 1L)
          .containsEntry(RejectCode.BAD_DIGIT, 0L);
      assertThat(traffic.bytesRead()).isEqualTo(11 + 18 + 11);
      assertThat(traffic.bytesWritten()).isEqualTo(11 + 13 + 1);
    }
  }

  @Test
  void shouldTimeRequestsUntilTheirReplies() throws Exception {
    long millis = 60;
    HeldStore store = new HeldStore();
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store);
        Wire plain = running.plain()) {
      plain.send("W0FAC0B1234W0FAC0C1234");
      await().until(() -> store.waiting.size() == 1);
      long held = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      await().until(() -> System.nanoTime() - held >= 0);
      store.commitOne();
      plain.receive(22);
      await().until(() -> running.server.counters().traffic().latency().count() == 2);

      assertThat(running.server.counters().traffic().latency().sum())
          .isBetween(2 * millis / 1000.0, 2 * 10.0);
    }
  }

  private static SortedMap<String, Long> map(Object... pairs) {
    SortedMap<String, Long> map = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      map.put((String) pairs[i], (Long) pairs[i + 1]);
    }
    return map;
  }

  @Test
  void shouldCountHandshakesByVersionAndSuite() throws Exception {
    try (RunningServer running = start()) {
      running.tls("TLSv1.2").close();
      running.tls("TLSv1.3").close();
      running.tls("TLSv1.3").close();
      await().until(() -> running.server.counters().handshakesDone() == 3);

      ServerCounters.Handshakes handshakes = running.server.counters().handshakes();
      assertThat(handshakes.versions()).isEqualTo(map("TLSv1.2", 1L, "TLSv1.3", 2L));
      assertThat(handshakes.cipherSuites().keySet())
          .allMatch(
              suite ->
                  suite.startsWith("TLS_ECDHE_ECDSA_WITH_") || suite.matches("TLS_(AES|CHACHA).*"));
      assertThat(handshakes.cipherSuites().values().stream().mapToLong(each -> each).sum())
          .isEqualTo(3);
      assertThat(handshakes.failures()).isEmpty();
    }
  }

  @Test
  void shouldCountFailedHandshakesByCause() throws Exception {
    Timeouts times = new Timeouts(150, 250, 300_000, 100, 30_000, 30_000);
    try (RunningServer running =
            RunningServer.start(ServerConfig.onFreePorts().withTimeouts(times));
        Wire silent = Wire.plain(running.server.tlsPort());
        Wire garbage = Wire.plain(running.server.tlsPort()).send("\u0001\u0002")) {
      new Socket(InetAddress.getLoopbackAddress(), running.server.tlsPort()).close();
      try (SSLSocket strict =
          (SSLSocket)
              SSLContext.getDefault()
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), running.server.tlsPort())) {
        assertThatThrownBy(strict::startHandshake).isInstanceOf(SSLException.class);
      }
      try (Wire clear = Wire.plain(running.server.tlsPort())) {
        assertThat(clear.send("R0FAC0B").receiveAll()).isEqualTo("X");
      }
      try (Wire clear = Wire.plain(running.server.tlsPort())) {
        assertThat(clear.send("\r\nW0FAC0B1234").receiveAll()).isEqualTo("X");
      }
      for (String mistake : List.of("w0FAC0B1234", " W0FAC0B1234", "\r\n")) {
        try (Wire clear = Wire.plain(running.server.tlsPort())) {
          assertThat(clear.send(mistake).receiveAll()).isEqualTo("X");
        }
      }
      try (Wire banner = Wire.plain(running.server.tlsPort())) {
        assertThat(banner.send("SSH-2.0-OpenSSH_9.2\r\n").receiveAll()).isEqualTo("X");
      }
      assertThat(silent.receiveAll()).isEmpty();
      assertThat(garbage.receiveAll()).isEmpty();
      await().until(() -> running.server.counters().handshakesFailed() == 5);

      ServerCounters counters = running.server.counters();
      assertThat(counters.handshakes().failures())
          .containsEntry("timeout", 1L)
          .containsEntry("garbage", 2L)
          .containsEntry("closed", 1L)
          .containsEntry("received_certificate_unknown", 1L);
      assertThat(counters.traffic().rejections())
          .containsEntry(RejectCode.TLS_FAILED, 5L)
          .containsEntry(RejectCode.PLAIN_ON_TLS_PORT, 5L);
    }
  }

  @Test
  void shouldCountWordsBeyondItsBoundTogether() {
    Tally tally = new Tally();
    for (int i = 0; i < 2 * Tally.WORDS_MAX; i++) {
      tally.count("word " + i);
    }
    tally.count("word 0");
    tally.count(null);
    SortedMap<String, Long> all = new TreeMap<>();
    tally.addTo(all);
    assertThat(all).hasSize(Tally.WORDS_MAX + 1);
    assertThat(all).containsEntry("word 0", 2L).containsEntry("other", Tally.WORDS_MAX + 1L);
  }
}
