package io.wwep.console.feed;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Times;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;

/** When each stage was reached first. Guarded by the lock of {@link Boards}. */
final class Stages {

  private final Map<Stage, Instant> reached = new EnumMap<>(Stage.class);

  void reach(Stage stage, Instant time) {
    reached.merge(stage, time, (a, b) -> a.isBefore(b) ? a : b);
  }

  /** It was not reached after all. */
  void miss(Stage stage) {
    reached.remove(stage);
  }

  boolean has(Stage stage) {
    return reached.containsKey(stage);
  }

  void merge(Stages other) {
    other.reached.forEach(this::reach);
  }

  /** Returns the furthest; each board has connected. Who reads an X is not beyond a legal write. */
  Stage furthest() {
    Stage furthest = Stage.CONNECTED;
    for (Stage each : reached.keySet()) {
      if (each != Stage.REPLY_READ || has(Stage.LEGAL_WRITE)) {
        furthest = each;
      }
    }
    return furthest;
  }

  JsonObject json() {
    JsonObject json = new JsonObject();
    for (Stage each : Stage.values()) {
      json.put(each.word(), Times.text(reached.get(each)));
    }
    return json;
  }
}
