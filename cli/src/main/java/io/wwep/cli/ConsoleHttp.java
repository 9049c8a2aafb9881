package io.wwep.cli;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/** Requests to the console of a server, and in words why they were refused. Owned by one thread. */
final class ConsoleHttp {

  private static final Duration CONNECT_TIME_MAX = Duration.ofSeconds(5);
  private static final Duration ANSWER_TIME_MAX = Duration.ofSeconds(10);
  private static final int PROBLEM_BYTES_MAX = 16 * 1024;

  private final ConsoleAddress address;
  private final String token;

  /**
   * @param token null where none is needed
   */
  ConsoleHttp(ConsoleAddress address, String token) {
    this.address = address;
    this.token = token;
  }

  /** Begins a request for a path, which may have a query. */
  HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.url().resolve(path)).timeout(ANSWER_TIME_MAX);
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  /**
   * Sends a request.
   *
   * @throws IOException when there is no connection, or it is lost
   * @throws Unanswered when the server is not trusted
   */
  HttpResponse<InputStream> send(HttpRequest request)
      throws IOException, InterruptedException, Unanswered {
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIME_MAX);
    if ("https".equalsIgnoreCase(address.url().getScheme())) {
      client.sslContext(address.tls());
    }
    try {
      return client.build().send(request, BodyHandlers.ofInputStream());
    } catch (SSLException e) {
      CertificateException distrust = distrust(e);
      if (distrust == null) {
        throw e;
      }
      throw distrusted(distrust);
    }
  }

  /** Returns why the server cannot be reached. */
  Unanswered unreachable(IOException e) {
    return new Unanswered(
        "unreachable",
        "the console at %s cannot be reached (%s): look whether the server runs, and give the address that it prints with --url"
            .formatted(address, words(e)),
        ExitCode.NO_ANSWER);
  }

  /** Returns in words why a connection was not made, or was lost. */
  static String words(IOException e) {
    String message = e.getMessage();
    return message == null || message.isBlank() ? "nothing listens there" : message;
  }

  /** Returns why it did not do what it was asked for. */
  Unanswered refused(HttpResponse<InputStream> response) throws IOException {
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
            isOurs(response.statusCode()) ? ExitCode.USAGE : ExitCode.NO_ANSWER);
  }

  /** Whether another try would end in the same way, as what was asked for is wrong or forbidden. */
  private static boolean isOurs(int status) {
    return status == 400 || status == 403 || status == 409;
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

  private Unanswered distrusted(CertificateException failure) {
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
