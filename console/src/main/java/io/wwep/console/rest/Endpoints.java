package io.wwep.console.rest;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.wwep.console.http.Faults;
import io.wwep.console.http.Gate;
import io.wwep.console.http.Problem;
import io.wwep.console.http.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Mounts endpoints, and refuses what is none of them. */
public final class Endpoints {

  /** More than any request needs. */
  public static final int BODY_BYTES_MAX = 64 * 1024;

  private static final Pattern PART = Pattern.compile("\\{(\\w+)}");

  private Endpoints() {}

  /** Mounts them behind a {@link Gate}. */
  public static void mount(Router router, List<Endpoint> endpoints) {
    Map<String, Map<String, Endpoint>> byPath = new LinkedHashMap<>();
    for (Endpoint each : endpoints) {
      byPath.computeIfAbsent(each.path(), path -> new TreeMap<>()).put(each.method().name(), each);
    }
    byPath.forEach((path, methods) -> mountPath(router, path, methods));
  }

  private static void mountPath(Router router, String path, Map<String, Endpoint> methods) {
    String pattern = PART.matcher(path).replaceAll(":$1");
    String allowed = allowed(methods);
    router.route(pattern).handler(context -> require(context, methods, allowed));
    if (methods.values().stream().anyMatch(each -> each.body() != null)) {
      mountBody(router, pattern);
    }
    router
        .route(pattern)
        .handler(
            context -> {
              Endpoint endpoint = find(context, methods);
              endpoint.action().handle(new Call(context, endpoint));
            });
  }

  private static void mountBody(Router router, String pattern) {
    router
        .route(pattern)
        .handler(
            context -> {
              Faults.bodyBegins(context);
              context.next();
            });
    router.route(pattern).handler(BodyHandler.create(false).setBodyLimit(BODY_BYTES_MAX));
    router
        .route(pattern)
        .handler(
            context -> {
              Faults.bodyEnds(context);
              context.next();
            });
  }

  private static String allowed(Map<String, Endpoint> methods) {
    return methods.keySet().stream()
        .map(each -> each.equals("GET") ? "GET, HEAD" : each)
        .collect(Collectors.joining(", "));
  }

  /** A response to HEAD is made as one to GET; its content is left away where it is sent. */
  private static Endpoint find(RoutingContext context, Map<String, Endpoint> methods) {
    HttpMethod method = context.request().method();
    return methods.get(method.equals(HttpMethod.HEAD) ? "GET" : method.name());
  }

  /** Before a body is read. */
  private static void require(
      RoutingContext context, Map<String, Endpoint> methods, String allowed) {
    Endpoint endpoint = find(context, methods);
    Role role = Gate.visitor(context).role();
    if (endpoint == null) {
      context.response().putHeader(HttpHeaders.ALLOW, allowed);
      throw Problem.methodNotAllowed("this path takes %s".formatted(allowed)).exception();
    }
    if (endpoint.role() != null && role == null) {
      throw needsLogin();
    }
    if (endpoint.role() != null && !role.includes(endpoint.role())) {
      throw Problem.forbidden(
              "%s may not do this: log in with %s's password or token"
                  .formatted(role.somebody(), endpoint.role().somebody()))
          .exception();
    }
    context.next();
  }

  private static io.wwep.console.http.ProblemException needsLogin() {
    return Problem.loginNeeded(
            "log in with POST /api/v1/session, or send a token as in Authorization: Bearer TOKEN")
        .exception();
  }

  /** Refuses whatever no endpoint took; mounted last. */
  public static void refuseRest(Router router) {
    router
        .route()
        .handler(
            context -> {
              if (Gate.visitor(context) != null && Gate.visitor(context).role() == null) {
                throw needsLogin();
              }
              throw Problem.notFound(
                      "there is nothing at this path: /api/v1/openapi.json lists all that there is")
                  .exception();
            });
  }
}
