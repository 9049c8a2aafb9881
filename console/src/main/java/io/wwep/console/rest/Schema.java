package io.wwep.console.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wwep.console.http.Problem;
import io.wwep.console.http.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The shape of a JSON value: checks what comes, and describes itself as JSON Schema. Immutable. */
public sealed interface Schema {

  /** Returns the description, as OpenAPI 3.1 has it. */
  JsonObject json();

  /**
   * Checks a value.
   *
   * @param value as Vert.x decodes it; null for JSON's null
   * @param where it stands, for people, as in {@code registers.0B}
   * @throws ProblemException naming the place, when it does not fit
   */
  void check(Object value, String where);

  private static ProblemException wrong(String where, String wanted) {
    return Problem.badRequest("%s %s".formatted(where, wanted)).exception();
  }

  /**
   * A text.
   *
   * @param about what it is; may be null
   * @param pattern that it matches as a whole; may be null
   * @param words the only ones that there are; empty for any
   */
  record Text(String about, String pattern, List<String> words) implements Schema {

    static final int LENGTH_MAX = 4_096;

    @Override
    public JsonObject json() {
      JsonObject json = new JsonObject().put("type", "string");
      if (about != null) {
        json.put("description", about);
      }
      if (pattern != null) {
        json.put("pattern", "^(?:" + pattern + ")$");
      }
      return words.isEmpty() ? json : json.put("enum", new JsonArray(words));
    }

    @Override
    public void check(Object value, String where) {
      if (!(value instanceof String text) || text.length() > LENGTH_MAX) {
        throw wrong(where, "must be a text of at most %d characters".formatted(LENGTH_MAX));
      }
      if (!words.isEmpty() && !words.contains(text)) {
        throw wrong(where, "must be one of " + String.join(", ", words));
      }
      if (pattern != null && !Pattern.matches(pattern, text)) {
        throw wrong(where, "must be " + (about == null ? "like " + pattern : about));
      }
    }
  }

  /** A whole number. */
  record Whole(String about, long min, long max) implements Schema {

    @Override
    public JsonObject json() {
      JsonObject json =
          new JsonObject().put("type", "integer").put("minimum", min).put("maximum", max);
      return about == null ? json : json.put("description", about);
    }

    @Override
    public void check(Object value, String where) {
      boolean whole = value instanceof Integer || value instanceof Long;
      if (!whole || ((Number) value).longValue() < min || ((Number) value).longValue() > max) {
        throw wrong(where, "must be a whole number, %d to %d".formatted(min, max));
      }
    }
  }

  /** Any number. */
  record Decimal(String about) implements Schema {

    @Override
    public JsonObject json() {
      return new JsonObject().put("type", "number").put("description", about);
    }

    @Override
    public void check(Object value, String where) {
      if (!(value instanceof Number)) {
        throw wrong(where, "must be a number");
      }
    }
  }

  /** True or false. */
  record Flag(String about) implements Schema {

    @Override
    public JsonObject json() {
      return new JsonObject().put("type", "boolean").put("description", about);
    }

    @Override
    public void check(Object value, String where) {
      if (!(value instanceof Boolean)) {
        throw wrong(where, "must be true or false");
      }
    }
  }

  /** A list of values of one shape. */
  record Listing(Schema each, int max) implements Schema {

    @Override
    public JsonObject json() {
      return new JsonObject().put("type", "array").put("maxItems", max).put("items", each.json());
    }

    @Override
    public void check(Object value, String where) {
      if (!(value instanceof JsonArray list) || list.size() > max) {
        throw wrong(where, "must be a list of at most %d".formatted(max));
      }
      for (int i = 0; i < list.size(); i++) {
        each.check(list.getValue(i), "%s[%d]".formatted(where, i));
      }
    }
  }

  /** An object whose names are keys, as registers are, with values of one shape. */
  record Entries(Text key, Schema each, int max) implements Schema {

    @Override
    public JsonObject json() {
      return new JsonObject()
          .put("type", "object")
          .put("maxProperties", max)
          .put("propertyNames", key.json())
          .put("additionalProperties", each.json());
    }

    @Override
    public void check(Object value, String where) {
      if (!(value instanceof JsonObject object) || object.size() > max) {
        throw wrong(where, "must be an object of at most %d members".formatted(max));
      }
      for (String name : object.fieldNames()) {
        key.check(name, "a name in " + where);
        each.check(object.getValue(name), where + "." + name);
      }
    }
  }

  /** A member of an object. */
  record Member(String name, Schema schema, boolean required) {}

  /**
   * An object with certain members.
   *
   * @param name under which the document has it; null for no name of its own
   */
  record Members(String name, List<Member> members) implements Schema {

    @Override
    public JsonObject json() {
      return name == null
          ? content()
          : new JsonObject().put("$ref", "#/components/schemas/" + name);
    }

    /** Returns the description itself, where {@link #json} may refer to it. */
    JsonObject content() {
      JsonObject properties = new JsonObject();
      JsonArray required = new JsonArray();
      for (Member each : members) {
        properties.put(each.name, each.schema.json());
        if (each.required) {
          required.add(each.name);
        }
      }
      return new JsonObject()
          .put("type", "object")
          .put("properties", properties)
          .put("required", required);
    }

    @Override
    public void check(Object value, String where) {
      if (!(value instanceof JsonObject object)) {
        throw wrong(where, "must be an object");
      }
      for (String given : object.fieldNames()) {
        Optional<Member> known = members.stream().filter(m -> m.name.equals(given)).findFirst();
        known.ifPresentOrElse(
            member -> member.schema.check(object.getValue(given), given),
            () -> {
              throw wrong(where, "has no member '%s': it has %s".formatted(given, names()));
            });
      }
      for (Member each : members) {
        if (each.required && !object.containsKey(each.name)) {
          throw wrong(where, "lacks the member " + each.name);
        }
      }
    }

    private String names() {
      return String.join(", ", members.stream().map(Member::name).toList());
    }
  }

  /** A value that may be null. */
  record Nullable(Schema of) implements Schema {

    @Override
    public JsonObject json() {
      return new JsonObject()
          .put("anyOf", JsonArray.of(of.json(), new JsonObject().put("type", "null")));
    }

    @Override
    public void check(Object value, String where) {
      if (value != null) {
        of.check(value, where);
      }
    }
  }

  /** Anything, as another document describes it. */
  record Any(String about) implements Schema {

    @Override
    public JsonObject json() {
      return new JsonObject().put("description", about);
    }

    @Override
    public void check(Object value, String where) {}
  }

  /** Returns a text of any kind. */
  static Text text(String about) {
    return new Text(about, null, List.of());
  }

  /** Returns a text that matches a pattern as a whole. */
  static Text text(String about, String pattern) {
    return new Text(about, pattern, List.of());
  }

  /** Returns one of these words. */
  static Text words(String... words) {
    return new Text(null, null, List.of(words));
  }

  /** Returns a moment. */
  static Text time(String about) {
    return text(
        about, "\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(?:\\.\\d{1,9})?(?:Z|[+-]\\d{2}:\\d{2})");
  }

  /** Returns a whole number. */
  static Whole whole(String about, long min, long max) {
    return new Whole(about, min, max);
  }

  /** Returns a number of things that have been counted. */
  static Whole count(String about) {
    return new Whole(about, 0, Long.MAX_VALUE);
  }

  /** Returns any number. */
  static Decimal number(String about) {
    return new Decimal(about);
  }

  /** Returns true or false. */
  static Flag flag(String about) {
    return new Flag(about);
  }

  /** Returns a list. */
  static Listing list(Schema each, int max) {
    return new Listing(each, max);
  }

  /** Returns an object whose names are keys. */
  static Entries entries(Text key, Schema each, int max) {
    return new Entries(key, each, max);
  }

  /** Returns an object that the document shows under a name. */
  static Members object(String name, Member... members) {
    return new Members(name, Arrays.asList(members));
  }

  /** Returns an object without a name of its own. */
  static Members object(Member... members) {
    return new Members(null, Arrays.asList(members));
  }

  /** Returns a member that is always there. */
  static Member member(String name, Schema schema) {
    return new Member(name, schema, true);
  }

  /** Returns a member that may be left out. */
  static Member optional(String name, Schema schema) {
    return new Member(name, schema, false);
  }

  /** Returns a value that may be null. */
  static Nullable nullable(Schema of) {
    return new Nullable(of);
  }
}
