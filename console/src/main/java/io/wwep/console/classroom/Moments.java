package io.wwep.console.classroom;

import io.vertx.core.json.JsonObject;
import java.time.Instant;

/** Moments as the file has them, and which comes later. */
final class Moments {

  private Moments() {}

  /**
   * Returns the time of a member; null where it has none.
   *
   * @throws RuntimeException when it is no time
   */
  static Instant in(JsonObject json, String member) {
    String text = json.getString(member);
    return text == null ? null : Instant.parse(text);
  }

  /**
   * Returns the time of a member.
   *
   * @throws RuntimeException when it has none
   */
  static Instant required(JsonObject json, String member) {
    return Instant.parse(json.getString(member));
  }

  static Instant later(Instant a, Instant b) {
    return a.isAfter(b) ? a : b;
  }
}
