package io.wwep.server.access;

import java.util.Locale;

/** Where requests come in. */
public enum Door {
  /** The port of the plain protocol. */
  PLAIN("plain", "the plain port"),
  /** The port of the protocol over TLS. */
  TLS("TLS", "the TLS port"),
  /** The browser console. */
  CONSOLE("console", "the console");

  private final String word;
  private final String place;

  Door(String word, String place) {
    this.word = word;
    this.place = place;
  }

  /** Returns its name for people: {@code plain}, {@code TLS} or {@code console}. */
  public String word() {
    return word;
  }

  /** Returns its name for programs: {@code plain}, {@code tls} or {@code console}. */
  public String key() {
    return word.toLowerCase(Locale.ROOT);
  }

  /** Returns its name within a sentence, as in {@code the TLS port}. */
  public String place() {
    return place;
  }
}
