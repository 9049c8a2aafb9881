package io.wwep.console.feed;

import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** A reader of the console's Server-Sent Events, as a browser is one, on a thread of its own. */
final class Subscriber implements AutoCloseable {

  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final Socket socket;
  private final BufferedReader input;
  private final Thread thread;
  private final List<Message> messages = new CopyOnWriteArrayList<>();
  private final List<String> comments = new CopyOnWriteArrayList<>();

  /**
   * One message.
   *
   * @param event its name
   * @param id empty where it has none
   * @param data as it came
   */
  record Message(String event, String id, String data) {}

  private Subscriber(int port, String query, String... headers) throws IOException {
    socket = ask(port, query, headers);
    input =
        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    thread = new Thread(this::read, "subscriber");
    thread.setDaemon(true);
    thread.start();
  }

  /** Asks for events, and reads none. */
  static Socket ask(int port, String query, String... headers) throws IOException {
    StringBuilder head = new StringBuilder();
    head.append("GET /api/v1/transactions").append(query).append(" HTTP/1.1\r\n");
    head.append("Host: 127.0.0.1:").append(port).append("\r\nAccept: text/event-stream\r\n");
    for (String header : headers) {
      head.append(header).append("\r\n");
    }
    Socket asking = new Socket(InetAddress.getLoopbackAddress(), port);
    asking
        .getOutputStream()
        .write(head.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII));
    return asking;
  }

  /** Asks for events, and returns the head of the answer and a little more. */
  static String firstWords(int port) throws IOException {
    try (Socket asking = ask(port, "")) {
      byte[] answer = new byte[2_048];
      int length = asking.getInputStream().read(answer);
      return new String(answer, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }
  }

  /** Subscribes, and waits until events come from now on. */
  static Subscriber to(int port, String query, String... headers) throws IOException {
    Subscriber subscriber = new Subscriber(port, query, headers);
    subscriber.awaitMessage(message -> message.event.equals("hello"));
    return subscriber;
  }

  private void read() {
    try {
      String event = "message";
      String id = "";
      String data = "";
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        if (line.startsWith("event: ")) {
          event = line.substring(7);
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = line.substring(6);
        } else if (line.startsWith(": ")) {
          comments.add(line);
        } else if (line.isEmpty() && !data.isEmpty()) {
          messages.add(new Message(event, id, data));
          event = "message";
          data = "";
        }
      }
    } catch (IOException | UncheckedIOException ended) {
      // The connection is gone.
    }
  }

  /** Whether no more will come; where {@code Connection: close} was asked for. */
  boolean hasEnded() {
    return !thread.isAlive();
  }

  /** Returns the messages so far. */
  List<Message> messages() {
    return List.copyOf(messages);
  }

  /** Returns the comments so far. */
  List<String> comments() {
    return List.copyOf(comments);
  }

  /** Returns the events so far. */
  List<JsonObject> events() {
    return messages.stream()
        .filter(message -> message.event.equals("events"))
        .flatMap(message -> new JsonArray(message.data).stream())
        .map(JsonObject.class::cast)
        .toList();
  }

  /** Returns how many events were told to be left out. */
  long dropped() {
    return messages.stream()
        .filter(message -> message.event.equals("dropped"))
        .mapToLong(message -> new JsonObject(message.data).getLong("count"))
        .sum();
  }

  /** Waits for a message. */
  Message awaitMessage(Predicate<Message> wanted) {
    return await()
        .atMost(TIMEOUT)
        .until(
            () -> messages.stream().filter(wanted).findFirst().orElse(null),
            found -> found != null);
  }

  /** Waits for an event. */
  JsonObject awaitEvent(Predicate<JsonObject> wanted) {
    return await()
        .atMost(TIMEOUT)
        .until(
            () -> events().stream().filter(wanted).findFirst().orElse(null),
            found -> found != null);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
