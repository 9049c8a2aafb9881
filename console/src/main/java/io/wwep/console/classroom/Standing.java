package io.wwep.console.classroom;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Times;
import java.time.Instant;

/**
 * How far one exercise is. Immutable.
 *
 * @param state what has been seen of it
 * @param missing what is missing, in a sentence; null unless it is going on
 * @param done when it was done; null where it is not
 */
record Standing(State state, String missing, Instant done) {

  /** What has been seen of an exercise. */
  enum State {
    OPEN("open"),
    GOING_ON("goingOn"),
    DONE("done");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static final Standing OPEN = new Standing(State.OPEN, null, null);

  static Standing goingOn(String missing) {
    return new Standing(State.GOING_ON, missing, null);
  }

  static Standing done(Instant time) {
    return new Standing(State.DONE, null, time);
  }

  boolean isDone() {
    return state == State.DONE;
  }

  JsonObject json(Exercise exercise) {
    return new JsonObject()
        .put("exercise", exercise.number())
        .put("state", state.word())
        .put("missing", missing)
        .put("done", Times.text(done));
  }
}
