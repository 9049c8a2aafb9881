package io.wwep.console.rest;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * An answer in JSON that takes a while to make: made by a worker at most four times a second,
 * however many ask. Used by the HTTP event loop alone.
 */
public final class SharedAnswer {

  private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final WorkerExecutor worker;
  private final Callable<Buffer> maker;
  private Future<Buffer> made;
  private long askedNanos;

  /**
   * @param maker makes it, on the worker's thread
   */
  public SharedAnswer(WorkerExecutor worker, Callable<Buffer> maker) {
    this.worker = worker;
    this.maker = maker;
  }

  /** Answers, now or in a moment. */
  public void answer(Call call) {
    long now = System.nanoTime();
    boolean old = made == null || (made.isComplete() && now - askedNanos >= KEPT_NANOS);
    if (old) {
      askedNanos = now;
      made = worker.executeBlocking(maker);
    }
    // Text would be made into bytes for each who asks.
    made.onSuccess(body -> call.reply(200, Endpoint.JSON, body)).onFailure(call::fail);
  }

  /** Something was changed: who asks from now on is to see it. */
  public void renew() {
    made = null;
  }
}
