package io.wwep.console.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
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

  private final Consumer<String> teller;
  private long toldNanos = System.nanoTime() - TELL_NANOS_MIN;

  /**
   * @param teller is told a sentence once a second at most
   */
  public Faults(Consumer<String> teller) {
    this.teller = teller;
  }

  @Override
  public void handle(RoutingContext context) {
    problem(context.statusCode(), context.failure()).send(context.response());
  }

  private Problem problem(int status, Throwable failure) {
    if (failure instanceof ProblemException refused) {
      return refused.problem();
    }
    return switch (status) {
      case 400 -> Problem.badRequest("the request cannot be read: check its path and its headers");
      case 404 -> Problem.notFound("there is nothing at this path: /api/v1/openapi.json lists all");
      case 413 -> Problem.tooLarge("the body is longer than 64 KiB: send less at a time");
      default -> fault(failure);
    };
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
    Problem problem =
        tooLong
            ? Problem.headTooLarge(
                "the request line or the headers are too long: 4 KiB and 8 KiB are taken")
            : Problem.badRequest("this is no HTTP request: check what sends it");
    problem.send(request.response());
    request.connection().close();
  }
}
