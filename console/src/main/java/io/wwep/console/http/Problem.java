package io.wwep.console.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.wwep.protocol.RejectCode;
import java.util.HashMap;
import java.util.Map;

/**
 * Why a request was refused, as RFC 9457 has it. Immutable.
 *
 * @param status of HTTP, 400 to 599
 * @param word stable, names the problem's type: {@code urn:wwep:problem:WORD}
 * @param title the type in a few words
 * @param detail cause and cure of this one, as a sentence
 * @param members what else programs may want to know, by name
 */
public record Problem(
    int status, String word, String title, String detail, Map<String, Object> members) {

  /** Media type of problems. */
  public static final String TYPE = "application/problem+json";

  private static final String URN = "urn:wwep:problem:";
  private static final int RETRY_SECONDS = 1;
  private static final String RETRY = "retryAfter";

  public Problem {
    members = Map.copyOf(members);
  }

  private Problem(int status, String word, String title, String detail) {
    this(status, word, title, detail, Map.of());
  }

  /** Something in the request is wrong; the sentence names it. */
  public static Problem badRequest(String detail) {
    return new Problem(400, "bad-request", "The request is wrong", detail);
  }

  /** Nobody has proved who he is. */
  public static Problem loginNeeded(String detail) {
    return new Problem(401, "login-needed", "Who are you?", detail);
  }

  /** One may not do this. */
  public static Problem forbidden(String detail) {
    return new Problem(403, "forbidden", "Not allowed", detail);
  }

  /** The access policy does not let this be done. */
  public static Problem denied(String detail) {
    return of(403, RejectCode.DENIED, "The access policy forbids it", detail);
  }

  /** There is nothing at this path. */
  public static Problem notFound(String detail) {
    return new Problem(404, "not-found", "Nothing there", detail);
  }

  /** There is no history. */
  public static Problem noHistory(String detail) {
    return new Problem(404, "no-history", "No history", detail);
  }

  /** Nobody has written the register. */
  public static Problem notWritten(String detail) {
    return of(404, RejectCode.NOT_WRITTEN, "Never written", detail);
  }

  /** The path knows other methods. */
  public static Problem methodNotAllowed(String detail) {
    return new Problem(405, "method-not-allowed", "Another method", detail);
  }

  /** None of the accepted media types can be given. */
  public static Problem notAcceptable(String detail) {
    return new Problem(406, "not-acceptable", "Another media type", detail);
  }

  /** It cannot be done as things are; the sentence says what has to change. */
  public static Problem notNow(String detail) {
    return new Problem(409, "not-now", "Not as things are", detail);
  }

  /**
   * The register is not what the request expects.
   *
   * @param current its value, or null where it is unwritten
   */
  public static Problem preconditionFailed(String detail, Integer current) {
    Problem bare = new Problem(412, "conflict", "Changed meanwhile", detail);
    return current == null ? bare.with("unwritten", true) : bare.with("current", current);
  }

  /** The body is longer than is taken. */
  public static Problem tooLarge(String detail) {
    return new Problem(413, "too-large", "Too large", detail);
  }

  /** The request line or the headers are longer than is taken. */
  public static Problem headTooLarge(String detail) {
    return new Problem(431, "head-too-large", "Too large", detail);
  }

  /** The body is of another media type. */
  public static Problem unsupportedMediaType(String detail) {
    return new Problem(415, "unsupported-media-type", "Another media type", detail);
  }

  /** The request is for another host. */
  public static Problem misdirected(String detail) {
    return new Problem(421, "wrong-host", "Another host", detail);
  }

  /**
   * There are too many at the moment.
   *
   * @param seconds after which it may be tried again
   */
  public static Problem limited(String detail, int seconds) {
    return of(429, RejectCode.LIMITED, "Too many", detail).with(RETRY, seconds);
  }

  /** Something is busy at the moment. */
  public static Problem busy(String detail) {
    return of(503, RejectCode.LIMITED, "Busy", detail).with(RETRY, RETRY_SECONDS);
  }

  /** The data cannot be read or written. */
  public static Problem storage(String detail) {
    return of(503, RejectCode.STORAGE, "Storage fails", detail);
  }

  /** A fault of the program. */
  public static Problem fault(String detail) {
    return new Problem(500, "fault", "A fault in wwep", detail);
  }

  private static Problem of(int status, RejectCode code, String title, String detail) {
    return new Problem(status, code.word(), title, detail, Map.of("code", code.word()));
  }

  /** Returns the same with one more member. */
  public Problem with(String name, Object value) {
    Map<String, Object> more = new HashMap<>(members);
    more.put(name, value);
    return new Problem(status, word, title, detail, more);
  }

  /** Returns it as something to throw. */
  public ProblemException exception() {
    return new ProblemException(this);
  }

  /** Returns it as JSON. */
  public JsonObject json() {
    JsonObject json =
        new JsonObject()
            .put("type", URN + word)
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    members.forEach(json::put);
    return json;
  }

  /** Sends it, unless a response has begun: then the connection is cut, so that nobody waits. */
  public void send(HttpServerResponse response) {
    if (response.ended() || response.closed()) {
      return;
    }
    if (response.headWritten()) {
      response.reset();
      return;
    }
    // They were for other content.
    response.headers().remove(HttpHeaders.CONTENT_ENCODING).remove("Content-Disposition");
    if (members.get(RETRY) instanceof Integer seconds) {
      response.putHeader(HttpHeaders.RETRY_AFTER, seconds.toString());
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(json().toBuffer());
  }
}
