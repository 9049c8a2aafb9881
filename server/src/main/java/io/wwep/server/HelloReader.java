package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.util.concurrent.Future;
import io.wwep.server.tls.ClientHello;
import io.wwep.server.tls.TlsContexts;
import io.wwep.server.tls.TlsLayer;

/**
 * Reads the ClientHello and puts in its own place the TLS layer with the certificate that the
 * client can take.
 *
 * <p>Owned by the loop's thread; one for each connection.
 */
final class HelloReader extends SslClientHelloHandler<TlsLayer> {

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
  protected Future<TlsLayer> lookup(ChannelHandlerContext ctx, ByteBuf bytes) {
    ClientHello hello = bytes == null ? null : ClientHello.parse(ByteBufUtil.getBytes(bytes));
    report.offered(hello);
    return ctx.executor().newSucceededFuture(contexts.newLayer(hello, ctx.alloc()));
  }

  @Override
  protected void onLookupComplete(ChannelHandlerContext ctx, Future<TlsLayer> made) {
    ctx.pipeline().replace(this, "tls", made.getNow());
  }
}
