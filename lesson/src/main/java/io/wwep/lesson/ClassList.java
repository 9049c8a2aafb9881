package io.wwep.lesson;

import io.wwep.console.ConsoleConfig;
import io.wwep.console.WwepConsole;
import io.wwep.testkit.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The list of the class, as a teacher's console has it: what the server says of a device and its
 * exercises, asked over HTTP as a browser does. One thread.
 */
final class ClassList implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final Pattern VERIFIES = Pattern.compile("\"verifies\":(true|false)");

  private final WwepConsole console;
  private final HttpClient http = HttpClient.newHttpClient();
  private final URI device;

  /** Opens the console of a server, on a free port of the loopback address. */
  ClassList(TestServer server, int device) {
    console =
        WwepConsole.start(
            new ConsoleConfig(ConsoleConfig.HOST_DEFAULT, 0),
            new io.wwep.console.api.Watched(server.server(), server.store(), null, "lesson"));
    this.device = URI.create("%sapi/v1/class/devices/%04X".formatted(console.url(), device));
  }

  /** Whether an exercise of the device is done; waits for it, since events take their time. */
  boolean isDone(String exercise) {
    return await("\\{\"exercise\":\"%s\",\"state\":\"(done)\"".formatted(exercise)).isPresent();
  }

  /** Returns what is missing for an exercise, in a sentence; empty when nothing was seen of it. */
  String missing(String exercise) {
    String pattern =
        "\\{\"exercise\":\"%s\",\"state\":\"[a-zA-Z]+\",\"missing\":\"([^\"]*)\""
            .formatted(exercise);
    return find(pattern, get()).orElse("nothing of it was seen");
  }

  /** Has the next TLS connection of the device see a wrong certificate. */
  void probe() {
    post("/probe", "{\"force\":true}");
  }

  /** Returns whether the device looked at it. */
  Optional<Boolean> verifies() {
    return await(VERIFIES.pattern()).map(Boolean::valueOf);
  }

  /** Tells what a check of the device's server has found. */
  void checked(String exercise, boolean passed, String sentence) {
    String line = sentence.replaceAll("[\"\\\\\\p{Cntrl}]", "'");
    post(
        "/results",
        "{\"exercise\":\"%s\",\"passed\":%s,\"sentence\":\"%s\"}"
            .formatted(exercise, passed, line.substring(0, Math.min(line.length(), 400))));
  }

  private Optional<String> await(String pattern) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Optional<String> found = find(pattern, get());
    while (found.isEmpty() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_AGAIN_NANOS);
      found = find(pattern, get());
    }
    return found;
  }

  private static Optional<String> find(String pattern, String text) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private String get() {
    return send(HttpRequest.newBuilder(device).timeout(PATIENCE).build());
  }

  private void post(String path, String body) {
    send(
        HttpRequest.newBuilder(URI.create(device + path))
            .timeout(PATIENCE)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /**
   * Returns the answer; empty where there is none, and then the list does not say what it should.
   */
  private String send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return response.statusCode() < 300 ? response.body() : "";
    } catch (IOException e) {
      return "";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }

  @Override
  public void close() {
    console.close();
  }
}
