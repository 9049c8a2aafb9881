package io.wwep.console;

import io.vertx.core.Vertx;
import io.vertx.core.VertxBuilder;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The console of one running server: a page, REST, events and metrics over HTTP.
 *
 * <p>Public methods may be called from any thread. HTTP is served by one event loop of Vert.x,
 * {@code wwep-http}, apart from the server's; what reads the history works on {@code
 * wwep-http-worker}.
 */
public final class WwepConsole implements AutoCloseable {

  private static final int WORKERS = 2;
  private static final long START_SECONDS_MAX = 10;
  private static final long CLOSE_MILLIS_MAX = 500;

  private final Vertx vertx;
  private final ConsoleConfig config;
  private final Watched watched;
  private HttpServer http;

  private WwepConsole(ConsoleConfig config, Watched watched) {
    this.config = config;
    this.watched = watched;
    vertx = vertx();
  }

  private static Vertx vertx() {
    VertxBuilder builder = Vertx.builder();
    return builder
        .with(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(1)
                // The page comes from memory: no folder for copies of files is needed.
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)))
        .build();
  }

  /**
   * Starts a console; when this returns it listens.
   *
   * @throws ConsoleException when its port cannot be had
   */
  public static WwepConsole start(ConsoleConfig config, Watched watched) {
    WwepConsole console = new WwepConsole(config, watched);
    try {
      console.open();
      return console;
    } catch (RuntimeException failed) {
      console.close();
      throw failed;
    }
  }

  private void open() {
    Router router = Router.router(vertx);
    router.get("/api/v1/session").handler(this::session);
    router.get().handler(Assets.load());
    try {
      http =
          vertx
              .createHttpServer(new HttpServerOptions())
              .requestHandler(router)
              .listen(config.port(), config.host())
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(START_SECONDS_MAX, TimeUnit.SECONDS)
              .join();
    } catch (CompletionException e) {
      throw new ConsoleException(
          "the console cannot be served at %s:%d (%s): give another place with --http ADDR:PORT, or --no-http"
              .formatted(config.host(), config.port(), e.getCause().getMessage()),
          e.getCause());
    }
  }

  private void session(RoutingContext context) {
    context.json(new JsonObject().put("role", "editor").put("version", watched.version()));
  }

  /** Returns where it is, as a URL for browsers. */
  public String url() {
    return "http://%s:%d/".formatted(config.hostInUrl(), port());
  }

  /** Returns the port on which it listens. */
  public int port() {
    return http.actualPort();
  }

  /** Closes every connection; within half a second. */
  @Override
  public void close() {
    try {
      vertx
          .close()
          .toCompletionStage()
          .toCompletableFuture()
          .get(CLOSE_MILLIS_MAX, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The process ends without it: its threads are daemons.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
