package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Clue;
import io.wwep.conformance.wire.Mismatch;
import io.wwep.conformance.wire.Wire;
import java.io.IOException;
import java.util.stream.Stream;

/** What the lecture asks of a server in time: a board's patience, and clients that just go. */
final class LectureTimes {

  /** How long the lecture's board waits for its reply. */
  private static final int BOARD_PATIENCE_MILLIS = 500;

  private static final int TRIES = 3;

  private LectureTimes() {}

  static Stream<Case> all() {
    return Stream.of(
            inTime(Clause.MESSAGES, "a reply within 500 ms", "W####0B1234", "A####0B1234"),
            inTime(Clause.INSIDE, "an X within 500 ms to a frame that stops early", "W01234", "X"),
            goesOn("behind a client that says nothing", (wire, talk) -> wire.close()),
            goesOn(
                "behind a client that goes within a frame",
                (wire, talk) -> {
                  wire.send(talk.fill("W####0B12"));
                  wire.close();
                }),
            goesOn(
                "behind a client that breaks off before its reply",
                (wire, talk) -> {
                  wire.send(talk.fill("R####0B"));
                  wire.abort();
                }))
        .flatMap(cases -> cases);
  }

  private static Stream<Case> inTime(Clause clause, String title, String message, String reply) {
    return Case.onEach(
            clause,
            title,
            Level.LECTURE,
            talk -> {
              long best = Long.MAX_VALUE;
              for (int i = 0; i < TRIES && best > BOARD_PATIENCE_MILLIS; i++) {
                best = Math.min(best, millis(talk, talk.fill(message), talk.fill(reply)));
              }
              if (best > BOARD_PATIENCE_MILLIS) {
                throw new Mismatch(
                    "the reply within %d ms".formatted(BOARD_PATIENCE_MILLIS),
                    "it after %d ms".formatted(best),
                    Clue.TIME);
              }
            })
        .map(
            each ->
                each.alone()
                    .cure("answer at once: a board waits 500 ms for its reply and no longer"));
  }

  private static long millis(Talk talk, String message, String reply) throws IOException {
    try (Wire wire = talk.connect()) {
      long start = System.nanoTime();
      wire.exchange(message, reply);
      return Talk.millisSince(start);
    }
  }

  /** What a client does to a server and to those behind it. */
  @FunctionalInterface
  private interface Leaving {
    void leave(Wire wire, Talk talk) throws IOException;
  }

  private static Stream<Case> goesOn(String title, Leaving client) {
    return Case.onEach(
            Clause.LIFETIME,
            "the next client " + title,
            Level.LECTURE,
            talk -> {
              try (Wire wire = talk.connect()) {
                client.leave(wire, talk);
              }
              isServed(talk);
            })
        .map(
            each ->
                each.cure(
                    "take the end of a connection, or its failure (SIGPIPE too), for what it is, and accept the next client"));
  }

  /** How a server that is gone, or hangs, treats a client has nothing to do with what is wrong. */
  private static void isServed(Talk talk) {
    try {
      talk.ask("W####0C1234", "A####0C1234");
    } catch (Mismatch unserved) {
      throw new Mismatch(unserved.expected(), unserved.came(), Clue.NONE);
    } catch (IOException gone) {
      throw new Mismatch("the next connection", gone.getMessage(), Clue.NONE);
    }
  }
}
