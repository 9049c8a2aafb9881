package io.wwep.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Readers that do not read, over real sockets. */
class OutgoingTest {

  private static final int LARGE_BYTES = 1024 * 1024;
  private static final int SMALL_BYTES = 60_000;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final Outgoing outgoing = new Outgoing();
  private final AtomicInteger asked = new AtomicInteger();
  private final List<Socket> lazy = new ArrayList<>();
  private HttpServer server;

  @BeforeEach
  void serve() {
    Router router = Router.router(vertx);
    router.route().handler(outgoing);
    serve(router, "/large", LARGE_BYTES);
    serve(router, "/small", SMALL_BYTES);
    server =
        vertx
            .createHttpServer(HttpOptions.of(null))
            .requestHandler(router)
            .listen(0, "127.0.0.1")
            .await();
  }

  private void serve(Router router, String path, int length) {
    router
        .get(path)
        .handler(
            context -> {
              asked.incrementAndGet();
              Outgoing.send(context, Buffer.buffer(new byte[length]));
            });
  }

  @AfterEach
  void stop() throws IOException {
    for (Socket each : lazy) {
      each.close();
    }
    vertx.close().await();
  }

  /** Asks without reading. */
  private Socket ask(String requests) throws IOException {
    Socket socket = new Socket();
    lazy.add(socket);
    socket.setReceiveBufferSize(4_096);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.actualPort()));
    socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  private String answer(String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      socket.setSoTimeout(20_000);
      String request = "GET %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.formatted(path).getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  private long waitingBytes() {
    CompletableFuture<Long> bytes = new CompletableFuture<>();
    vertx.runOnContext(now -> bytes.complete(outgoing.waitingBytes()));
    return bytes.join();
  }

  @Test
  void shouldBoundWhatWaitsForReadersThatDoNotRead() throws IOException {
    for (int i = 0; i < 100; i++) {
      ask("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    await().until(() -> asked.get() == 100);

    assertThat(waitingBytes())
        .isBetween((long) LARGE_BYTES, (long) Outgoing.WAITING_BYTES_OF_ADDRESS_MAX);
    assertThat(answer("/small")).startsWith("HTTP/1.1 200");
    assertThat(answer("/large"))
        .startsWith("HTTP/1.1 503")
        .containsIgnoringCase("Retry-After: 1")
        .contains("urn:wwep:problem:limited");
  }

  @Test
  void shouldForgetWhatWaitedForAConnectionThatEnds() throws IOException {
    for (int i = 0; i < 30; i++) {
      ask("GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n");
    }
    await().until(() -> asked.get() == 30);
    for (Socket each : lazy) {
      each.close();
    }
    await().until(() -> waitingBytes() == 0);

    assertThat(answer("/large")).startsWith("HTTP/1.1 200").hasSizeGreaterThan(LARGE_BYTES);
    await().until(() -> waitingBytes() == 0);
  }

  @Test
  void shouldNotTakeMoreRequestsThanTheirAnswersAreRead() throws IOException {
    int count = 400;
    String request = "GET /small HTTP/1.1\r\nHost: localhost\r\n";
    String all = (request + "\r\n").repeat(count - 1) + request + "Connection: close\r\n\r\n";
    Socket socket = ask(all);
    await().until(() -> asked.get() > 3);
    await().during(Duration.ofMillis(500)).until(() -> asked.get() < 100);

    byte[] answers = socket.getInputStream().readAllBytes();

    assertThat(answers.length).isGreaterThan(count * SMALL_BYTES);
    assertThat(asked).hasValue(count);
  }
}
