package io.wwep.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.concurrent.CompletableFuture;

/**
 * Connections that send two requests each, since after one a server need not stay, and then are
 * only held. They are opened some at a time, so that the server's queue of new connections does not
 * overflow.
 *
 * <p>Owned by the worker's thread.
 */
final class Idle {

  private static final int AT_A_TIME_MAX = 128;

  private final Worker worker;
  private final CompletableFuture<Void> opened = new CompletableFuture<>();
  private int toOpen;
  private int opening;

  Idle(Worker worker) {
    this.worker = worker;
  }

  /** Completes when all have had their reply, or were refused. */
  CompletableFuture<Void> open(int connections) {
    toOpen = connections;
    openSome();
    return opened;
  }

  private void openSome() {
    while (toOpen > 0 && opening < AT_A_TIME_MAX) {
      toOpen--;
      opening++;
      Held held = new Held();
      worker
          .connect(held)
          .addListener(
              done -> {
                if (!done.isSuccess()) {
                  held.settled(Fault.CONNECT);
                }
              });
    }
    if (toOpen == 0 && opening == 0) {
      opened.complete(null);
    }
  }

  private final class Held extends ChannelInboundHandlerAdapter {

    private boolean settled;

    /**
     * @param fault what went wrong, or null
     */
    private void settled(Fault fault) {
      if (!settled) {
        settled = true;
        opening--;
        if (fault != null) {
          worker.fault(fault);
        }
        openSome();
      }
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      if (!worker.isSecure()) {
        ask(ctx);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
        ask(ctx);
      }
    }

    private void ask(ChannelHandlerContext ctx) {
      ByteBuf frames = ctx.alloc().directBuffer(2 * Requests.BYTES_MAX);
      Requests.append(Requests.read(0), frames);
      Requests.append(Requests.read(0), frames);
      ctx.writeAndFlush(frames, ctx.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ((ByteBuf) message).release();
      settled(null);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      settled(Fault.CLOSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
