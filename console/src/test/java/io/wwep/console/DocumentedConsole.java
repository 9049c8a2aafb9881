package io.wwep.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.SchemaCheck;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** Sends requests to a console and holds each response against its OpenAPI document. */
public final class DocumentedConsole {

  private final RunningConsole console;
  private final JsonObject document;
  private final Set<String> answered = new TreeSet<>();

  public DocumentedConsole(RunningConsole console) {
    this.console = console;
    document = console.get("/api/v1/openapi.json").json();
  }

  public JsonObject document() {
    return document;
  }

  /** Returns the operations that were answered well, as in {@code GET /api/v1/devices}. */
  public Set<String> answered() {
    return answered;
  }

  public HttpExchange get(String path, String... headers) {
    return checked("GET", path, console.get(path, headers));
  }

  public HttpExchange json(String method, String path, JsonObject body, String... headers) {
    return checked(method, path, console.json(method, path, body, headers));
  }

  public HttpExchange send(String method, String path, String body, String... headers) {
    return checked(method, path, console.send(method, path, body, headers));
  }

  private HttpExchange checked(String method, String path, HttpExchange response) {
    String template = template(path.replaceFirst("\\?.*", ""));
    JsonObject operation =
        document
            .getJsonObject("paths")
            .getJsonObject(template)
            .getJsonObject(method.toLowerCase(Locale.ROOT));
    assertThat(operation).as("%s %s in the document", method, template).isNotNull();
    JsonObject responses = operation.getJsonObject("responses");
    JsonObject documented =
        responses.getJsonObject(
            Integer.toString(response.status()), responses.getJsonObject("default"));
    assertThat(response.status() < 400 ? responses.fieldNames() : Set.of("" + response.status()))
        .as("%s %s", method, template)
        .contains("" + response.status());
    check(documented, response, method + " " + template);
    if (response.status() < 400) {
      answered.add(method + " " + template);
    }
    return response;
  }

  private void check(JsonObject documented, HttpExchange response, String where) {
    JsonObject content = documented.getJsonObject("content");
    if (content == null) {
      assertThat(response.bytes()).as(where).isEmpty();
      return;
    }
    String type = response.header("Content-Type").orElseThrow().split(";", -1)[0];
    assertThat(content.fieldNames()).as(where).contains(type);
    JsonObject schema = content.getJsonObject(type).getJsonObject("schema");
    if (schema != null) {
      new SchemaCheck(document).check(schema, response.json(), where);
    }
  }

  private String template(String path) {
    return document.getJsonObject("paths").fieldNames().stream()
        .filter(each -> path.matches(each.replaceAll("\\{\\w+}", "[^/]+")))
        .min((a, b) -> Boolean.compare(a.contains("{"), b.contains("{")))
        .orElseThrow(() -> new AssertionError(path + " is not in the document"));
  }
}
