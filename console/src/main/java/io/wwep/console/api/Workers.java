package io.wwep.console.api;

import io.vertx.core.Vertx;
import io.wwep.console.http.Problem;
import io.wwep.console.http.ProblemException;
import io.wwep.console.rest.Call;
import io.wwep.store.StoreException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Does what waits for a disk on the threads {@code wwep-http-worker-N}, a bounded number of times
 * at once and for a bounded time. Used by the HTTP event loop alone.
 */
final class Workers {

  /** Under way and waiting; what is abandoned counts until it ends. */
  static final int UNDER_WAY_MAX = 16;

  /** The first look at the longest history takes this long. */
  private static final long SECONDS_MAX = 20;

  private final Vertx vertx;
  private int underWay;

  Workers(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Works, and answers with a problem where that fails or takes too long.
   *
   * @param work on a worker's thread
   * @param done takes its result, on the event loop
   */
  <T> void run(Call call, Callable<T> work, Consumer<T> done) {
    if (underWay >= UNDER_WAY_MAX) {
      throw Problem.busy(
              "%d questions to the history are under way: ask again in a moment"
                  .formatted(UNDER_WAY_MAX))
          .exception();
    }
    underWay++;
    var working = vertx.executeBlocking(work, /* ordered= */ false);
    working.onComplete(ended -> underWay--);
    working
        .timeout(SECONDS_MAX, TimeUnit.SECONDS)
        .map(
            result -> {
              done.accept(result);
              return null;
            })
        .onFailure(failure -> fail(call, failure));
  }

  private static void fail(Call call, Throwable failure) {
    if (failure instanceof ProblemException refused) {
      call.fail(refused.problem());
    } else if (failure instanceof StoreException unreadable) {
      call.fail(Problem.storage(unreadable.getMessage()));
    } else if (failure instanceof TimeoutException) {
      call.fail(
          Problem.busy(
              "it took longer than %d s: ask for less, or again when the server has less to do"
                  .formatted(SECONDS_MAX)));
    } else {
      call.fail(failure);
    }
  }
}
