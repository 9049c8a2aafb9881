package io.wwep.console.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.wwep.console.http.Gate;
import io.wwep.console.http.Outgoing;
import io.wwep.console.http.Problem;
import io.wwep.console.http.Visitor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A request to an endpoint, whose parameters and body are what the endpoint declares, and its
 * answer. Used by the HTTP event loop alone.
 */
public final class Call {

  private static final int QUERY_MAX = 64;

  private final RoutingContext context;
  private final Endpoint endpoint;
  private final String type;
  private final Map<Parameter<?>, Object> values = new HashMap<>();
  private final JsonObject body;

  /**
   * @throws io.wwep.console.http.ProblemException when the request is not as the endpoint has it
   */
  Call(RoutingContext context, Endpoint endpoint) {
    this.context = context;
    this.endpoint = endpoint;
    type = acceptedType();
    requireKnownQuery();
    endpoint.parameters().forEach(each -> values.put(each, value(each)));
    body = endpoint.body() == null ? null : readBody();
  }

  private String acceptedType() {
    List<String> types = endpoint.types();
    if (types.isEmpty()) {
      return null;
    }
    String accept = context.request().getHeader(HttpHeaders.ACCEPT);
    String best = MediaTypes.best(accept, types);
    if (best == null) {
      throw Problem.notAcceptable(
              "this path gives %s: accept that, or leave the header Accept out"
                  .formatted(String.join(", ", types)))
          .exception();
    }
    return best;
  }

  private void requireKnownQuery() {
    var query = context.queryParams();
    List<String> known =
        endpoint.parameters().stream()
            .filter(each -> each.place() == Parameter.Place.QUERY)
            .map(Parameter::name)
            .toList();
    if (query.size() > QUERY_MAX) {
      throw Problem.badRequest("the query has more than %d parts".formatted(QUERY_MAX)).exception();
    }
    for (String name : query.names()) {
      if (!known.contains(name)) {
        throw Problem.badRequest(
                "this path has no parameter '%s': %s"
                    .formatted(
                        shown(name),
                        known.isEmpty() ? "it takes none" : "it has " + String.join(", ", known)))
            .exception();
      }
      if (query.getAll(name).size() > 1) {
        throw Problem.badRequest("%s is given twice: give it once".formatted(name)).exception();
      }
    }
  }

  private static String shown(String name) {
    return name.length() > 40 ? name.substring(0, 40) + "…" : name;
  }

  private Object value(Parameter<?> parameter) {
    String text =
        switch (parameter.place()) {
          case PATH -> context.pathParam(parameter.name());
          case QUERY -> context.queryParams().get(parameter.name());
          case HEADER -> context.request().getHeader(parameter.name());
        };
    if (text == null) {
      if (parameter.required()) {
        throw Problem.badRequest("%s is missing: %s".formatted(parameter.name(), parameter.about()))
            .exception();
      }
      return parameter.otherwise();
    }
    try {
      return parameter.parser().apply(text);
    } catch (IllegalArgumentException e) {
      throw Problem.badRequest("%s %s".formatted(parameter.name(), e.getMessage())).exception();
    }
  }

  private JsonObject readBody() {
    var request = context.request();
    String given = request.getHeader(HttpHeaders.CONTENT_TYPE);
    if (given == null
        || !MediaTypes.isJson(given)
        || request.getHeader(HttpHeaders.CONTENT_ENCODING) != null) {
      throw Problem.unsupportedMediaType(
              "the body must be JSON and not compressed: send it with Content-Type: application/json")
          .exception();
    }
    JsonObject json;
    try {
      json = context.body().asJsonObject();
    } catch (DecodeException | ClassCastException e) {
      throw Problem.badRequest("the body is no JSON object: check its brackets and quotes")
          .exception();
    }
    if (json == null) {
      throw Problem.badRequest("the body is empty: send a JSON object").exception();
    }
    endpoint.body().check(json, "the body");
    return json;
  }

  /** Returns a parameter's value; null where it is not given and has no other. */
  @SuppressWarnings("unchecked")
  public <T> T get(Parameter<T> parameter) {
    if (!values.containsKey(parameter)) {
      throw new IllegalArgumentException("not declared: " + parameter.name());
    }
    return (T) values.get(parameter);
  }

  /** Returns what came, which fits the endpoint's schema. */
  public JsonObject body() {
    return body;
  }

  /** Returns who sends it. */
  public Visitor visitor() {
    return Gate.visitor(context);
  }

  /** Returns the request's insides, for what is not declared. */
  public RoutingContext context() {
    return context;
  }

  /** Returns the media type that is wanted, one of the endpoint's. */
  public String type() {
    return type;
  }

  /** Answers with status 200. */
  public void reply(JsonObject json) {
    reply(200, json);
  }

  /** Answers. */
  public void reply(int status, JsonObject json) {
    reply(status, Endpoint.JSON, json.toBuffer());
  }

  /** Answers with something else than JSON. */
  public void reply(int status, String mediaType, String text) {
    reply(status, mediaType, Buffer.buffer(text));
  }

  /** Answers with bytes that were made already. */
  public void reply(int status, String mediaType, Buffer body) {
    HttpServerResponse response = context.response();
    if (response.ended() || response.closed()) {
      return;
    }
    response
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
    Outgoing.send(context, body);
  }

  /** Answers without content. */
  public void replyNothing(int status) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.closed()) {
      response.setStatusCode(status).putHeader(HttpHeaders.CACHE_CONTROL, "no-store").end();
    }
  }

  /** Answers with a problem. */
  public void fail(Problem problem) {
    problem.send(context.response());
  }

  /** Answers with whatever went wrong; a fault is told to whoever watches the server. */
  public void fail(Throwable failure) {
    context.fail(failure);
  }
}
