package io.wwep.certs.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What there is to say about an item: a title, facts with names, extensions with names; and the
 * same as named values for programs.
 */
public final class Description {

  /** A name and what it stands for, both for people. */
  public record Fact(String name, String words) {}

  private final String title;
  private final List<Fact> facts = new ArrayList<>();
  private final List<Fact> extensions = new ArrayList<>();
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * @param kind what programs know the item by
   * @param title what people know it by
   */
  Description(String kind, String title) {
    this.title = title;
    values.put("kind", kind);
    values.put("title", title);
  }

  Description fact(String name, String words) {
    facts.add(new Fact(name, words));
    return this;
  }

  Description fact(String name, String words, String valueName, Object value) {
    return fact(name, words).value(valueName, value);
  }

  /**
   * @param value a text, a number, a truth value, a list or map of these, or null
   */
  Description value(String name, Object value) {
    values.put(name, value);
    return this;
  }

  Description extension(String name, String words) {
    extensions.add(new Fact(name, words));
    return this;
  }

  /** Returns what it is, in a few words. */
  public String title() {
    return title;
  }

  /** Returns the facts in the order in which people look for them. */
  public List<Fact> facts() {
    return List.copyOf(facts);
  }

  /** Returns the extensions in the order of the file; none for what cannot have any. */
  public List<Fact> extensions() {
    return List.copyOf(extensions);
  }

  /** Returns texts, numbers, truth values, and lists and maps of these, by name and in order. */
  public Map<String, Object> values() {
    return new LinkedHashMap<>(values);
  }
}
