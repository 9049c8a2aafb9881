package io.wwep.console;

import io.vertx.core.json.JsonObject;
import io.wwep.console.api.Watched;
import io.wwep.console.http.Credentials;
import io.wwep.server.ServerConfig;
import io.wwep.store.Fsync;
import io.wwep.store.HistoryLimit;
import io.wwep.store.MemoryStore;
import io.wwep.store.Store;
import io.wwep.store.sqlite.SqliteStore;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A real server with its console on free ports, and requests to it over real sockets. */
public final class RunningConsole implements AutoCloseable {

  private final TestServer server;
  private final WwepConsole console;
  private final boolean secure;

  private RunningConsole(TestServer server, WwepConsole console, boolean secure) {
    this.server = server;
    this.console = console;
    this.secure = secure;
  }

  /** Opens one that asks nobody, and keeps registers in memory. */
  public static RunningConsole open() {
    return open(Credentials.NONE);
  }

  public static RunningConsole open(Credentials credentials) {
    return open(
        new ConsoleConfig("127.0.0.1", 0).with(List.of("board.lab"), credentials),
        UnaryOperator.identity(),
        new MemoryStore(),
        null);
  }

  /** Opens one whose registers have a history, in a directory. */
  public static RunningConsole withHistoryIn(Path directory) {
    Path file = directory.resolve(SqliteStore.DATABASE);
    return open(
        new ConsoleConfig("127.0.0.1", 0),
        UnaryOperator.identity(),
        SqliteStore.open(file, Fsync.NEVER, HistoryLimit.DEFAULT),
        file);
  }

  public static RunningConsole open(
      ConsoleConfig config, UnaryOperator<ServerConfig> change, Store store, Path history) {
    TestServer server = TestServer.start(change, store);
    try {
      Watched watched = new Watched(server.server(), store, history, "1.2.3");
      return new RunningConsole(server, WwepConsole.start(config, watched), !config.isLoopback());
    } catch (RuntimeException failed) {
      server.close();
      throw failed;
    }
  }

  public TestServer server() {
    return server;
  }

  public WwepConsole console() {
    return console;
  }

  public int port() {
    return console.port();
  }

  public Socket connect() {
    try {
      return secure
          ? trusting().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port())
          : new Socket(InetAddress.getLoopbackAddress(), port());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which certificate is shown is looked at by the test, where it matters. */
  private static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Anybody implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  /**
   * Sends a request.
   *
   * @param headers each with its value, as in {@code Accept: text/csv}; Host is added where there
   *     is none
   */
  public HttpExchange send(String method, String path, String body, String... headers) {
    List<String> lines = new ArrayList<>(List.of(headers));
    if (lines.stream().noneMatch(each -> each.toLowerCase(Locale.ROOT).startsWith("host:"))) {
      lines.add("Host: 127.0.0.1:" + port());
    }
    lines.add("Connection: close");
    if (body != null) {
      lines.add("Content-Length: " + body.length());
    }
    String head =
        "%s %s HTTP/1.1\r\n%s\r\n\r\n".formatted(method, path, String.join("\r\n", lines));
    return raw(head + (body == null ? "" : body));
  }

  /** Sends bytes as they are. */
  public HttpExchange raw(String request) {
    try {
      return HttpExchange.over(connect(), request);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public HttpExchange get(String path, String... headers) {
    return send("GET", path, null, headers);
  }

  /** Sends JSON. */
  public HttpExchange json(String method, String path, JsonObject body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/json");
    return send(method, path, body.encode(), all.toArray(String[]::new));
  }

  public HttpExchange put(String register, int value, String... headers) {
    return json(
        "PUT",
        "/api/v1/devices/%s/registers/%s"
            .formatted(register.substring(0, 4), register.substring(4)),
        new JsonObject().put("value", value),
        headers);
  }

  @Override
  public void close() {
    console.close();
    server.close();
  }
}
