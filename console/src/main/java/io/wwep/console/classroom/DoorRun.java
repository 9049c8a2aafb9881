package io.wwep.console.classroom;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Times;
import io.wwep.server.access.Door;
import java.time.Instant;

/**
 * Exercises 03 and 06: legal messages over TLS, and on both ports. Guarded by the lock of {@link
 * Roll}.
 */
final class DoorRun {

  private Instant plain;
  private Instant tls;
  private boolean tlsTried;

  /** A legal message came; returns whether that is news. */
  boolean spoke(Door door, Instant time) {
    boolean news = (door == Door.TLS ? tls : plain) == null;
    if (news && door == Door.TLS) {
      tls = time;
    } else if (news) {
      plain = time;
    }
    return news;
  }

  /** Something came to the TLS port that was no legal message; returns whether that is news. */
  boolean triedTls() {
    boolean news = !tlsTried;
    tlsTried = true;
    return news;
  }

  Standing overTls() {
    if (tls != null) {
      return Standing.done(tls);
    }
    return tlsTried
        ? Standing.goingOn(
            "it came to the TLS port, but with no legal message yet: its last diagnosis says what to look at")
        : Standing.OPEN;
  }

  Standing onBoth() {
    if (plain != null && tls != null) {
      return Standing.done(Moments.later(plain, tls));
    }
    if (tls != null) {
      return Standing.goingOn(
          "it talks over TLS, and has not sent a plain message yet: have one button send it to the plain port");
    }
    return plain != null && tlsTried
        ? Standing.goingOn(
            "it sends plain messages, and none over TLS yet: that is exercise 03 first")
        : Standing.OPEN;
  }

  JsonObject save() {
    return new JsonObject()
        .put("plain", Times.text(plain))
        .put("tls", Times.text(tls))
        .put("tlsTried", tlsTried);
  }

  void load(JsonObject saved) {
    plain = Moments.in(saved, "plain");
    tls = Moments.in(saved, "tls");
    tlsTried = saved.getBoolean("tlsTried");
  }
}
