package io.wwep.console.classroom;

import io.vertx.core.json.JsonObject;
import io.wwep.console.rest.Times;
import java.time.Instant;

/**
 * Something that was said at a moment: a diagnosis, the result of a check, or that of a probe.
 * Immutable.
 *
 * @param word names the kind: a code as in {@code bad-digit}, or an outcome; null for none
 */
record Told(Instant time, String word, String sentence) {

  /** Longest sentence that is kept, in characters. */
  static final int SENTENCE_MAX = 1_000;

  Told {
    sentence =
        sentence.length() > SENTENCE_MAX ? sentence.substring(0, SENTENCE_MAX - 1) + "…" : sentence;
  }

  /** Returns it with its word under a name. */
  JsonObject json(String name) {
    return new JsonObject().put("time", Times.text(time)).put(name, word).put("sentence", sentence);
  }

  static Told load(JsonObject saved, String name) {
    return saved == null
        ? null
        : new Told(
            Instant.parse(saved.getString("time")),
            saved.getString(name),
            saved.getString("sentence"));
  }
}
