package io.wwep.console;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One HTTP request and its response over a socket of its own, byte by byte as the test wants them:
 * clients of libraries do not let a test lie about its host.
 */
public final class HttpExchange {

  private static final int TIMEOUT_MILLIS = 20_000;

  private final int status;
  private final List<String> headers;
  private final byte[] body;

  private HttpExchange(int status, List<String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  /** Sends bytes and reads until the server closes. */
  public static HttpExchange over(Socket socket, String request) throws IOException {
    try (socket) {
      socket.setSoTimeout(TIMEOUT_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      return read(socket.getInputStream());
    }
  }

  private static HttpExchange read(InputStream stream) throws IOException {
    byte[] all = readAll(stream);
    String text = new String(all, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      throw new IOException("no response, but '%s'".formatted(text));
    }
    List<String> lines = List.of(text.substring(0, end).split("\r\n", -1));
    byte[] body = text.substring(end + 4).getBytes(StandardCharsets.ISO_8859_1);
    return new HttpExchange(
        Integer.parseInt(lines.get(0).split(" ", -1)[1]), lines.subList(1, lines.size()), body);
  }

  private static byte[] readAll(InputStream stream) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    try {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        all.write(buffer, 0, n);
      }
    } catch (IOException reset) {
      // What came before it counts.
    }
    return all.toByteArray();
  }

  public int status() {
    return status;
  }

  /** Returns the values of a header. */
  public List<String> headers(String name) {
    List<String> values = new ArrayList<>();
    for (String each : headers) {
      int colon = each.indexOf(':');
      if (each.substring(0, colon).equalsIgnoreCase(name)) {
        values.add(each.substring(colon + 1).strip());
      }
    }
    return values;
  }

  public Optional<String> header(String name) {
    return headers(name).stream().findFirst();
  }

  public byte[] bytes() {
    return body;
  }

  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }

  public JsonObject json() {
    return new JsonObject(text());
  }

  public JsonArray list(String name) {
    return json().getJsonArray(name);
  }

  /** Returns the sentence of a problem. */
  public String detail() {
    return json().getString("detail");
  }

  @Override
  public String toString() {
    return "%d %s%n%s".formatted(status, headers, text());
  }
}
