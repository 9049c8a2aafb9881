package io.wwep.console.api;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.wwep.console.http.Problem;
import io.wwep.console.http.ProblemException;
import io.wwep.console.rest.Call;
import io.wwep.console.rest.Endpoint;
import io.wwep.store.StoreException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * Does what waits for a disk, or has much to write down, on other threads, a bounded number of
 * times at once and for a bounded time. Used by the HTTP event loop alone.
 */
final class Workers {

  /** Under way and waiting; what is abandoned counts until it ends. */
  static final int UNDER_WAY_MAX = 16;

  /** The first look at the longest history takes this long. */
  private static final long SECONDS_MAX = 20;

  /** Where the work is done. */
  private interface Threads {
    <T> Future<T> execute(Callable<T> work, boolean ordered);
  }

  private final Threads threads;
  private final String questions;
  private int underWay;

  private Workers(Threads threads, String questions) {
    this.threads = threads;
    this.questions = questions;
  }

  /** Those for questions to the server itself: {@code wwep-http-worker-N}. */
  static Workers ofServer(Vertx vertx) {
    return new Workers(vertx::executeBlocking, "questions to the server");
  }

  /**
   * Those for questions to the history: {@code wwep-http-history-0}. Its reader serves one at a
   * time, and who waits for that is not to keep others from the workers.
   */
  static Workers ofHistory(Vertx vertx) {
    return new Workers(
        vertx.createSharedWorkerExecutor("wwep-http-history", 1)::executeBlocking,
        "questions to the history");
  }

  /** Works, and answers with what comes of it; on the worker's thread it becomes bytes as well. */
  void answer(Call call, Callable<JsonObject> work) {
    run(call, () -> work.call().toBuffer(), body -> call.reply(200, Endpoint.JSON, body));
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
              "%d %s are under way: ask again in a moment".formatted(UNDER_WAY_MAX, questions))
          .exception();
    }
    underWay++;
    long arrived = System.nanoTime();
    Future<T> working =
        threads.execute(
            () -> {
              requireWaited(arrived);
              return work.call();
            },
            /* ordered= */ false);
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

  /** Who has been answered by now needs no work any more. */
  private static void requireWaited(long arrivedNanos) throws TimeoutException {
    if (System.nanoTime() - arrivedNanos > TimeUnit.SECONDS.toNanos(SECONDS_MAX)) {
      throw new TimeoutException();
    }
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
