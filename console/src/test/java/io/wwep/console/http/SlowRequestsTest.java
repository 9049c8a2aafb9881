package io.wwep.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SlowRequestsTest {

  private final Vertx vertx = Vertx.vertx();
  private HttpServer server;

  @BeforeEach
  void serve() {
    SlowRequests slow = new SlowRequests(vertx, TimeUnit.SECONDS.toNanos(1));
    server =
        vertx
            .createHttpServer(HttpOptions.of(null))
            .connectionHandler(slow.connections())
            .requestHandler(
                request -> {
                  slow.arrived(request);
                  if (request.path().equals("/later")) {
                    vertx.setTimer(4_000, late -> request.response().end("late"));
                  } else {
                    request.body().onSuccess(body -> request.response().end("ok"));
                  }
                })
            .listen(0, "127.0.0.1")
            .await();
  }

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private boolean isCutOffWhileDripping(String start) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      OutputStream out = socket.getOutputStream();
      out.write(start.getBytes(StandardCharsets.US_ASCII));
      await()
          .pollInterval(Duration.ofMillis(200))
          .atMost(Duration.ofSeconds(20))
          .ignoreException(IOException.class)
          .until(() -> isClosed(socket, out));
      return true;
    }
  }

  private static boolean isClosed(Socket socket, OutputStream out) throws IOException {
    socket.setSoTimeout(1);
    try {
      out.write('a');
      return socket.getInputStream().read() < 0;
    } catch (java.net.SocketTimeoutException open) {
      return false;
    } catch (java.net.SocketException reset) {
      return true;
    }
  }

  @Test
  void shouldCloseAConnectionWhoseHeadNeverEnds() throws IOException {
    assertThat(isCutOffWhileDripping("GET / HTTP/1.1\r\nHost: localhost\r\nX: ")).isTrue();
  }

  @Test
  void shouldCloseAConnectionWhoseBodyNeverEnds() throws IOException {
    String head = "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 50000\r\n\r\n";

    assertThat(isCutOffWhileDripping(head)).isTrue();
  }

  @Test
  void shouldCloseAConnectionThatSendsNothingMore() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      String request = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(20_000);

      byte[] all = socket.getInputStream().readAllBytes();

      assertThat(new String(all, StandardCharsets.US_ASCII))
          .startsWith("HTTP/1.1 200")
          .endsWith("ok");
    }
  }

  @Test
  void shouldWaitForAResponseThatTakesLong() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.actualPort())) {
      String request = "GET /later HTTP/1.1\r\nHost: localhost\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.setSoTimeout(20_000);

      byte[] all = socket.getInputStream().readAllBytes();

      assertThat(new String(all, StandardCharsets.US_ASCII)).endsWith("late");
    }
  }
}
