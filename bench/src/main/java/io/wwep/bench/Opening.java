package io.wwep.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.BindException;

/**
 * A connection from its beginning to its end: tells when requests can be sent, be it at once or
 * behind a TLS handshake, and why it ended.
 *
 * <p>Owned by the worker's thread.
 */
abstract class Opening extends ChannelInboundHandlerAdapter {

  /**
   * What Netty's native transports say when all ports to this address are taken (EADDRNOTAVAIL).
   */
  private static final String NO_PORT = "error(-99)";

  final Worker worker;

  /** Null until there is a connection. */
  ChannelHandlerContext context;

  private Fault end = Fault.CLOSED;

  Opening(Worker worker) {
    this.worker = worker;
  }

  /** Starts to connect. */
  final void connect() {
    worker
        .connect(this)
        .addListener(
            done -> {
              if (!done.isSuccess()) {
                // A connection without a socket belongs to no loop, and is heard of on any thread.
                worker.loop().execute(() -> ended(reason(done.cause())));
              }
            });
  }

  static Fault reason(Throwable cause) {
    boolean local =
        cause instanceof ChannelException // there is no socket
            || cause.getCause() instanceof BindException
            || String.valueOf(cause.getMessage()).contains(NO_PORT);
    return local ? Fault.LOCAL : Fault.CONNECT;
  }

  /** Requests can be sent from now on. */
  abstract void up();

  /** The connection is gone, or was never there. */
  abstract void ended(Fault fault);

  /** Ends the connection for this reason. */
  final void end(Fault fault) {
    end = fault;
    context.close();
  }

  final ByteBuf buffer(int requests) {
    return context.alloc().directBuffer(requests * Requests.BYTES_MAX);
  }

  final void write(ByteBuf frames) {
    context.writeAndFlush(frames, context.voidPromise());
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    context = ctx;
    if (!worker.isSecure()) {
      up();
    }
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        up();
      } else {
        end(Fault.TLS);
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended(end);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
