package io.wwep.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One device of a class, as the console tells of it.
 *
 * @param name null where it has none
 * @param address null where it has not come yet
 * @param seen ISO 8601, or null
 * @param why what keeps it from going on; null where nothing does
 * @param exercises from 01 to 07: {@code open}, {@code goingOn} or {@code done}
 * @param missing what is missing of those that are going on, by number
 * @param done how many are done
 * @param verifies whether it looks at the server's certificate; null where nobody knows
 * @param probing from where a probe waits for it; null where none does
 * @param diagnosis when, and what went wrong last; null for nothing
 * @param probe when, and how the last probe ended; null where there was none
 */
record ClassDevice(
    String device,
    String name,
    String address,
    String seen,
    String why,
    Map<String, String> exercises,
    Map<String, String> missing,
    long done,
    Boolean verifies,
    String probing,
    Said diagnosis,
    Said probe) {

  /**
   * Something that was said.
   *
   * @param word a code or an outcome; may be null
   * @param device of a probe: whom it tells about; otherwise null
   */
  record Said(String time, String word, String sentence, String device) {

    private static Said of(Object json, String word) {
      return json instanceof Map<?, ?> map
          ? new Said(
              String.valueOf(map.get("time")),
              (String) map.get(word),
              String.valueOf(map.get("sentence")),
              (String) map.get("device"))
          : null;
    }
  }

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException when it is none
   */
  static ClassDevice of(Object json) {
    if (!(json instanceof Map<?, ?> map) || !(map.get("exercises") instanceof List<?> list)) {
      throw new IllegalArgumentException("no device of a class");
    }
    Map<String, String> exercises = new LinkedHashMap<>();
    Map<String, String> missing = new LinkedHashMap<>();
    for (Object each : list) {
      Map<?, ?> exercise = (Map<?, ?>) each;
      String number = String.valueOf(exercise.get("exercise"));
      exercises.put(number, String.valueOf(exercise.get("state")));
      if (exercise.get("missing") instanceof String sentence) {
        missing.put(number, sentence);
      }
    }
    return new ClassDevice(
        String.valueOf(map.get("device")),
        (String) map.get("name"),
        (String) map.get("address"),
        (String) map.get("seen"),
        (String) map.get("why"),
        exercises,
        missing,
        map.get("done") instanceof Long done ? done : 0,
        map.get("verifies") instanceof Boolean verifies ? verifies : null,
        (String) map.get("probing"),
        Said.of(map.get("diagnosis"), "code"),
        Said.of(map.get("probe"), "outcome"));
  }

  /** Returns how people call it: by its name, if it has one, and its ID. */
  String called() {
    return name == null ? device : "%s (%s)".formatted(name, device);
  }

  /** Returns {@code yes}, {@code no}, or an empty text where nobody knows. */
  String verifiesWords() {
    return verifies == null ? "" : verifies ? "yes" : "no";
  }

  /** Returns sentences about it, what to do first at the beginning. */
  List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    if (why != null) {
      sentences.add(why);
    }
    missing.forEach((number, sentence) -> sentences.add(number + ": " + sentence));
    return sentences;
  }
}
