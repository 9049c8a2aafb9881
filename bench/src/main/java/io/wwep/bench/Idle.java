package io.wwep.bench;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
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
      new Held().connect();
    }
    if (toOpen == 0 && opening == 0) {
      opened.complete(null);
    }
  }

  private final class Held extends Opening {

    private boolean settled;

    Held() {
      super(Idle.this.worker);
    }

    private void settled() {
      if (!settled) {
        settled = true;
        opening--;
        openSome();
      }
    }

    @Override
    void up() {
      ByteBuf frames = buffer(2);
      Requests.append(Requests.read(0), frames);
      Requests.append(Requests.read(0), frames);
      write(frames);
    }

    @Override
    void ended(Fault fault) {
      worker.fault(fault);
      settled();
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
      ((ByteBuf) message).release();
      settled();
    }
  }
}
