package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.Future;

/**
 * Reads the ClientHello and puts in its own place the TLS engine with the certificate that the
 * client can take.
 *
 * <p>Owned by the loop's thread; one for each connection.
 */
final class HelloReader extends SslClientHelloHandler<SslContext> {

  /** Larger than any board's, and than those with post-quantum key shares. */
  private static final int HELLO_BYTES_MAX = 16 * 1024;

  private final TlsContexts contexts;
  private final HandshakeReport report;

  HelloReader(TlsContexts contexts, HandshakeReport report) {
    super(HELLO_BYTES_MAX);
    this.contexts = contexts;
    this.report = report;
  }

  @Override
  protected Future<SslContext> lookup(ChannelHandlerContext ctx, ByteBuf bytes) {
    ClientHello hello = bytes == null ? null : ClientHello.parse(ByteBufUtil.getBytes(bytes));
    report.offered(hello);
    return ctx.executor().newSucceededFuture(contexts.contextFor(hello));
  }

  @Override
  protected void onLookupComplete(ChannelHandlerContext ctx, Future<SslContext> chosen) {
    SslHandler handler = chosen.getNow().newHandler(ctx.alloc());
    // The connection's own deadline bounds the handshake, from its first byte on.
    handler.setHandshakeTimeoutMillis(0);
    handler.setCloseNotifyReadTimeoutMillis(0);
    ctx.pipeline().replace(this, "tls", handler);
  }
}
