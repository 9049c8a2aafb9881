package io.wwep.console.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.http.Problem;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Writes endpoints down as OpenAPI 3.1 has it. */
public final class OpenApi {

  private static final Schema PROBLEM =
      Schema.object(
          "Problem",
          Schema.member("type", Schema.text("urn:wwep:problem: and a stable word")),
          Schema.member("title", Schema.text("the type in a few words")),
          Schema.member("status", Schema.whole("status of HTTP", 400, 599)),
          Schema.member("detail", Schema.text("cause and cure")),
          Schema.optional("code", Schema.text("as the server's log has it, as in not-written")),
          Schema.optional("retryAfter", Schema.count("seconds")),
          Schema.optional("current", Schema.whole("value of the register", 0, 65_535)),
          Schema.optional("unwritten", Schema.flag("whether nobody has written the register")),
          Schema.optional("register", Schema.text("of which the value is")));

  private final Map<String, JsonObject> schemas = new TreeMap<>();

  private OpenApi() {}

  /** Returns the document. */
  public static JsonObject document(String version, List<Endpoint> endpoints) {
    OpenApi openApi = new OpenApi();
    JsonObject paths = new JsonObject();
    for (Endpoint each : endpoints) {
      if (!paths.containsKey(each.path())) {
        paths.put(each.path(), new JsonObject());
      }
      String method = each.method().name().toLowerCase(Locale.ROOT);
      paths.getJsonObject(each.path()).put(method, openApi.operation(each));
    }
    openApi.collect(PROBLEM);
    return new JsonObject()
        .put("openapi", "3.1.0")
        .put(
            "info",
            new JsonObject()
                .put("title", "wwep")
                .put("version", version)
                .put("description", "Registers of a WWEP server, live, and their history."))
        .put("paths", paths)
        .put("security", security())
        .put("components", openApi.components());
  }

  private static JsonArray security() {
    return JsonArray.of(
        new JsonObject(),
        new JsonObject().put("token", new JsonArray()),
        new JsonObject().put("session", new JsonArray()));
  }

  private JsonObject components() {
    JsonObject all = new JsonObject();
    schemas.forEach(all::put);
    return new JsonObject()
        .put("schemas", all)
        .put(
            "securitySchemes",
            new JsonObject()
                .put("token", new JsonObject().put("type", "http").put("scheme", "bearer"))
                .put(
                    "session",
                    new JsonObject()
                        .put("type", "apiKey")
                        .put("in", "cookie")
                        .put("name", "wwep-session")));
  }

  private JsonObject operation(Endpoint endpoint) {
    JsonArray parameters = new JsonArray();
    endpoint.parameters().forEach(each -> parameters.add(each.json()));
    JsonObject operation =
        new JsonObject()
            .put("summary", endpoint.summary())
            .put("x-role", endpoint.role() == null ? "anybody" : endpoint.role().word())
            .put("parameters", parameters);
    if (endpoint.body() != null) {
      collect(endpoint.body());
      operation.put(
          "requestBody",
          new JsonObject()
              .put("required", true)
              .put("content", content(Endpoint.JSON, endpoint.body())));
    }
    return operation.put("responses", responses(endpoint));
  }

  private JsonObject responses(Endpoint endpoint) {
    JsonObject responses = new JsonObject();
    for (Endpoint.Reply each : endpoint.replies()) {
      String status = String.valueOf(each.status());
      JsonObject response =
          responses.getJsonObject(status, new JsonObject().put("description", each.about()));
      if (each.type() != null) {
        JsonObject content = response.getJsonObject("content", new JsonObject());
        response.put("content", content.mergeIn(content(each.type(), each.schema())));
      }
      if (each.schema() != null) {
        collect(each.schema());
      }
      responses.put(status, response);
    }
    endpoint
        .problems()
        .forEach(status -> responses.put(String.valueOf(status), problem("Refused.")));
    return responses.put("default", problem("Refused, or failed."));
  }

  private static JsonObject problem(String about) {
    return new JsonObject()
        .put("description", about)
        .put("content", content(Problem.TYPE, PROBLEM));
  }

  private static JsonObject content(String type, Schema schema) {
    return new JsonObject()
        .put(
            type,
            schema == null ? new JsonObject() : new JsonObject().put("schema", schema.json()));
  }

  private void collect(Schema schema) {
    if (schema instanceof Schema.Members object) {
      if (object.name() != null) {
        schemas.put(object.name(), object.content());
      }
      object.members().forEach(each -> collect(each.schema()));
    } else if (schema instanceof Schema.Listing list) {
      collect(list.each());
    } else if (schema instanceof Schema.Entries entries) {
      collect(entries.each());
    } else if (schema instanceof Schema.Nullable nullable) {
      collect(nullable.of());
    }
  }
}
