package io.wwep.console.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * Holds JSON against the JSON Schema of a document; what the document does not name is a mistake
 * too. Knows the words of JSON Schema that the document uses.
 */
public final class SchemaCheck {

  private final JsonObject document;

  public SchemaCheck(JsonObject document) {
    this.document = document;
  }

  /** Fails when a value is not as its schema has it. */
  public void check(JsonObject schema, Object value, String where) {
    String reference = schema.getString("$ref");
    if (reference != null) {
      String name = reference.replace("#/components/schemas/", "");
      JsonObject found =
          document.getJsonObject("components").getJsonObject("schemas").getJsonObject(name);
      assertThat(found).as("schema %s", reference).isNotNull();
      check(found, value, where);
    } else if (schema.containsKey("anyOf")) {
      JsonArray both = schema.getJsonArray("anyOf");
      assertThat(both.getJsonObject(1).getString("type")).isEqualTo("null");
      if (value != null) {
        check(both.getJsonObject(0), value, where);
      }
    } else if (schema.containsKey("type")) {
      checkType(schema, value, where);
    }
  }

  private void checkType(JsonObject schema, Object value, String where) {
    switch (schema.getString("type")) {
      case "string" -> checkText(schema, value, where);
      case "integer" -> {
        assertThat(value).as(where).isInstanceOfAny(Integer.class, Long.class);
        assertThat(((Number) value).longValue())
            .as(where)
            .isBetween(schema.getLong("minimum"), schema.getLong("maximum"));
      }
      case "number" -> assertThat(value).as(where).isInstanceOf(Number.class);
      case "boolean" -> assertThat(value).as(where).isInstanceOf(Boolean.class);
      case "array" -> checkList(schema, value, where);
      default -> checkObject(schema, value, where);
    }
  }

  private static void checkText(JsonObject schema, Object value, String where) {
    assertThat(value).as(where).isInstanceOf(String.class);
    if (schema.containsKey("pattern")) {
      assertThat((String) value).as(where).matches(schema.getString("pattern"));
    }
    if (schema.containsKey("enum")) {
      assertThat(schema.getJsonArray("enum").contains(value)).as(where).isTrue();
    }
  }

  private void checkList(JsonObject schema, Object value, String where) {
    assertThat(value).as(where).isInstanceOf(JsonArray.class);
    JsonArray list = (JsonArray) value;
    assertThat(list.size()).as(where).isLessThanOrEqualTo(schema.getInteger("maxItems"));
    for (int i = 0; i < list.size(); i++) {
      check(schema.getJsonObject("items"), list.getValue(i), where + "[" + i + "]");
    }
  }

  private void checkObject(JsonObject schema, Object value, String where) {
    assertThat(value).as(where).isInstanceOf(JsonObject.class);
    JsonObject object = (JsonObject) value;
    JsonObject properties = schema.getJsonObject("properties", new JsonObject());
    JsonObject others = schema.getJsonObject("additionalProperties");
    for (String name : object.fieldNames()) {
      JsonObject member = properties.getJsonObject(name, others);
      assertThat(member)
          .as("%s has %s, of which the document knows nothing", where, name)
          .isNotNull();
      check(member, object.getValue(name), where + "." + name);
    }
    JsonArray required = schema.getJsonArray("required", new JsonArray());
    assertThat(object.fieldNames())
        .as(where)
        .containsAll(required.stream().map(String.class::cast).toList());
  }
}
