package io.wwep.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;

/**
 * A connection that stays open, with up to so many requests in flight. When the server closes it, a
 * new one is made.
 *
 * <p>Owned by the worker's thread.
 */
final class SessionLane implements Lane, Replies.Sink {

  private static final long RECONNECT_MILLIS = 100;

  /** Requests that are not counted: after a single one a server need not wait for another. */
  private static final int PRIMERS = 2;

  private final Worker worker;
  private final long[] requests;
  private final long[] dueNanos;
  private Handler handler;
  private int oldest;
  private int inFlight;
  private int primersLeft;
  private long readNanos;
  private boolean closed;

  SessionLane(Worker worker, int pipeline) {
    this.worker = worker;
    requests = new long[pipeline];
    dueNanos = new long[pipeline];
  }

  void open() {
    if (!closed) {
      ChannelFuture connecting = worker.connect(new Handler());
      connecting.addListener(
          done -> {
            if (!done.isSuccess()) {
              broke(Fault.CONNECT);
            }
          });
    }
  }

  private void up(Handler opened) {
    handler = opened;
    primersLeft = PRIMERS;
    ByteBuf frames = handler.buffer(PRIMERS * Requests.BYTES_MAX);
    for (int i = 0; i < PRIMERS; i++) {
      Requests.append(Requests.read(0), frames);
    }
    handler.write(frames);
  }

  private void primed() {
    if (--primersLeft == 0) {
      worker.opened();
    }
  }

  private void broke(Fault fault) {
    handler = null;
    if (closed) {
      return;
    }
    for (int i = 0; i < Math.max(1, inFlight); i++) {
      worker.fault(fault);
    }
    inFlight = 0;
    worker.opened();
    worker.later(this::open, RECONNECT_MILLIS);
  }

  @Override
  public void send(long nowNanos) {
    if (handler == null || primersLeft > 0) {
      return;
    }
    ByteBuf frames = null;
    while (inFlight < requests.length) {
      long request = worker.next(nowNanos);
      if (request < 0) {
        break;
      }
      if (frames == null) {
        frames = handler.buffer((requests.length - inFlight) * Requests.BYTES_MAX);
      }
      int slot = (oldest + inFlight++) % requests.length;
      requests[slot] = request;
      dueNanos[slot] = worker.dueNanos();
      Requests.append(request, frames);
    }
    if (frames != null) {
      handler.write(frames);
    }
  }

  @Override
  public void accepted(int address, int value) {
    long request = take();
    if (request >= 0 && !Requests.isAnsweredBy(request, address, value)) {
      worker.fault(Fault.MISMATCHED);
    }
  }

  @Override
  public void rejected() {
    if (take() >= 0) {
      worker.rejected();
    }
  }

  /** Returns the request that a reply belongs to; negative when there is none that counts. */
  private long take() {
    if (primersLeft > 0) {
      primed();
      return -1;
    }
    if (inFlight == 0) {
      worker.fault(Fault.MISMATCHED);
      return -1;
    }
    int slot = oldest;
    oldest = (oldest + 1) % requests.length;
    inFlight--;
    worker.answered(requests[slot], dueNanos[slot], readNanos);
    return requests[slot];
  }

  @Override
  public int inFlight() {
    return inFlight;
  }

  @Override
  public void close() {
    closed = true;
    if (handler != null) {
      handler.context.close();
    }
  }

  private final class Handler extends ChannelInboundHandlerAdapter {

    private final Replies replies = new Replies(SessionLane.this);
    private ChannelHandlerContext context;
    private Fault end = Fault.CLOSED;

    ByteBuf buffer(int bytes) {
      return context.alloc().directBuffer(bytes);
    }

    void write(ByteBuf frames) {
      context.writeAndFlush(frames, context.voidPromise());
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
      context = ctx;
      if (!worker.isSecure()) {
        up(this);
      }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake) {
        if (handshake.isSuccess()) {
          up(this);
        } else {
          end = Fault.TLS;
          ctx.close();
        }
      }
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      readNanos = System.nanoTime();
      ByteBuf bytes = (ByteBuf) message;
      boolean wwep = replies.parse(bytes);
      bytes.release();
      if (!wwep) {
        end = Fault.FOREIGN;
        ctx.close();
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      send(System.nanoTime());
      worker.afterReplies();
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      broke(end);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
      ctx.close();
    }
  }
}
