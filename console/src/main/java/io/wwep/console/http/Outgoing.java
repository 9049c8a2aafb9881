package io.wwep.console.http;

import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.HashMap;
import java.util.Map;

/**
 * Sends whole responses, and counts their bytes until peers have taken them, so that readers that
 * do not read cannot fill the memory. Used by the HTTP event loop alone.
 *
 * <p>Streams of events have bounds of their own and are not counted.
 */
public final class Outgoing implements Handler<RoutingContext> {

  /** Most bytes that wait in all; a larger response is sent if nothing else waits. */
  static final int WAITING_BYTES_MAX = 32 * 1024 * 1024;

  /** Most of them for one address, so that one machine cannot keep all others from large ones. */
  static final int WAITING_BYTES_OF_ADDRESS_MAX = WAITING_BYTES_MAX / 2;

  /** Responses up to this length are always sent: there is one for a connection, or a few. */
  static final int SMALL_BYTES_MAX = 64 * 1024;

  private static final String KEY = Outgoing.class.getName();

  private final Map<String, Long> byAddress = new HashMap<>();
  private long waitingBytes;

  /**
   * Comes before all that answers. A request behind many responses that its peer has not taken
   * waits until it takes them.
   */
  @Override
  public void handle(RoutingContext context) {
    context.put(KEY, this);
    HttpServerRequest request = context.request();
    if (!request.response().writeQueueFull()) {
      context.next();
      return;
    }
    request.pause();
    request
        .response()
        .drainHandler(
            taken -> {
              request.response().drainHandler(null);
              request.resume();
              context.next();
            });
  }

  /** Ends a response with its content, or with a problem where too much waits already. */
  public static void send(RoutingContext context, Buffer content) {
    Outgoing outgoing = context.get(KEY);
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.closed()) {
      outgoing.send(context.request(), content);
    }
  }

  private void send(HttpServerRequest request, Buffer content) {
    String address = request.remoteAddress().hostAddress();
    int length = content.length();
    if (length > SMALL_BYTES_MAX && !hasRoom(address, length)) {
      Problem.busy(
              "too much waits for readers that are slow or do not read: try again, and close connections whose responses nobody reads")
          .send(request.response());
      return;
    }
    add(address, length);
    request
        .response()
        .end(content)
        .onComplete(
            written -> {
              add(address, -length);
              if (written.failed()) {
                request.connection().close();
              }
            });
  }

  private boolean hasRoom(String address, int length) {
    long own = byAddress.getOrDefault(address, 0L);
    return (waitingBytes == 0 || waitingBytes + length <= WAITING_BYTES_MAX)
        && (own == 0 || own + length <= WAITING_BYTES_OF_ADDRESS_MAX);
  }

  private void add(String address, long bytes) {
    waitingBytes += bytes;
    byAddress.merge(address, bytes, (before, more) -> before + more == 0 ? null : before + more);
  }

  /** Returns how many bytes peers have yet to take. */
  long waitingBytes() {
    return waitingBytes;
  }
}
