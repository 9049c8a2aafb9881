package io.wwep.console.classroom;

import static io.wwep.console.rest.Schema.flag;
import static io.wwep.console.rest.Schema.list;
import static io.wwep.console.rest.Schema.member;
import static io.wwep.console.rest.Schema.nullable;
import static io.wwep.console.rest.Schema.object;
import static io.wwep.console.rest.Schema.optional;
import static io.wwep.console.rest.Schema.text;
import static io.wwep.console.rest.Schema.whole;
import static io.wwep.console.rest.Schema.words;

import io.wwep.console.feed.FeedEvent;
import io.wwep.console.rest.Ids;
import io.wwep.console.rest.Parameter;
import io.wwep.console.rest.Schema;
import io.wwep.server.Probe;
import java.util.Arrays;

/** The JSON of a class, for the document that describes the API, and for checks of what comes. */
final class ClassShapes {

  /** Longest name of a device, in characters. */
  static final int NAME_MAX = 40;

  /** Longest sentence about a check, in characters. */
  static final int SENTENCE_MAX = 400;

  private static final Schema TIME = Schema.time("in UTC, with milliseconds");

  static final Parameter<Integer> DEVICE =
      Parameter.path(
          "device", "its ID", text("a device ID, 4 hex digits", "[0-9A-Fa-f]{4}"), ClassShapes::id);

  private static final Schema EXERCISES =
      list(
          object(
              "Exercise",
              member("exercise", words(numbers(false))),
              member(
                  "state",
                  words(
                      Arrays.stream(Standing.State.values())
                          .map(Standing.State::word)
                          .toArray(String[]::new))),
              member("missing", nullable(text("what is missing; null unless it is going on"))),
              member("done", nullable(TIME))),
          Exercise.values().length);

  static final Schema PARTICIPANT =
      object(
          "ClassDevice",
          member("device", text("a device ID", "[0-9A-F]{4}")),
          member("name", nullable(text("given by somebody"))),
          member("address", nullable(text("from where it came last, without port"))),
          member("seen", nullable(TIME)),
          member("stuck", flag("whether somebody should look at it")),
          member("why", nullable(text("what to do next; null where it is not stuck"))),
          member(
              "diagnosis",
              nullable(
                  object(
                      member("time", TIME),
                      member("code", nullable(text("as in bad-digit; null where it was no X"))),
                      member("sentence", text("cause and cure of what went wrong last"))))),
          member("exercises", EXERCISES),
          member("done", whole("how many exercises are", 0, Exercise.values().length)),
          member("verifies", nullable(flag("whether it looks at the server's certificate"))),
          member("probing", nullable(text("from where a probe waits for it"))),
          member(
              "probe",
              nullable(
                  object(
                      member("time", TIME),
                      member(
                          "outcome",
                          words(
                              Arrays.stream(Probe.Outcome.values())
                                  .map(FeedEvent::word)
                                  .toArray(String[]::new))),
                      member("sentence", text("how the last probe ended")),
                      member("device", text("whom it tells about, the one that came"))))));

  static final Schema CLASS =
      object(
          "Class",
          member("time", TIME),
          member("sampled", flag("whether events were left out, so that something was not seen")),
          member("trouble", nullable(text("why this is not kept over restarts; null where it is"))),
          member("devices", list(PARTICIPANT, Roll.DEVICES_MAX)));

  static final Schema NAME =
      object(
          "ClassName",
          member(
              "name", text("1 to %d characters that can be seen".formatted(NAME_MAX), ".{1,200}")));

  static final Schema RESULT =
      object(
          "CheckResult",
          member("exercise", words(numbers(true))),
          member("passed", flag("whether the server did all that the exercise asks for")),
          member(
              "sentence",
              text(
                  "which server it was and what was found, up to %d characters"
                      .formatted(SENTENCE_MAX),
                  "[^\\r\\n]{1,400}")));

  static final Schema PROBE =
      object(
          "ProbeOrder",
          optional(
              "address", text("from where it will come; where it came from last unless given")),
          optional("force", flag("whether others that come from there may be met in its place")));

  private ClassShapes() {}

  private static String[] numbers(boolean servers) {
    return Arrays.stream(Exercise.values())
        .filter(each -> !servers || each.isServer())
        .map(Exercise::number)
        .toArray(String[]::new);
  }

  private static Integer id(String text) {
    int device = Ids.parseDevice(text);
    if (device < 0) {
      throw new IllegalArgumentException("must be 4 hex digits");
    }
    return device;
  }
}
