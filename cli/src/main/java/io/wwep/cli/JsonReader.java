package io.wwep.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one JSON object (RFC 8259), as {@link Json} writes it: to maps, lists, strings, numbers,
 * truth values and null.
 */
final class JsonReader {

  private static final int DEPTH_MAX = 32;
  private static final String ESCAPES = "\"\\/bfnrt";
  private static final String ESCAPED = "\"\\/\b\f\n\r\t";

  private final String text;
  private int at;
  private int depth;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Returns the fields of an object in their order.
   *
   * @throws IllegalArgumentException when the text is anything else; says where
   */
  static Map<String, Object> object(String text) {
    JsonReader reader = new JsonReader(text);
    reader.skipSpace();
    if (reader.peek() != '{') {
      throw reader.unexpected();
    }
    Map<String, Object> object = reader.map();
    reader.skipSpace();
    if (reader.at < text.length()) {
      throw reader.unexpected();
    }
    return object;
  }

  private Object value() {
    if (++depth > DEPTH_MAX) {
      throw unexpected();
    }
    skipSpace();
    char c = peek();
    Object value =
        switch (c) {
          case '{' -> map();
          case '[' -> list();
          case '"' -> string();
          case 't' -> word("true", true);
          case 'f' -> word("false", false);
          case 'n' -> word("null", null);
          default -> number();
        };
    depth--;
    return value;
  }

  private Map<String, Object> map() {
    Map<String, Object> map = new LinkedHashMap<>();
    take('{');
    if (!tookEnd('}')) {
      do {
        skipSpace();
        String name = string();
        skipSpace();
        take(':');
        map.put(name, value());
      } while (tookComma('}'));
    }
    return map;
  }

  private List<Object> list() {
    List<Object> list = new ArrayList<>();
    take('[');
    if (!tookEnd(']')) {
      do {
        list.add(value());
      } while (tookComma(']'));
    }
    return list;
  }

  private boolean tookEnd(char end) {
    skipSpace();
    if (peek() != end) {
      return false;
    }
    at++;
    return true;
  }

  private boolean tookComma(char end) {
    if (tookEnd(end)) {
      return false;
    }
    take(',');
    return true;
  }

  private String string() {
    take('"');
    StringBuilder string = new StringBuilder();
    while (peek() != '"') {
      char c = text.charAt(at++);
      string.append(c == '\\' ? escaped() : c);
    }
    at++;
    return string.toString();
  }

  private char escaped() {
    char c = peek();
    at++;
    if (c != 'u') {
      int index = ESCAPES.indexOf(c);
      if (index < 0) {
        throw unexpected();
      }
      return ESCAPED.charAt(index);
    }
    if (at + 4 > text.length()) {
      throw unexpected();
    }
    try {
      return (char) Integer.parseInt(text.substring(at, at += 4), 16);
    } catch (NumberFormatException e) {
      throw unexpected();
    }
  }

  private Object word(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw unexpected();
    }
    at += word.length();
    return value;
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String digits = text.substring(start, at);
    try {
      return digits.matches("-?\\d+") ? (Object) Long.valueOf(digits) : Double.valueOf(digits);
    } catch (NumberFormatException e) {
      throw unexpected();
    }
  }

  private void skipSpace() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw unexpected();
    }
    return text.charAt(at);
  }

  private void take(char wanted) {
    if (peek() != wanted) {
      throw unexpected();
    }
    at++;
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("no JSON of wwep's, at character " + at);
  }
}
