package io.wwep.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;

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
  public void send(long nowNanos, int max) {
    if (shot != null || closed) {
      return;
    }
    long request = worker.next(nowNanos);
    if (request >= 0) {
      shot = new Shot(request, worker.dueNanos());
      shot.connect();
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

  private final class Shot extends Opening implements Replies.Sink {

    private final long request;
    private final long dueNanos;
    private final Replies replies = new Replies(this);
    private boolean over;

    Shot(long request, long dueNanos) {
      super(OneShotLane.this.worker);
      this.request = request;
      this.dueNanos = dueNanos;
    }

    @Override
    void up() {
      ByteBuf frame = buffer(1);
      Requests.append(request, frame);
      write(frame);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ByteBuf bytes = (ByteBuf) message;
      boolean wwep = over || replies.parse(bytes);
      bytes.release();
      if (!wwep) {
        ended(Fault.FOREIGN);
      }
    }

    @Override
    public void accepted(int address, int value) {
      if (Requests.isAnsweredBy(request, address, value)) {
        answered();
      } else {
        ended(Fault.MISMATCHED);
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
        leave();
        OneShotLane.this.send(System.nanoTime(), 1);
        worker.afterReplies();
      }
    }

    @Override
    void ended(Fault fault) {
      if (!over && !closed) {
        worker.fault(fault);
        leave();
        worker.afterReplies();
        worker.later(() -> OneShotLane.this.send(System.nanoTime(), 1), RETRY_MILLIS);
      }
    }

    private void leave() {
      over = true;
      shot = null;
      if (context != null) {
        context.close();
      }
    }
  }
}
