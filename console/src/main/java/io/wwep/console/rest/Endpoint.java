package io.wwep.console.rest;

import io.vertx.core.http.HttpMethod;
import io.wwep.console.http.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * One method of one path: how it is called, what it gives and what it does. Immutable.
 *
 * @param method of HTTP
 * @param path as OpenAPI writes it, as in {@code /api/v1/devices/{device}}
 * @param summary what it does, in one sentence
 * @param role what one needs to be; null for anybody
 * @param parameters all that it takes
 * @param body what it takes as JSON; null for none
 * @param replies what it gives when all is well
 * @param problems statuses of its problems, besides those of all endpoints
 * @param action what it does, on the HTTP event loop
 */
public record Endpoint(
    HttpMethod method,
    String path,
    String summary,
    Role role,
    List<Parameter<?>> parameters,
    Schema body,
    List<Reply> replies,
    List<Integer> problems,
    Action action) {

  /** Media type of JSON. */
  public static final String JSON = "application/json";

  /** Handles a call; must not block, and may throw a problem. */
  @FunctionalInterface
  public interface Action {

    /** Answers now or later, exactly once. */
    void handle(Call call);
  }

  /**
   * What comes back.
   *
   * @param type media type; null where there is no content
   * @param schema of JSON; null for other types
   */
  public record Reply(int status, String about, String type, Schema schema) {}

  public Endpoint {
    parameters = List.copyOf(parameters);
    replies = List.copyOf(replies);
    problems = List.copyOf(problems);
  }

  /** Begins one that reads. */
  public static Builder get(String path, String summary) {
    return new Builder(HttpMethod.GET, path, summary, Role.VIEWER);
  }

  /** Begins one that changes something, for editors where nothing else is said. */
  public static Builder change(HttpMethod method, String path, String summary) {
    return new Builder(method, path, summary, Role.EDITOR);
  }

  /** An endpoint in the making. */
  public static final class Builder {
    private final HttpMethod method;
    private final String path;
    private final String summary;
    private Role role;
    private final List<Parameter<?>> parameters = new ArrayList<>();
    private Schema body;
    private final List<Reply> replies = new ArrayList<>();
    private final List<Integer> problems = new ArrayList<>();

    private Builder(HttpMethod method, String path, String summary, Role role) {
      this.method = method;
      this.path = path;
      this.summary = summary;
      this.role = role;
    }

    /** Lets anybody call it, logged in or not. */
    public Builder forAnybody() {
      role = null;
      return this;
    }

    /** Lets senders call it too. */
    public Builder forSenders() {
      role = Role.SENDER;
      return this;
    }

    /** Takes these parameters. */
    public Builder takes(Parameter<?>... taken) {
      parameters.addAll(List.of(taken));
      return this;
    }

    /** Takes JSON. */
    public Builder takesBody(Schema schema) {
      body = schema;
      return this;
    }

    /** Gives JSON with status 200. */
    public Builder gives(Schema schema) {
      return gives(200, "Done.", schema);
    }

    /** Gives JSON. */
    public Builder gives(int status, String about, Schema schema) {
      replies.add(new Reply(status, about, JSON, schema));
      return this;
    }

    /** Gives something else with status 200. */
    public Builder givesToo(String type, String about) {
      replies.add(new Reply(200, about, type, null));
      return this;
    }

    /** Gives no content. */
    public Builder givesNothing(int status, String about) {
      replies.add(new Reply(status, about, null, null));
      return this;
    }

    /** May give problems with these statuses. */
    public Builder problems(Integer... statuses) {
      problems.addAll(List.of(statuses));
      return this;
    }

    /** Ends it. */
    public Endpoint does(Action action) {
      return new Endpoint(method, path, summary, role, parameters, body, replies, problems, action);
    }
  }

  /** Returns the media types that it gives with status 200, in the order of preference. */
  List<String> types() {
    return replies.stream().map(Reply::type).filter(each -> each != null).distinct().toList();
  }
}
