package io.wwep.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object or array (RFC 8259), as {@link Json} writes it: to maps, lists, strings,
 * numbers, truth values and null.
 */
final class JsonReader {

  private static final int DEPTH_MAX = 32;

  private final JsonParser parser;

  private JsonReader(JsonParser parser) {
    this.parser = parser;
  }

  /**
   * Returns the fields of an object in their order.
   *
   * @throws IllegalArgumentException when the text is anything else; says where
   */
  @SuppressWarnings("unchecked") // A map has the names of fields for keys.
  static Map<String, Object> object(String text) {
    return (Map<String, Object>) whole(text, JsonToken.START_OBJECT);
  }

  /**
   * Returns the elements of an array.
   *
   * @throws IllegalArgumentException when the text is anything else; says where
   */
  static List<?> array(String text) {
    return (List<?>) whole(text, JsonToken.START_ARRAY);
  }

  private static Object whole(String text, JsonToken beginning) {
    try (JsonParser parser = new JsonFactory().createParser(text)) {
      JsonReader reader = new JsonReader(parser);
      if (parser.nextToken() != beginning) {
        throw reader.unexpected();
      }
      Object value = reader.value(0);
      if (parser.nextToken() != null) {
        throw reader.unexpected();
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "no JSON of wwep's, at character " + Math.max(0, e.getLocation().getCharOffset()), e);
    } catch (IOException e) {
      throw new IllegalArgumentException("no JSON of wwep's", e);
    }
  }

  private Map<String, Object> map(int depth) throws IOException {
    Map<String, Object> map = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      map.put(name, value(depth));
    }
    return map;
  }

  private List<Object> list(int depth) throws IOException {
    List<Object> list = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      list.add(value(depth));
    }
    return list;
  }

  private Object value(int depth) throws IOException {
    if (depth == DEPTH_MAX) {
      throw unexpected();
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> map(depth + 1);
      case START_ARRAY -> list(depth + 1);
      case VALUE_STRING -> parser.getText();
      case VALUE_NUMBER_INT -> parser.getLongValue();
      case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw unexpected();
    };
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException(
        "no JSON of wwep's, at character "
            + Math.max(0, parser.currentTokenLocation().getCharOffset()));
  }
}
