package io.wwep.bench;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.OpenSsl;
import io.netty.handler.ssl.OpenSslSessionContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.wwep.client.Trust;
import io.wwep.server.Transport;
import javax.net.ssl.SSLException;

/** Connects to the target, plain or over TLS. Any thread. */
final class Connector {

  private static final int CONNECT_MILLIS_MAX = 10_000;

  private final Target target;
  private final Transport transport;
  private final SslContext tls;
  private final boolean oneShot;
  private final boolean resume;

  Connector(Target target, Load load) {
    this.target = target;
    transport = Transport.AUTO.resolve();
    oneShot = load.oneShot();
    resume = load.resume() || !load.oneShot();
    tls = target.isSecure() ? context(target) : null;
    if (!resume && tls != null && tls.sessionContext() instanceof OpenSslSessionContext sessions) {
      sessions.setSessionCacheEnabled(false);
    }
  }

  Transport transport() {
    return transport;
  }

  Target target() {
    return target;
  }

  private static SslContext context(Target target) {
    Trust trust = target.trust();
    SslContextBuilder builder = SslContextBuilder.forClient();
    if (target.identity() != null) {
      builder.keyManager(target.identity().manager());
    }
    try {
      return builder
          .sslProvider(OpenSsl.isAvailable() ? SslProvider.OPENSSL : SslProvider.JDK)
          .trustManager(trust.manager())
          .endpointIdentificationAlgorithm(trust.checksHost() ? "HTTPS" : null)
          .protocols("TLSv1.3", "TLSv1.2")
          .build();
    } catch (SSLException e) {
      throw new BenchException(
          BenchException.Kind.REFUSED, "TLS cannot be used here: " + e.getMessage(), e);
    }
  }

  /** Starts to connect; the handlers are behind TLS, where there is TLS. */
  ChannelFuture connect(EventLoop loop, ChannelHandler handler) {
    Bootstrap bootstrap =
        new Bootstrap()
            .group(loop)
            .channel(transport.clientChannel())
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS_MAX)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    if (tls != null) {
                      channel.pipeline().addLast(encryption(channel));
                    }
                    channel.pipeline().addLast(handler);
                  }
                });
    if (oneShot) {
      // Else each closed connection would hold its port for a minute, and ports run out.
      bootstrap.option(ChannelOption.SO_LINGER, 0);
    }
    transport.tune(bootstrap::option, tls != null);
    return bootstrap.connect(target.address());
  }

  /** A session is looked for by the name of the server. */
  private SslHandler encryption(Channel channel) {
    boolean named = resume || target.trust().checksHost();
    return named
        ? tls.newHandler(channel.alloc(), target.host(), target.address().getPort())
        : tls.newHandler(channel.alloc());
  }
}
