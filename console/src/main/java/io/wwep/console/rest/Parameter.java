package io.wwep.console.rest;

import io.vertx.core.json.JsonObject;
import java.util.function.Function;

/**
 * A part of a request's path, query or headers. Immutable.
 *
 * @param <T> what its text means
 * @param name as it stands in the request
 * @param place where it stands
 * @param about what it is, for people
 * @param schema of its text, for the document
 * @param parser turns its text into a value, or throws {@link IllegalArgumentException} with what
 *     it must be; the message goes on behind the name, as in {@code must be 4 hex digits}
 * @param otherwise its value where it is not given
 * @param required whether it has to be given
 */
public record Parameter<T>(
    String name,
    Place place,
    String about,
    Schema schema,
    Function<String, T> parser,
    T otherwise,
    boolean required) {

  /** Where a parameter stands. */
  public enum Place {
    PATH,
    QUERY,
    HEADER;

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Returns a part of the path. */
  public static <T> Parameter<T> path(
      String name, String about, Schema schema, Function<String, T> parser) {
    return new Parameter<>(name, Place.PATH, about, schema, parser, null, true);
  }

  /** Returns a part of the query that may be left out. */
  public static <T> Parameter<T> query(
      String name, String about, Schema schema, Function<String, T> parser, T otherwise) {
    return new Parameter<>(name, Place.QUERY, about, schema, parser, otherwise, false);
  }

  /** Returns a header that may be left out. */
  public static Parameter<String> header(String name, String about, Schema schema) {
    return new Parameter<>(name, Place.HEADER, about, schema, Function.identity(), null, false);
  }

  /** Returns a number in the query that may be left out. */
  public static Parameter<Long> number(
      String name, String about, long min, long max, Long otherwise) {
    return query(
        name,
        about,
        Schema.whole(null, min, max),
        text -> {
          // Longer ones are out of each range.
          boolean fits = text.matches("\\d{1,18}");
          long number = fits ? Long.parseLong(text) : -1;
          if (!fits || number < min || number > max) {
            throw new IllegalArgumentException("must be a number, %d to %d".formatted(min, max));
          }
          return number;
        },
        otherwise);
  }

  /** Returns the same, but it has to be given. */
  public Parameter<T> needed() {
    return new Parameter<>(name, place, about, schema, parser, otherwise, true);
  }

  JsonObject json() {
    return new JsonObject()
        .put("name", name)
        .put("in", place.word())
        .put("description", about)
        .put("required", required)
        .put("schema", schema.json());
  }
}
