package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Clue;
import io.wwep.conformance.wire.Mismatch;
import io.wwep.conformance.wire.Port;
import io.wwep.conformance.wire.Wire;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long a connection lives without options: PROTOCOL.md. One client at a time, so that the times
 * are the server's.
 */
final class LifetimeCases {

  private static final int FRAME_TIMEOUT_MILLIS = 150;
  private static final int LINGER_MILLIS = 250;

  /** How long a board waits for its reply. */
  private static final int BOARD_PATIENCE_MILLIS = 500;

  /** How much earlier than the server's clock says the client's may see it. */
  private static final int CLOCK_MILLIS = 20;

  private static final int SESSION_SILENCE_MILLIS = 1_200;
  private static final int HANGING = 50;

  /** A half-open handshake: the header of a record that never comes. */
  private static final String HALF_A_CLIENT_HELLO = "\u0016\u0003\u0001\u0002\u0000\u0001\u0000";

  private LifetimeCases() {}

  static Stream<Case> all() {
    return Stream.of(pauses(), ends(), sessions(), others())
        .flatMap(cases -> cases)
        .map(Case::alone);
  }

  private static Stream<Case> each(Clause clause, String title, Case.Script script) {
    return Case.onEach(clause, title, Level.FULL, script);
  }

  // ---- a frame that stops

  private static Stream<Case> pauses() {
    return Stream.of(
            each(Clause.INSIDE, "a pause is answered within 150 to 500 ms", LifetimeCases::pause),
            each(
                Clause.INSIDE,
                "a pause in the second frame too",
                talk -> {
                  try (Wire wire = talk.connect()) {
                    wire.exchange(talk.fill("R####0BR####0B"), "XX");
                    pauseAnswered(wire, "W0");
                  }
                }),
            Stream.of(1, 2, 3).flatMap(LifetimeCases::slow))
        .flatMap(cases -> cases);
  }

  private static void pause(Talk talk) throws Exception {
    for (String partial : List.of("W", "W01234", "W####0B123", "R####0")) {
      try (Wire wire = talk.connect()) {
        pauseAnswered(wire, talk.fill(partial));
      }
    }
  }

  private static void pauseAnswered(Wire wire, String partial) throws Exception {
    long start = System.nanoTime();
    wire.exchange(partial, "X");
    requireBetween(start, FRAME_TIMEOUT_MILLIS - CLOCK_MILLIS, BOARD_PATIENCE_MILLIS, "the X");
    wire.expectEnd();
  }

  /** The whole frame takes far longer than the timeout, no pause in it does. */
  private static Stream<Case> slow(int chunk) {
    return each(
        Clause.INSIDE,
        "no pause in a frame of slow pieces of " + chunk,
        talk -> {
          String frame = talk.fill("W####0A1234");
          try (Wire wire = talk.connect()) {
            for (int start = 0; start < frame.length(); start += chunk) {
              Talk.pause(FRAME_TIMEOUT_MILLIS * 3 / 5);
              wire.send(frame.substring(start, Math.min(frame.length(), start + chunk)));
            }
            wire.expect(talk.fill("A####0A1234"));
          }
        });
  }

  // ---- the end behind the first reply

  private static Stream<Case> ends() {
    return Stream.of(
            each(
                Clause.LIFETIME,
                "linger behind the first reply, then the end",
                talk -> {
                  for (String frame : List.of("R####0B", "R####0B\n", "R####0B\r\n", "hello\n")) {
                    ends(talk, frame, LINGER_MILLIS - 2 * CLOCK_MILLIS, 4 * LINGER_MILLIS);
                  }
                }),
            each(
                Clause.LIFETIME,
                "the end at once behind a bad byte without a line end",
                talk -> ends(talk, "hello", 0, LINGER_MILLIS - 2 * CLOCK_MILLIS - 1)))
        .flatMap(cases -> cases);
  }

  private static void ends(Talk talk, String frame, int minMillis, int maxMillis) throws Exception {
    try (Wire wire = talk.connect()) {
      wire.exchange(talk.fill(frame), "X");
      long start = System.nanoTime();
      wire.expectEnd();
      requireBetween(start, minMillis, maxMillis, "the end of the connection");
    }
  }

  // ---- sessions

  private static Stream<Case> sessions() {
    return Stream.of(
            each(
                Clause.LIFETIME,
                "a session with the second frame",
                talk -> {
                  try (Wire wire = talk.connect()) {
                    wire.exchange(talk.fill("R####0B"), "X");
                    Talk.pause(LINGER_MILLIS / 3);
                    wire.exchange(talk.fill("R####0B"), "X");
                    isSession(wire, talk);
                  }
                }),
            each(
                Clause.LIFETIME,
                "a session with two frames of one read",
                talk -> {
                  try (Wire wire = talk.connect()) {
                    wire.exchange(talk.fill("R####0B\nhello\n"), "XX");
                    isSession(wire, talk);
                  }
                }),
            each(Clause.LIFETIME, "a session with an empty line", LifetimeCases::emptyLines),
            each(
                Clause.LIFETIME,
                "a session with an empty line alone",
                talk -> {
                  try (Wire wire = talk.connect()) {
                    wire.send("\r\n");
                    isSession(wire, talk);
                    wire.expectSilence(2 * LINGER_MILLIS);
                  }
                }))
        .flatMap(cases -> cases);
  }

  private static void emptyLines(Talk talk) throws Exception {
    for (String frame : List.of("R####0B\n\n", "R####0B\r\n\r\n", "\nR####0B", "hello\n\n")) {
      try (Wire wire = talk.connect()) {
        wire.exchange(talk.fill(frame), "X");
        wire.expectSilence(2 * LINGER_MILLIS);
        wire.exchange(talk.fill("R####0B"), "X");
      }
    }
  }

  private static void isSession(Wire wire, Talk talk) throws Exception {
    wire.expectSilence(SESSION_SILENCE_MILLIS);
    wire.exchange(talk.fill("R####0B"), "X");
  }

  // ---- the others

  private static Stream<Case> others() {
    return each(
        Clause.LIFETIME, "others are served while silent connections hang", LifetimeCases::hanging);
  }

  private static void hanging(Talk talk) throws Exception {
    List<Wire> hanging = new ArrayList<>();
    try {
      for (int i = 0; i < HANGING; i++) {
        hanging.add(talk.clear(talk.port()));
        Wire half = talk.clear(talk.port());
        hanging.add(half);
        half.send(talk.port() == Port.TLS ? HALF_A_CLIENT_HELLO : "\n");
      }
      long start = System.nanoTime();
      talk.ask("R####0B", "X");
      requireBetween(start, 0, BOARD_PATIENCE_MILLIS - 1, "connection and reply");
    } finally {
      for (Wire wire : hanging) {
        wire.close();
      }
    }
  }

  private static void requireBetween(long startNanos, int minMillis, int maxMillis, String what) {
    long millis = Talk.millisSince(startNanos);
    if (millis < minMillis || millis > maxMillis) {
      throw new Mismatch(
          "%s after %d to %d ms".formatted(what, minMillis, maxMillis),
          "it after %d ms".formatted(millis),
          Clue.TIME);
    }
  }
}
