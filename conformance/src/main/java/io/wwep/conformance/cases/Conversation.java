package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Wire;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * A case as a conversation on one connection, with texts as {@link Talk} has them.
 *
 * @param title what this case shows of the clause
 * @param steps the conversation
 * @param fate what becomes of the connection then
 * @param stored frames sent afterwards, each on a connection of its own, each with its reply
 */
record Conversation(
    Clause clause, String title, List<Step> steps, Fate fate, List<Step.Exchange> stored) {

  /** What becomes of the connection. */
  enum Fate {
    /** A further frame is answered. */
    GOES_ON,
    /** The server ends it, with FIN and without another byte. */
    IS_CLOSED
  }

  /** One step of the conversation. */
  sealed interface Step {

    /** Sends bytes in one segment. */
    record Send(String bytes) implements Step {}

    /** Reads exactly these bytes. */
    record Expect(String bytes) implements Step {}

    /** Sends, then reads. */
    record Exchange(String bytes, String reply) implements Step {}

    /** Ends the client's side. */
    record EndOutput() implements Step {}
  }

  static Conversation of(Clause clause, String title, Fate fate, Step... steps) {
    return new Conversation(clause, title, List.of(steps), fate, List.of());
  }

  /** Returns this one, with what must be stored at its end. */
  Conversation thenStored(Step.Exchange... exchanges) {
    return new Conversation(clause, title, steps, fate, List.of(exchanges));
  }

  static Step.Send send(String bytes) {
    return new Step.Send(bytes);
  }

  static Step.Expect expect(String bytes) {
    return new Step.Expect(bytes);
  }

  static Step.Exchange exchange(String bytes, String reply) {
    return new Step.Exchange(bytes, reply);
  }

  static Step.EndOutput endOutput() {
    return new Step.EndOutput();
  }

  Stream<Case> cases() {
    return Case.onEach(clause, title, Level.FULL, this::run);
  }

  private void run(Talk talk) throws IOException {
    try (Wire wire = talk.connect()) {
      for (Step step : steps) {
        take(step, wire, talk);
      }
      if (fate == Fate.GOES_ON) {
        wire.exchange(talk.fill("R####FE"), "X");
      } else {
        wire.expectEnd();
      }
    }
    for (Step.Exchange check : stored) {
      talk.ask(check.bytes, check.reply);
    }
  }

  private static void take(Step step, Wire wire, Talk talk) throws IOException {
    if (step instanceof Step.Send send) {
      wire.send(talk.fill(send.bytes));
    } else if (step instanceof Step.Expect expect) {
      wire.expect(talk.fill(expect.bytes));
    } else if (step instanceof Step.Exchange exchange) {
      wire.exchange(talk.fill(exchange.bytes), talk.fill(exchange.reply));
    } else {
      wire.endOutput();
    }
  }
}
