package io.wwep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** The class of a running server, over its console. Owned by one thread. */
final class ClassClient {

  private static final String ROOT = "/api/v1/class";

  /** More than 4,096 devices take, with a long sentence each. */
  private static final int ANSWER_BYTES_MAX = 64 << 20;

  private final Watch.Place place;
  private final String token;

  private ClassClient(Watch.Place place, String token) {
    this.place = place;
    this.token = token;
  }

  /**
   * Returns one for a server.
   *
   * @throws CliException when its options contradict each other
   */
  static ClassClient of(ConsolePlace target) {
    return new ClassClient(target.place(), target.token());
  }

  /** Returns the whole class, as the API has it. */
  Map<String, Object> all() throws Unanswered, InterruptedException {
    return send("GET", ROOT, null);
  }

  /** Returns the devices of a class. */
  static List<ClassDevice> devices(Map<String, Object> all) {
    return ((List<?>) all.get("devices")).stream().map(ClassDevice::of).toList();
  }

  /** Returns one device. */
  ClassDevice device(int device) throws Unanswered, InterruptedException {
    return ClassDevice.of(send("GET", path(device, ""), null));
  }

  /** Names a device; null takes its name away. */
  void name(int device, String name) throws Unanswered, InterruptedException {
    if (name == null) {
      send("DELETE", path(device, "/name"), null);
    } else {
      send("PUT", path(device, "/name"), new Json().put("name", name));
    }
  }

  /** Has a device start over. */
  void startOver(int device) throws Unanswered, InterruptedException {
    send("POST", path(device, "/reset"), null);
  }

  /** Has the whole class start over. */
  void startOver() throws Unanswered, InterruptedException {
    send("POST", ROOT + "/reset", null);
  }

  /**
   * Records what a check of a participant's server has found.
   *
   * @param exercise 04, 05 or 07
   * @param sentence which server it was and what was found; cut at 400 characters
   */
  void record(int device, String exercise, boolean passed, String sentence)
      throws Unanswered, InterruptedException {
    String line = sentence.replaceAll("[\\r\\n]+", " ");
    send(
        "POST",
        path(device, "/results"),
        new Json()
            .put("exercise", exercise)
            .put("passed", passed)
            .put("sentence", line.length() > 400 ? line.substring(0, 399) + "…" : line));
  }

  /**
   * Has a device probed.
   *
   * @param address from where it will come; null for where it came from last
   */
  ClassDevice probe(int device, String address, boolean force)
      throws Unanswered, InterruptedException {
    Json order = new Json().putIfPresent("address", address).put("force", force);
    return ClassDevice.of(send("POST", path(device, "/probe"), order));
  }

  /** Calls a probe off. */
  void callOff(int device) throws Unanswered, InterruptedException {
    send("DELETE", path(device, "/probe"), null);
  }

  private static String path(int device, String rest) {
    return "%s/devices/%04X%s".formatted(ROOT, device, rest);
  }

  private Map<String, Object> send(String method, String path, Json body)
      throws Unanswered, InterruptedException {
    ConsoleHttp http = new ConsoleHttp(place.find(), token);
    HttpRequest.Builder request =
        http.request(path)
            .header("Accept", "application/json")
            .method(
                method,
                body == null
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString(body.toString(), StandardCharsets.UTF_8));
    if (body != null) {
      request.header("Content-Type", "application/json");
    }
    try {
      HttpResponse<InputStream> response = http.send(request.build());
      if (response.statusCode() >= 300) {
        throw http.refused(response);
      }
      return response.statusCode() == 204 ? Map.of() : read(response);
    } catch (IOException e) {
      throw http.unreachable(e);
    } catch (IllegalArgumentException e) {
      throw new Unanswered(
          "no-console",
          "what answers there is no console of this version of wwep (%s): update the older of the two"
              .formatted(e.getMessage()),
          ExitCode.NO_ANSWER);
    }
  }

  private static Map<String, Object> read(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      return JsonReader.object(
          new String(body.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8));
    }
  }
}
