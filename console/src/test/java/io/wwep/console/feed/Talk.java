package io.wwep.console.feed;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What tests say to the ports of the protocol, and ask the console. */
public final class Talk {

  private static final int REPLY_MILLIS_MAX = 5_000;
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private Talk() {}

  /** Sends a message on a connection of its own, reads until the server closes, and closes. */
  public static String send(int port, String message) throws IOException {
    return send("127.0.0.1", port, message);
  }

  /** Does so from an address of this machine. */
  public static String send(String from, int port, String message) throws IOException {
    try (Socket socket = new Socket()) {
      socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      socket.setSoTimeout(REPLY_MILLIS_MAX);
      socket.getOutputStream().write(message.getBytes(StandardCharsets.ISO_8859_1));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  /** Asks the console. */
  static HttpResponse<String> get(int port, String path) throws Exception {
    return HTTP.send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  /** Asks the console for JSON, which it gives. */
  static JsonObject json(int port, String path) throws Exception {
    HttpResponse<String> response = get(port, path);
    if (response.statusCode() != 200) {
      throw new IllegalStateException(response.statusCode() + ": " + response.body());
    }
    return new JsonObject(response.body());
  }
}
