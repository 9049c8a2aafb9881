package io.wwep.server.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.ReferenceCountUtil;
import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.KeyAlgorithm;
import io.wwep.certs.Validity;
import io.wwep.keylog.KeyLog;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing is kept of a connection whose handshake is over, whatever came of it. */
class KeyLogKeyManagerTest {

  private static final Identity IDENTITY =
      Identities.selfSigned(
          KeyAlgorithm.EC_P256,
          "localhost",
          List.of("localhost"),
          new Validity(
              Instant.parse("2026-01-01T00:00:00Z"), Instant.parse("2049-01-01T00:00:00Z")));

  @TempDir private Path directory;
  private KeyLog log;
  private JdkTlsContext context;
  private SslHandler layer;
  private EmbeddedChannel server;

  @BeforeEach
  void open() throws SSLException {
    log = KeyLog.append(directory.resolve("keys.txt"), trouble -> {});
    context = JdkTlsContext.of(IDENTITY, new TlsSettings(TlsProfile.BOARD, ClientTerms.NONE, log));
    layer = (SslHandler) context.newLayer(ByteBufAllocator.DEFAULT);
    server = new EmbeddedChannel(layer);
    assertThat(context.handshakesLogged()).isEqualTo(1);
  }

  @AfterEach
  void close() {
    server.releaseInbound();
    server.releaseOutbound();
    server.close();
    log.close();
  }

  private static EmbeddedChannel client(String version, boolean verifies) throws SSLException {
    SslContextBuilder builder =
        SslContextBuilder.forClient()
            .sslProvider(SslProvider.JDK)
            .endpointIdentificationAlgorithm("")
            .protocols(version);
    if (!verifies) {
      builder.trustManager(InsecureTrustManagerFactory.INSTANCE);
    }
    return new EmbeddedChannel(builder.build().newHandler(ByteBufAllocator.DEFAULT));
  }

  /** Carries bytes both ways until both sides are silent; failures are the channels' own. */
  private void shakeHands(EmbeddedChannel client) {
    boolean moved = true;
    while (moved) {
      boolean up = carry(client, server);
      moved = carry(server, client) || up;
    }
  }

  private static boolean carry(EmbeddedChannel from, EmbeddedChannel to) {
    from.runPendingTasks();
    List<ByteBuf> all =
        IntStream.range(0, from.outboundMessages().size())
            .mapToObj(each -> from.<ByteBuf>readOutbound())
            .filter(Objects::nonNull)
            .toList();
    for (ByteBuf each : all) {
      to.pipeline().fireChannelRead(Unpooled.copiedBuffer(each));
      ReferenceCountUtil.release(each);
    }
    to.pipeline().fireChannelReadComplete();
    return !all.isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldForgetAConnectionThatIsUp(String version) throws Exception {
    EmbeddedChannel client = client(version, /* verifies= */ false);
    shakeHands(client);

    assertThat(layer.handshakeFuture().isSuccess()).isTrue();
    assertThat(context.handshakesLogged()).isZero();
    client.releaseOutbound();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void shouldForgetAConnectionThatWasRefused(String version) throws Exception {
    EmbeddedChannel client = client(version, /* verifies= */ true);
    shakeHands(client);

    assertThat(layer.handshakeFuture().cause()).hasMessageContaining("certificate_unknown");
    assertThat(context.handshakesLogged()).isZero();
    client.releaseOutbound();
  }

  @Test
  void shouldForgetAConnectionThatClosedBeforeItsHandshake() {
    server.close();

    assertThat(context.handshakesLogged()).isZero();
  }

  @Test
  void shouldForgetAConnectionThatLeavesTls() {
    server.pipeline().remove(layer);

    assertThat(context.handshakesLogged()).isZero();
  }
}
