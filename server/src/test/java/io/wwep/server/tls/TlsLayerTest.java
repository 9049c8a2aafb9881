package io.wwep.server.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCounted;
import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each TLS layer against a client of the JDK's, in memory, with the stream cut at will. */
class TlsLayerTest {

  private static final Identity SMALL = identity(1);

  /** Its certificate does not fit into any of the layer's buffers at once. */
  private static final Identity LARGE = identity(1000);

  private static final int WHOLE = Integer.MAX_VALUE;

  private Recorder atServer;
  private Recorder atClient;
  private TlsContext context;
  private EmbeddedChannel server;
  private EmbeddedChannel client;

  private static Identity identity(int names) {
    List<String> all = IntStream.range(0, names).mapToObj("board-%04d.example"::formatted).toList();
    return Identities.selfSigned(
        KeyAlgorithm.EC_P256,
        "localhost",
        all,
        new Validity(Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2049-01-01T00:00:00Z")));
  }

  static Stream<Arguments> everyWay() {
    return Stream.of(Provider.values())
        .flatMap(
            provider ->
                Stream.of("TLSv1.2", "TLSv1.3").map(version -> Arguments.of(provider, version)));
  }

  /** Keeps what arrives behind TLS. */
  private static final class Recorder extends ChannelInboundHandlerAdapter {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Throwable> failures = new ArrayList<>();
    private boolean up;
    private boolean ended;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf read = (ByteBuf) message;
      bytes.writeBytes(ByteBufUtil.getBytes(read));
      read.release();
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        up = handshake.isSuccess();
        if (!up) {
          failures.add(handshake.cause());
        }
      }
      ended |= event instanceof SslCloseCompletionEvent;
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      failures.add(cause);
    }

    String text() {
      return bytes.toString(US_ASCII);
    }
  }

  private void connect(Provider provider, String version, Identity identity, int chunk)
      throws SSLException {
    atServer = new Recorder();
    atClient = new Recorder();
    context = provider.context(identity);
    server = new EmbeddedChannel(context.newLayer(ByteBufAllocator.DEFAULT), atServer);
    client =
        new EmbeddedChannel(
            SslContextBuilder.forClient()
                .sslProvider(SslProvider.JDK)
                .trustManager(InsecureTrustManagerFactory.INSTANCE)
                .endpointIdentificationAlgorithm("")
                .protocols(version)
                .build()
                .newHandler(ByteBufAllocator.DEFAULT),
            atClient);
    pump(chunk);
    assertThat(atServer.failures).isEmpty();
    assertThat(atServer.up).isTrue();
    assertThat(atClient.up).isTrue();
  }

  @AfterEach
  void close() {
    for (EmbeddedChannel each : new EmbeddedChannel[] {server, client}) {
      if (each != null) {
        each.finishAndReleaseAll();
      }
    }
    if (context != null) {
      context.close();
      context = null;
    }
  }

  /** Carries bytes both ways, in pieces, until both sides are silent. */
  private void pump(int chunk) {
    boolean moved = true;
    while (moved) {
      boolean up = carry(client, server, chunk);
      boolean down = carry(server, client, chunk);
      moved = up || down;
      client.runPendingTasks();
      server.runPendingTasks();
    }
  }

  private static boolean carry(EmbeddedChannel from, EmbeddedChannel to, int chunk) {
    ByteBuf all = Unpooled.buffer();
    ByteBuf next = from.readOutbound();
    while (next != null) {
      all.writeBytes(next);
      next.release();
      next = from.readOutbound();
    }
    boolean any = all.isReadable();
    while (all.isReadable()) {
      to.writeInbound(all.readBytes(Math.min(chunk, all.readableBytes())));
    }
    all.release();
    return any;
  }

  private static void write(EmbeddedChannel channel, byte[] bytes) {
    channel.writeOutbound(Unpooled.wrappedBuffer(bytes));
  }

  private static void write(EmbeddedChannel channel, String text) {
    write(channel, text.getBytes(US_ASCII));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void shouldCarryBytesBothWaysHoweverTheStreamIsCut(Provider provider, String version)
      throws SSLException {
    for (int chunk : new int[] {1, 2, 5, 6, 100, 1_000, WHOLE}) {
      connect(provider, version, SMALL, chunk);
      write(client, "W0FAC0B1234");
      write(client, "R0FAC0B");
      pump(chunk);
      write(server, "A0FAC0B1234");
      write(server, "X");
      pump(chunk);

      assertThat(atServer.text()).as("chunks of %d", chunk).isEqualTo("W0FAC0B1234R0FAC0B");
      assertThat(atClient.text()).as("chunks of %d", chunk).isEqualTo("A0FAC0B1234X");
      close();
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void shouldCarryMuchAtOnce(Provider provider, String version) throws SSLException {
    byte[] up = new byte[1_000_001];
    byte[] down = new byte[1_500_001];
    new Random(1).nextBytes(up);
    new Random(2).nextBytes(down);
    for (int chunk : new int[] {777, 16_384, 65_536, WHOLE}) {
      connect(provider, version, SMALL, chunk);
      write(client, up);
      write(server, down);
      pump(chunk);

      assertThat(atServer.bytes.toByteArray()).isEqualTo(up);
      assertThat(atClient.bytes.toByteArray()).isEqualTo(down);
      close();
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void shouldOutliveTheTimeInWhichItsContextIsUsed(Provider provider, String version)
      throws SSLException {
    connect(provider, version, SMALL, WHOLE);
    context.close();
    write(client, "R0FAC0B");
    pump(WHOLE);
    write(server, "X");
    pump(WHOLE);
    assertThat(atServer.text()).isEqualTo("R0FAC0B");
    assertThat(atClient.text()).isEqualTo("X");

    server.finishAndReleaseAll();
    if (context instanceof ReferenceCounted counted) {
      assertThat(counted.refCnt()).isZero();
    }
    context = null;
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void shouldShowACertificateLargerThanItsBuffers(Provider provider, String version)
      throws SSLException {
    for (int chunk : new int[] {1, 1_000, WHOLE}) {
      connect(provider, version, LARGE, chunk);
      close();
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void shouldStillSendBehindTheClientsCloseNotify(Provider provider, String version)
      throws SSLException {
    for (int chunk : new int[] {1, 7, WHOLE}) {
      connect(provider, version, SMALL, chunk);
      write(client, "R0FAC");
      client.pipeline().get(SslHandler.class).closeOutbound();
      carry(client, server, chunk);
      assertThat(atServer.text()).isEqualTo("R0FAC");
      assertThat(atServer.ended).isTrue();
      assertThat(atServer.failures).isEmpty();

      write(server, "X");
      ByteBuf sent = server.readOutbound();
      assertThat(sent.readableBytes()).isGreaterThan(1);
      sent.release();
      close();
    }
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void shouldIgnoreWhatFollowsACloseNotify(Provider provider, String version) throws SSLException {
    connect(provider, version, SMALL, WHOLE);
    write(client, "R0FAC");
    client.pipeline().get(SslHandler.class).closeOutbound();
    client.outboundMessages().add(Unpooled.copiedBuffer("not TLS at all", US_ASCII));
    carry(client, server, WHOLE);

    assertThat(atServer.text()).isEqualTo("R0FAC");
    assertThat(atServer.failures).isEmpty();
    assertThat(server.isOpen()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void shouldEndItsOwnSideWithCloseNotify(Provider provider, String version) throws SSLException {
    connect(provider, version, SMALL, WHOLE);
    write(server, "X");
    server.pipeline().get(TlsLayer.class).closeOutbound();
    pump(WHOLE);

    assertThat(atClient.text()).isEqualTo("X");
    assertThat(atClient.ended).isTrue();
  }

  /** The answer to it travels in front of the next bytes, and takes room there. */
  @ParameterizedTest
  @EnumSource(Provider.class)
  void shouldChangeKeysWhenTheClientAsksForIt(Provider provider) throws SSLException {
    for (int length : new int[] {0, 1, 11, 100_000}) {
      connect(provider, "TLSv1.3", SMALL, WHOLE);
      for (int round = 0; round < 3; round++) {
        updateKeys(client);
        write(client, "R0FAC0B");
        pump(WHOLE);
        write(server, new byte[length]);
        pump(WHOLE);
      }
      updateKeys(client);
      pump(WHOLE);
      server.pipeline().get(TlsLayer.class).closeOutbound();
      pump(WHOLE);

      assertThat(atServer.text()).isEqualTo("R0FAC0B".repeat(3));
      assertThat(atServer.failures).isEmpty();
      assertThat(atClient.bytes.size()).isEqualTo(3 * length);
      assertThat(atClient.failures).isEmpty();
      assertThat(atClient.ended).isTrue();
      close();
    }
  }

  /** A handshake behind the handshake is a KeyUpdate in TLS 1.3, which asks for another. */
  private static void updateKeys(EmbeddedChannel channel) throws SSLException {
    SSLEngine engine = channel.pipeline().get(SslHandler.class).engine();
    engine.beginHandshake();
    ByteBuffer update = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    engine.wrap(ByteBuffer.allocate(0), update);
    assertThat(update.flip().hasRemaining()).isTrue();
    channel.outboundMessages().add(Unpooled.wrappedBuffer(update));
  }

  @ParameterizedTest
  @MethodSource("everyWay")
  void shouldReportARecordThatWasTamperedWith(Provider provider, String version)
      throws SSLException {
    connect(provider, version, SMALL, WHOLE);
    write(client, "R0FAC0B");
    ByteBuf record = client.readOutbound();
    int last = record.writerIndex() - 1;
    record.setByte(last, record.getByte(last) ^ 1);
    server.writeInbound(record);

    assertThat(atServer.text()).isEmpty();
    assertThat(atServer.failures).hasSize(1);
  }
}
