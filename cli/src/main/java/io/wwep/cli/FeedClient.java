package io.wwep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Opens the event stream of a server's console. */
final class FeedClient {

  private final String query;
  private final String token;

  /**
   * @param query which events, as the part of a URL behind the question mark
   * @param token null where none is needed
   */
  FeedClient(String query, String token) {
    this.query = query;
    this.token = token;
  }

  /**
   * Connects.
   *
   * @param after number of the last event that is known; null for those from now on
   * @throws IOException when there is no connection, or it is lost
   * @throws Unanswered when the server does not want to tell; another attempt would be the same
   */
  FeedStream open(ConsoleAddress address, String after)
      throws IOException, InterruptedException, Unanswered {
    ConsoleHttp http = new ConsoleHttp(address, token);
    HttpRequest.Builder request = http.request(path()).header("Accept", "text/event-stream");
    if (after != null) {
      request.header("Last-Event-ID", after);
    }
    HttpResponse<InputStream> response = http.send(request.build());
    if (response.statusCode() == 200 && isStream(response)) {
      return new FeedStream(response.body());
    }
    throw http.refused(response);
  }

  private String path() {
    return "/api/v1/transactions" + (query.isEmpty() ? "" : "?" + query);
  }

  private static boolean isStream(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
  }
}
