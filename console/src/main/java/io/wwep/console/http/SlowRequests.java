package io.wwep.console.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Closes connections whose requests take too long to come, as those of a peer that sends a byte now
 * and then to hold a connection for ever. Used by the HTTP event loop alone.
 */
public final class SlowRequests {

  /** From the beginning of a connection, or the end of a response, to the end of a request. */
  static final long REQUEST_SECONDS_MAX = 30;

  private static final long LOOK_MILLIS = 1_000;

  private final long nanosMax;
  private final Map<HttpConnection, Long> waiting = new HashMap<>();

  /**
   * Begins to look.
   *
   * @param vertx ends it
   */
  public SlowRequests(Vertx vertx) {
    this(vertx, TimeUnit.SECONDS.toNanos(REQUEST_SECONDS_MAX));
  }

  SlowRequests(Vertx vertx, long nanosMax) {
    this.nanosMax = nanosMax;
    vertx.setPeriodic(LOOK_MILLIS, now -> closeLate());
  }

  private void closeLate() {
    long latest = System.nanoTime() - nanosMax;
    waiting.entrySet().stream()
        .filter(each -> each.getValue() - latest < 0)
        .map(Map.Entry::getKey)
        .toList()
        .forEach(
            late -> {
              waiting.remove(late);
              late.close();
            });
  }

  /** Returns what is told of each connection. */
  public Handler<HttpConnection> connections() {
    return connection -> {
      waiting.put(connection, System.nanoTime());
      connection.closeHandler(closed -> waiting.remove(connection));
    };
  }

  /** Is told of each request whose head has come. */
  public void arrived(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    request
        .end()
        .onSuccess(
            whole -> {
              if (!request.response().ended()) {
                waiting.remove(connection);
              }
            });
    request
        .response()
        .endHandler(
            answered -> {
              if (!request.response().closed()) {
                waiting.put(connection, System.nanoTime());
              }
            });
  }
}
