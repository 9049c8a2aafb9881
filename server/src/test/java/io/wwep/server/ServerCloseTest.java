package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of the connections when a server ends. */
@Timeout(60)
class ServerCloseTest {

  @Test
  void shouldAnswerWhatHasComeInBeforeItCloses() throws Exception {
    HeldStore store = new HeldStore();
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store);
        Wire plain = running.plain();
        Wire tls = running.tls()) {
      plain.send("W0FAC0B1234");
      tls.send("W0FAC0C5678");
      await().until(() -> store.waiting.size() == 2);
      Thread closing = new Thread(running.server::close);
      long start = System.nanoTime();
      closing.start();
      store.commitOne();
      store.commitOne();
      assertThat(plain.receiveAll()).isEqualTo("A0FAC0B1234");
      assertThat(tls.receiveAll()).isEqualTo("A0FAC0C5678");
      closing.join();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
  }

  @Test
  void shouldCloseInTimeWhateverItsConnectionsDo() throws Exception {
    HeldStore store = new HeldStore();
    List<Wire> wires = new ArrayList<>();
    try (RunningServer running = RunningServer.start(ServerConfig.onFreePorts(), store)) {
      for (int i = 0; i < 20; i++) {
        wires.add(running.plain().send("W0FAC0B123"));
        wires.add(running.plain().send("W0FAC0B1234"));
        wires.add(Wire.plain(running.server.tlsPort()).send("\u0016\u0003\u0001"));
        wires.add(running.plain());
      }
      long start = System.nanoTime();
      running.server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }
    for (Wire wire : wires) {
      wire.close();
    }
  }

  @ParameterizedTest
  @EnumSource(Transport.class)
  void shouldCloseInTimeWhenPeersDoNotRead(Transport transport) throws Exception {
    ServerConfig config = ServerConfig.onFreePorts().withTransport(transport);
    List<SocketChannel> deaf = new ArrayList<>();
    try (RunningServer running = RunningServer.start(config)) {
      for (int i = 0; i < 20; i++) {
        deaf.add(fill(running.server.plainPort()));
      }
      long start = System.nanoTime();
      running.server.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_300));
      assertThat(running.server.connectionCount()).isZero();
    }
    for (SocketChannel channel : deaf) {
      channel.close();
    }
  }

  /** Connects and sends reads until the server takes no more, because nobody reads its replies. */
  private static SocketChannel fill(int port) throws IOException {
    SocketChannel channel =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    channel.configureBlocking(false);
    ByteBuffer reads =
        ByteBuffer.wrap("R0FAC0B".repeat(10_000).getBytes(StandardCharsets.US_ASCII));
    long quietAt = System.nanoTime() + Duration.ofMillis(100).toNanos();
    while (System.nanoTime() - quietAt < 0) {
      if (channel.write(reads.hasRemaining() ? reads : reads.rewind()) > 0) {
        quietAt = System.nanoTime() + Duration.ofMillis(100).toNanos();
      } else {
        Thread.onSpinWait();
      }
    }
    return channel;
  }
}
