package io.wwep.console.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.VertxConnection;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Answers requests that ended with an exception: with its problem, or, where it is a fault of the
 * program, with a sentence that shows nothing of it; the fault is told to whoever watches the
 * server. Used by the HTTP event loop alone.
 */
public final class Faults implements Handler<RoutingContext> {

  private static final long TELL_NANOS_MIN = TimeUnit.SECONDS.toNanos(1);

  private static final String BODY = Faults.class.getName();

  private final Consumer<String> teller;
  private long toldNanos = System.nanoTime() - TELL_NANOS_MIN;

  /**
   * @param teller is told a sentence once a second at most
   */
  public Faults(Consumer<String> teller) {
    this.teller = teller;
  }

  /**
   * Returns what comes before all routes: it passes requests with a path on, and refuses others, as
   * {@code OPTIONS *} and {@code CONNECT}, for which a router looks at no route.
   */
  public static Handler<HttpServerRequest> front(Handler<HttpServerRequest> router) {
    return request -> {
      String path = request.path();
      if (path == null || !path.startsWith("/") || request.method().equals(HttpMethod.CONNECT)) {
        refuse(request, Problem.badRequest("this is no path: it begins with /, as in /api/v1/"));
      } else {
        router.handle(request);
      }
    };
  }

  /** Refuses a request whose path cannot be decoded, for which a router looks at no route. */
  public static void refusePath(RoutingContext context) {
    unreadable().send(context.response());
  }

  /** Is told that a body is read from now on: what fails meanwhile is what the peer sent. */
  public static void bodyBegins(RoutingContext context) {
    context.put(BODY, true);
  }

  /** Is told that the body has come as a whole. */
  public static void bodyEnds(RoutingContext context) {
    context.remove(BODY);
  }

  @Override
  public void handle(RoutingContext context) {
    problem(context).send(context.response());
    if (isReadingBody(context) && context.request().connection() instanceof VertxConnection peer) {
      // The connection is closed next, by Vert.x, which would drop what it has not flushed.
      peer.channel().flush();
    }
  }

  private static boolean isReadingBody(RoutingContext context) {
    return context.get(BODY) != null;
  }

  private Problem problem(RoutingContext context) {
    Throwable failure = context.failure();
    if (failure instanceof ProblemException refused) {
      return refused.problem();
    }
    return switch (context.statusCode()) {
      case 400 -> unreadable();
      case 404 -> Problem.notFound("there is nothing at this path: /api/v1/openapi.json lists all");
      case 413 -> Problem.tooLarge("the body is longer than 64 KiB: send less at a time");
      default ->
          isReadingBody(context)
              ? Problem.badRequest("the body cannot be read: check its length or its chunks")
              : fault(failure);
    };
  }

  private static Problem unreadable() {
    return Problem.badRequest("the request cannot be read: check its path and its headers");
  }

  private Problem fault(Throwable failure) {
    long now = System.nanoTime();
    if (now - toldNanos >= TELL_NANOS_MIN) {
      toldNanos = now;
      teller.accept(
          "a request to the console failed: this is a fault in wwep, please report it (%s)"
              .formatted(failure));
    }
    return Problem.fault("this is a fault in wwep, please report it: its log says more");
  }

  /** Answers what is not even HTTP, and closes the connection. */
  public static void refuse(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    boolean tooLong = cause instanceof io.netty.handler.codec.TooLongFrameException;
    refuse(
        request,
        tooLong
            ? Problem.headTooLarge(
                "the request line or the headers are too long: 4 KiB and 8 KiB are taken")
            : Problem.badRequest("this is no HTTP request: check what sends it"));
  }

  private static void refuse(HttpServerRequest request, Problem problem) {
    Gate.setHeaders(request.response());
    problem.send(request.response());
    request.connection().close();
  }
}
