package io.wwep.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

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
  private boolean settled;

  SessionLane(Worker worker, int pipeline) {
    this.worker = worker;
    requests = new long[pipeline];
    dueNanos = new long[pipeline];
  }

  void open() {
    if (!closed) {
      new Handler().connect();
    }
  }

  private void up(Handler opened) {
    handler = opened;
    primersLeft = PRIMERS;
    ByteBuf frames = handler.buffer(PRIMERS);
    for (int i = 0; i < PRIMERS; i++) {
      Requests.append(Requests.read(0), frames);
    }
    handler.write(frames);
  }

  private void primed() {
    if (--primersLeft == 0) {
      settled();
    }
  }

  /** Once for each lane, however often it is tried anew. */
  private void settled() {
    if (!settled) {
      settled = true;
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
    settled();
    worker.afterReplies();
    worker.later(this::open, RECONNECT_MILLIS);
  }

  @Override
  public void send(long nowNanos, int max) {
    if (handler == null || primersLeft > 0) {
      return;
    }
    ByteBuf frames = null;
    int full = (int) Math.min(requests.length, (long) inFlight + max);
    while (inFlight < full) {
      long request = worker.next(nowNanos);
      if (request < 0) {
        break;
      }
      if (frames == null) {
        frames = handler.buffer(full - inFlight);
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

  private final class Handler extends Opening {

    private final Replies replies = new Replies(SessionLane.this);

    Handler() {
      super(SessionLane.this.worker);
    }

    @Override
    void up() {
      SessionLane.this.up(this);
    }

    @Override
    void ended(Fault fault) {
      broke(fault);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      readNanos = System.nanoTime();
      ByteBuf bytes = (ByteBuf) message;
      boolean wwep = replies.parse(bytes);
      bytes.release();
      if (!wwep) {
        end(Fault.FOREIGN);
      }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) {
      long now = System.nanoTime();
      send(now, worker.share(now));
      worker.afterReplies();
    }
  }
}
