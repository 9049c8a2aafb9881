package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.ssl.SslClientHelloHandler;
import io.netty.util.concurrent.Future;
import io.wwep.server.tls.ClientHello;
import io.wwep.server.tls.TlsContexts;
import io.wwep.server.tls.TlsLayer;

/**
 * Reads the ClientHello and puts in its own place the TLS layer with the certificate that the
 * client can take; or a wrong one, where that is what a {@link Probe} of this peer waits for.
 *
 * <p>Owned by the loop's thread; one for each connection.
 */
final class HelloReader extends SslClientHelloHandler<TlsLayer> {

  /** Larger than any board's, and than those with post-quantum key shares. */
  private static final int HELLO_BYTES_MAX = 16 * 1024;

  private final TlsContexts contexts;
  private final Probes probes;
  private final Peer peer;
  private final HandshakeReport report;
  private Probe probe;

  HelloReader(TlsContexts contexts, Probes probes, Peer peer, HandshakeReport report) {
    super(HELLO_BYTES_MAX);
    this.contexts = contexts;
    this.probes = probes;
    this.peer = peer;
    this.report = report;
  }

  @Override
  protected Future<TlsLayer> lookup(ChannelHandlerContext ctx, ByteBuf bytes) {
    ClientHello hello = bytes == null ? null : ClientHello.parse(ByteBufUtil.getBytes(bytes));
    report.offered(hello);
    return ctx.executor().newSucceededFuture(layer(hello, ctx.alloc()));
  }

  private TlsLayer layer(ClientHello hello, ByteBufAllocator buffers) {
    Probe waiting = probes.claim(peer);
    TlsLayer wrong = waiting == null ? null : waiting.newLayer(peer, hello, buffers);
    if (wrong == null) {
      return contexts.newLayer(hello, buffers);
    }
    probe = waiting;
    report.probed(probe);
    return wrong;
  }

  @Override
  protected void onLookupComplete(ChannelHandlerContext ctx, Future<TlsLayer> made) {
    if (probe != null) {
      // Before bytes go on to TLS, which replacing this does.
      ctx.pipeline().addAfter(ctx.name(), "probe", new ProbeWitness(probe));
    }
    ctx.pipeline().replace(this, "tls", made.getNow());
  }
}
