package io.wwep.console;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.wwep.certs.ServerName;
import io.wwep.console.api.RestApi;
import io.wwep.console.api.Watched;
import io.wwep.console.classroom.Classroom;
import io.wwep.console.feed.LiveFeed;
import io.wwep.console.http.BoundedTransport;
import io.wwep.console.http.Credentials;
import io.wwep.console.http.Faults;
import io.wwep.console.http.Gate;
import io.wwep.console.http.Hosts;
import io.wwep.console.http.HttpOptions;
import io.wwep.console.http.Outgoing;
import io.wwep.console.http.SlowRequests;
import io.wwep.console.metrics.Metrics;
import io.wwep.console.rest.Endpoint;
import io.wwep.console.rest.Endpoints;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The console of one running server: a page, REST, events and metrics over HTTP.
 *
 * <p>Public methods may be called from any thread. HTTP is served by one event loop of Vert.x,
 * {@code wwep-http}, apart from the server's; what reads the history works on {@code
 * wwep-http-history-0}, and what asks the server on {@code wwep-http-worker-N}. All are daemons.
 */
public final class WwepConsole implements AutoCloseable {

  private static final int WORKERS = 2;
  private static final long START_SECONDS_MAX = 10;
  private static final long CLOSE_MILLIS_MAX = 200;

  /** For the class to reach its file, on a disk that has much to do. */
  private static final long KEEP_MILLIS_MAX = 1_000;

  private final Vertx vertx;
  private final ConsoleConfig config;
  private final Watched watched;
  private final boolean secure;
  private final Gate gate;
  private final RestApi api;
  private final Classroom classroom;
  private final LiveFeed feed;
  private HttpServer http;

  private WwepConsole(ConsoleConfig config, Watched watched) {
    this.config = config;
    this.watched = watched;
    secure = !config.isLoopback();
    requireSafe();
    vertx = vertx();
    gate = new Gate(config.credentials(), hosts(), secure);
    api = new RestApi(vertx, watched, gate);
    classroom = new Classroom(vertx, watched.server(), watched.history());
    feed =
        LiveFeed.open(vertx, watched.server(), watched.store(), gate::admits, classroom.witness());
  }

  /** What an editor may do must not be open to a whole network, nor a password readable in it. */
  private void requireSafe() {
    if (secure && !config.credentials().areNeeded()) {
      throw new ConsoleException(
          "the console at %s would be open to the network: give --http-password-file or --http-token-file, or an address of this machine alone, as in --http 127.0.0.1:%d"
              .formatted(config.host(), config.port()),
          null);
    }
    if (secure && watched.server().identity() == null) {
      throw new ConsoleException(
          "the console at %s is served over TLS, and --no-tls is given: leave that out, or serve the console at 127.0.0.1"
              .formatted(config.host()),
          null);
    }
  }

  private static Vertx vertx() {
    return Vertx.builder()
        .withTransport(new BoundedTransport())
        .with(
            new VertxOptions()
                .setEventLoopPoolSize(1)
                .setWorkerPoolSize(WORKERS)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                // The page comes from memory: no folder for copies of files is needed.
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(false)))
        .build();
  }

  private Hosts hosts() {
    Hosts hosts = new Hosts(config.names(), new CertifiedNames(watched.server()::identity));
    vertx.executeBlocking(
        () -> {
          hosts.addOwn(ServerName.ofThisComputer().stream().map(ServerName::text).toList());
          return null;
        });
    return hosts;
  }

  /**
   * Starts a console; when this returns it listens.
   *
   * @throws ConsoleException when its port cannot be had, or it would be open to a network
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
    SlowRequests slow = new SlowRequests(vertx);
    try {
      http =
          vertx
              .createHttpServer(HttpOptions.of(secure ? watched.server()::identity : null))
              .connectionHandler(slow.connections())
              .invalidRequestHandler(Faults::refuse)
              .requestHandler(Faults.front(router(slow)))
              .listen(config.port(), config.host())
              .toCompletionStage()
              .toCompletableFuture()
              .orTimeout(START_SECONDS_MAX, TimeUnit.SECONDS)
              .join();
      watched.server().announceConsole(url());
    } catch (CompletionException e) {
      throw new ConsoleException(
          "the console cannot be served at %s:%d (%s): give another place with --http ADDR:PORT, or --no-http"
              .formatted(config.host(), config.port(), reason(e.getCause())),
          e.getCause());
    }
  }

  /** Says why it does not listen; a time that is over has no words of its own. */
  static String reason(Throwable cause) {
    return cause instanceof TimeoutException
        ? "it was not ready within %d s".formatted(START_SECONDS_MAX)
        : cause.getMessage();
  }

  private Router router(SlowRequests slow) {
    Router router = Router.router(vertx);
    router.errorHandler(400, Faults::refusePath);
    router
        .route()
        .handler(
            context -> {
              slow.arrived(context.request());
              context.next();
            })
        .failureHandler(new Faults(watched.server().feed()::tell));
    router.route().handler(new Outgoing());
    router.route().handler(gate.guard());
    Assets assets = Assets.load();
    router.get().handler(assets);
    router.head().handler(assets);
    router.route().handler(gate.identify());
    List<Endpoint> others = new ArrayList<>(feed.endpoints());
    others.addAll(classroom.endpoints(feed));
    others.add(new Metrics(watched).endpoint());
    Endpoints.mount(router, api.endpoints(others));
    Endpoints.refuseRest(router);
    return router;
  }

  /**
   * Has these passwords and tokens open the console from now on, in place of those before.
   *
   * @throws ConsoleException when it would be open to a network; those before hold
   */
  public void admit(Credentials credentials) {
    if (secure && !credentials.areNeeded()) {
      throw new ConsoleException("the console needs a password or token: give one", null);
    }
    gate.admit(credentials);
  }

  /** Returns where it is, as a URL for browsers. */
  public String url() {
    String host = config.isAnyAddress() ? anAddress() : config.host();
    return "%s://%s:%d/"
        .formatted(
            secure ? "https" : "http", host.indexOf(':') >= 0 ? "[" + host + "]" : host, port());
  }

  private String anAddress() {
    return watched.addresses().get().stream().findFirst().orElse("localhost");
  }

  /** Returns what is not as it should be though it runs, as sentences with the cure. */
  public List<String> warnings() {
    String trouble = classroom.trouble();
    return trouble == null ? List.of() : List.of(trouble);
  }

  /** Returns the port on which it listens. */
  public int port() {
    return http.actualPort();
  }

  /** Keeps what is to be kept and closes every connection; within 1.2 s, mostly at once. */
  @Override
  public void close() {
    watched.server().announceConsole(null);
    feed.close();
    // A question to the history may still be under way: its file is closed behind it.
    Future<Void> files =
        vertx.executeBlocking(
            () -> {
              classroom.close();
              api.close();
              return null;
            },
            /* ordered= */ false);
    await(files, KEEP_MILLIS_MAX);
    await(vertx.close(), CLOSE_MILLIS_MAX);
  }

  private static void await(Future<Void> ending, long millisMax) {
    try {
      ending.toCompletionStage().toCompletableFuture().get(millisMax, TimeUnit.MILLISECONDS);
    } catch (TimeoutException | ExecutionException e) {
      // The process ends without it: its threads are daemons.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
