package io.wwep.console.http;

import java.util.Locale;

/** What somebody may do through the console; each may do what those before it may. */
public enum Role {
  /** Sees everything. */
  VIEWER("a viewer"),
  /**
   * Sends messages through the ports too, as any board could, as far as the access policy lets it;
   * edits nothing, names nothing, probes nothing.
   */
  SENDER("a sender"),
  /** Writes registers too, as far as the access policy lets it. */
  EDITOR("an editor");

  private final String somebody;

  Role(String somebody) {
    this.somebody = somebody;
  }

  /** Returns the word for files and JSON, as in {@code viewer}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns the words for sentences, as in {@code a viewer}. */
  public String somebody() {
    return somebody;
  }

  /** Whether it may do what the other one may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
