package io.wwep.console.http;

import java.util.Locale;

/** What somebody may do through the console; each may do what those before it may. */
public enum Role {
  /** Sees everything. */
  VIEWER,
  /** Writes registers too, as far as the access policy lets it. */
  EDITOR;

  /** Returns the word for files and JSON, as in {@code viewer}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it may do what the other one may. */
  public boolean includes(Role other) {
    return compareTo(other) >= 0;
  }
}
