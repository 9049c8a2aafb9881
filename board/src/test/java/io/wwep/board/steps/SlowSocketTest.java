package io.wwep.board.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.wwep.client.RawExchange;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The calls of a socket, one by one. */
@Timeout(60)
class SlowSocketTest {

  private static final int TOO_LONG_FOR_A_PACKET = 100_000;

  @Test
  void shouldReadOnWhenAMessageCouldNotBeWritten() throws Exception {
    EventLoopGroup loops = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      SlowSocket socket = new SlowSocket(loops.next(), new Journal(), null, 1);
      socket.bind();
      socket.connect(server.getInetAddress(), server.getLocalPort(), Duration.ofSeconds(10));
      socket.startReading();
      assertThatIllegalStateException()
          .isThrownBy(() -> socket.write(new byte[TOO_LONG_FOR_A_PACKET], "too long"));

      try (Socket peer = server.accept()) {
        peer.getOutputStream().write('X');
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        assertThat(socket.read(deadline).ending()).isEqualTo(RawExchange.Ending.REPLIED);
      }
      socket.close();
      assertThat(socket.use().held()).isZero();
    } finally {
      loops.shutdownGracefully(0, 1, TimeUnit.SECONDS).await();
    }
  }
}
