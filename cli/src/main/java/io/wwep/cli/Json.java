package io.wwep.cli;

import java.util.List;
import java.util.Map;

/**
 * Writes one JSON object (RFC 8259) in one line of ASCII. Fields come in the order in which they
 * were put; a null becomes {@code null}.
 */
final class Json {

  private final StringBuilder text = new StringBuilder("{");

  /**
   * Adds a field.
   *
   * @param value a text, a number, a truth value, another object, a list or map of these, or null
   */
  Json put(String name, Object value) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name);
    text.append(':');
    append(value);
    return this;
  }

  /** Adds a field if there is something to put in it. */
  Json putIfPresent(String name, Object value) {
    return value == null || "".equals(value) ? this : put(name, value);
  }

  private void append(Object value) {
    if (value == null || value instanceof Boolean || value instanceof Number) {
      text.append(value);
    } else if (value instanceof Json object) {
      text.append(object);
    } else if (value instanceof Map<?, ?> map) {
      Json object = new Json();
      map.forEach((key, each) -> object.put(String.valueOf(key), each));
      text.append(object);
    } else if (value instanceof List<?> list) {
      appendList(list);
    } else {
      quote(value.toString());
    }
  }

  private void appendList(List<?> list) {
    text.append('[');
    for (int i = 0; i < list.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      append(list.get(i));
    }
    text.append(']');
  }

  private void quote(String string) {
    text.append('"');
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c >= ' ' && c < 0x7F) {
        text.append(c);
      } else {
        text.append("\\u%04x".formatted((int) c));
      }
    }
    text.append('"');
  }

  /** Returns the object with what was put into it so far. */
  @Override
  public String toString() {
    return text + "}";
  }
}
