package io.wwep.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A peer of the TLS port that sends and does not read: TCP has to hold it back, as on the other.
 */
@Timeout(60)
class TlsBackpressureTest {

  private static final int BLOCK_REQUESTS = 10_000;
  private static final int BLOCKS = 400;

  /** Far more than the server may keep, and than the kernels on both sides take. */
  private static final long REPLY_BYTES = 11L * BLOCK_REQUESTS * BLOCKS;

  /** Counts what was taken from this side, and what came back. */
  private static final class Peer extends SimpleChannelInboundHandler<ByteBuf> {
    private final AtomicLong sentBlocks = new AtomicLong();
    private final AtomicLong receivedBytes = new AtomicLong();

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, ByteBuf bytes) {
      receivedBytes.addAndGet(bytes.readableBytes());
    }

    void send(Channel channel) {
      ByteBuf block =
          Unpooled.copiedBuffer("R0FAC0B".repeat(BLOCK_REQUESTS), StandardCharsets.US_ASCII);
      for (int i = 0; i < BLOCKS; i++) {
        channel
            .writeAndFlush(block.retainedDuplicate())
            .addListener(sent -> sentBlocks.incrementAndGet());
      }
      block.release();
    }
  }

  @ParameterizedTest
  @CsvSource({"IO_URING, TLSv1.2", "IO_URING, TLSv1.3", "EPOLL, TLSv1.3", "NIO, TLSv1.3"})
  void shouldHoldBackAPeerThatReadsNothing(Transport transport, String version) throws Exception {
    EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    Peer peer = new Peer();
    try (RunningServer running =
        RunningServer.start(ServerConfig.onFreePorts().withTransport(transport))) {
      try (Wire plain = running.plain()) {
        plain.exchange("W0FAC0B1234");
      }
      Channel channel = connect(group, running.server.tlsPort(), version, peer);
      channel.config().setAutoRead(false);
      peer.send(channel);
      awaitStandstill(peer.sentBlocks);
      assertThat(peer.sentBlocks.get()).isLessThan(BLOCKS);

      channel.config().setAutoRead(true);
      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(() -> assertThat(peer.receivedBytes).hasValue(REPLY_BYTES));
      channel.close().sync();
    } finally {
      group.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
  }

  private static Channel connect(EventLoopGroup group, int port, String version, Peer peer)
      throws Exception {
    SslContext tls =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .trustManager(InsecureTrustManagerFactory.INSTANCE)
            .endpointIdentificationAlgorithm("")
            .protocols(version)
            .build();
    Channel channel =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel made) {
                    made.pipeline().addLast(tls.newHandler(made.alloc()), peer);
                  }
                })
            .connect("127.0.0.1", port)
            .sync()
            .channel();
    channel.pipeline().get(SslHandler.class).handshakeFuture().sync();
    return channel;
  }

  private static void awaitStandstill(AtomicLong count) {
    AtomicLong seen = new AtomicLong(-1);
    await()
        .pollInterval(Duration.ofMillis(700))
        .atMost(Duration.ofSeconds(30))
        .until(() -> seen.getAndSet(count.get()) == count.get());
  }
}
