package io.wwep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Opens the event stream of a server's console. */
final class FeedClient {

  private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);
  private static final int PROBLEM_BYTES_MAX = 16 * 1024;

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
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIME_MAX);
    if ("https".equalsIgnoreCase(address.url().getScheme())) {
      client.sslContext(address.tls());
    }
    try {
      HttpResponse<InputStream> response =
          client.build().send(request(address, after), BodyHandlers.ofInputStream());
      if (response.statusCode() == 200 && isStream(response)) {
        return new FeedStream(response.body());
      }
      throw refused(address, response);
    } catch (SSLException e) {
      CertificateException distrust = distrust(e);
      if (distrust == null) {
        throw e;
      }
      throw distrusted(address, distrust);
    }
  }

  private HttpRequest request(ConsoleAddress address, String after) {
    URI uri = address.url().resolve("/api/v1/transactions" + (query.isEmpty() ? "" : "?" + query));
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri).timeout(ANSWER_TIME_MAX).header("Accept", "text/event-stream");
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    if (after != null) {
      request.header("Last-Event-ID", after);
    }
    return request.build();
  }

  private static boolean isStream(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
  }

  private Unanswered refused(ConsoleAddress address, HttpResponse<InputStream> response)
      throws IOException {
    if (response.statusCode() == 401) {
      return new Unanswered(
          "denied",
          token == null
              ? "the console at %s asks who you are: give a file that has a token of its with --token-file"
                  .formatted(address)
              : "the console at %s does not know this token: ask who runs the server for one"
                  .formatted(address),
          ExitCode.USAGE);
    }
    String detail = detail(response);
    return detail == null
        ? new Unanswered(
            "no-console",
            "what answers at %s is no console of wwep (status %d): give the address that the server prints"
                .formatted(address, response.statusCode()),
            ExitCode.NO_ANSWER)
        : new Unanswered(
            "refused",
            "the console at %s refuses: %s".formatted(address, detail),
            response.statusCode() == 400 ? ExitCode.USAGE : ExitCode.NO_ANSWER);
  }

  /** Returns the sentence of a problem (RFC 9457), or null where it is none. */
  private static String detail(HttpResponse<InputStream> response) throws IOException {
    try (InputStream body = response.body()) {
      String text = new String(body.readNBytes(PROBLEM_BYTES_MAX), StandardCharsets.UTF_8);
      return JsonReader.object(text).get("detail") instanceof String detail ? detail : null;
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static Unanswered distrusted(ConsoleAddress address, CertificateException failure) {
    return new Unanswered(
        "not-trusted",
        "the console at %s is not trusted (%s): give its certificate with --ca, or the fingerprint that the server prints with --pin"
            .formatted(address, failure.getMessage()),
        ExitCode.NOT_TRUSTED);
  }

  /**
   * Returns what the one who judges certificates says, in plain words; null where it was not asked,
   * and so the connection was lost, or TLS is not spoken there.
   */
  private static CertificateException distrust(SSLException failure) {
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof CertificateException distrust) {
        return distrust;
      }
      cause = cause.getCause();
    }
    return null;
  }
}
