package io.wwep.console.feed;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.store.Store;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;

/**
 * The cards of all boards as JSON, made on the thread {@code wwep-boards} at most four times a
 * second, however many ask. Used by the HTTP event loop alone.
 */
final class BoardsPage {

  private static final long KEPT_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final Boards boards;
  private final Store store;
  private final InstantSource clock;
  private final WorkerExecutor worker;
  private Future<Buffer> page;
  private long askedNanos;

  BoardsPage(Vertx vertx, Boards boards, Store store, InstantSource clock) {
    this.boards = boards;
    this.store = store;
    this.clock = clock;
    worker = vertx.createSharedWorkerExecutor("wwep-boards", 1);
  }

  void answer(Call call) {
    long now = System.nanoTime();
    boolean old = page == null || (page.isComplete() && now - askedNanos >= KEPT_NANOS);
    if (old) {
      askedNanos = now;
      page = worker.executeBlocking(() -> boards.json(clock.instant(), store).toBuffer());
    }
    // Text would be made into bytes for each who asks.
    page.onSuccess(made -> call.reply(200, Endpoint.JSON, made)).onFailure(call::fail);
  }
}
