package io.wwep.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * A connection for each request: connect, send, wait for the reply, close. The latency is that of
 * all of it up to the reply.
 *
 * <p>Owned by the worker's thread.
 */
final class OneShotLane implements Lane {

  private static final long RETRY_MILLIS = 10;

  private final Worker worker;
  private Shot shot;
  private boolean closed;

  OneShotLane(Worker worker) {
    this.worker = worker;
  }

  @Override
  public void send(long nowNanos) {
    if (shot != null || closed) {
      return;
    }
    long request = worker.next(nowNanos);
    if (request >= 0) {
      Shot next = new Shot(request, worker.dueNanos());
      shot = next;
      worker
          .connect(next)
          .addListener(
              done -> {
                if (!done.isSuccess()) {
                  next.failed(Fault.CONNECT);
                }
              });
    }
  }

  @Override
  public int inFlight() {
    return shot == null ? 0 : 1;
  }

  @Override
  public void close() {
    closed = true;
    if (shot != null && shot.context != null) {
      shot.context.close();
    }
  }

  private final class Shot extends ChannelInboundHandlerAdapter implements Replies.Sink {

    private final long request;
    private final long dueNanos;
    private final Replies replies = new Replies(this);
    private ChannelHandlerContext context;
    private boolean over;

    Shot(long request, long dueNanos) {
      this.request = request;
      this.dueNanos = dueNanos;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      context = ctx;
      if (!worker.isSecure()) {
        fire();
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
          fire();
        } else {
          failed(Fault.TLS);
        }
      }
    }

    private void fire() {
      ByteBuf frame = context.alloc().directBuffer(Requests.BYTES_MAX);
      Requests.append(request, frame);
      context.writeAndFlush(frame, context.voidPromise());
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      boolean wwep = over || replies.parse(bytes);
      bytes.release();
      if (!wwep) {
        failed(Fault.FOREIGN);
      }
    }

    @Override
    public void accepted(int address, int value) {
      if (Requests.isAnsweredBy(request, address, value)) {
        answered();
      } else {
        failed(Fault.MISMATCHED);
      }
    }

    @Override
    public void rejected() {
      if (!over) {
        worker.rejected();
        answered();
      }
    }

    private void answered() {
      if (!over) {
        worker.answered(request, dueNanos, System.nanoTime());
        end();
        OneShotLane.this.send(System.nanoTime());
        worker.afterReplies();
      }
    }

    private void failed(Fault fault) {
      if (!over && !closed) {
        worker.fault(fault);
        end();
        worker.later(() -> OneShotLane.this.send(System.nanoTime()), RETRY_MILLIS);
      }
    }

    private void end() {
      over = true;
      shot = null;
      if (context != null) {
        context.close();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      failed(Fault.CLOSED);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
