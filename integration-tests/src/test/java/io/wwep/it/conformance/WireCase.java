package io.wwep.it.conformance;

import java.io.IOException;
import java.util.List;
import java.util.Locale;

/**
 * One line of PROTOCOL.md as a conversation. In all texts {@code ####} stands for the four digits
 * of a fresh device, {@code ~~~~} for the same in lower case.
 *
 * @param rule the line of PROTOCOL.md
 * @param name what this case shows of it
 * @param steps the conversation
 * @param fate what becomes of the connection then
 * @param stored frames sent on another connection afterwards, each with its reply
 */
record WireCase(String rule, String name, List<Step> steps, Fate fate, List<Step.Exchange> stored) {

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

  static WireCase of(String rule, String name, Fate fate, Step... steps) {
    return new WireCase(rule, name, List.of(steps), fate, List.of());
  }

  /** Returns this case, with what must be stored at its end. */
  WireCase thenStored(Step.Exchange... exchanges) {
    return new WireCase(rule, name, steps, fate, List.of(exchanges));
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

  void run(TargetServer target, Port port, String device) throws IOException {
    try {
      converse(target, port, device);
    } catch (AssertionError failed) {
      throw new AssertionError("%s, %s: %s".formatted(port, this, failed.getMessage()), failed);
    }
  }

  private void converse(TargetServer target, Port port, String device) throws IOException {
    try (Wire wire = Wire.connect(target, port)) {
      for (Step step : steps) {
        take(step, wire, device);
      }
      if (fate == Fate.GOES_ON) {
        wire.exchange(fill("R####FE", device), "X");
      } else {
        wire.expectEnd();
      }
    }
    for (Step.Exchange check : stored) {
      try (Wire wire = Wire.connect(target, Port.PLAIN)) {
        take(check, wire, device);
      }
    }
  }

  private static void take(Step step, Wire wire, String device) throws IOException {
    if (step instanceof Step.Send send) {
      wire.send(fill(send.bytes, device));
    } else if (step instanceof Step.Expect expect) {
      wire.expect(fill(expect.bytes, device));
    } else if (step instanceof Step.Exchange exchange) {
      wire.exchange(fill(exchange.bytes, device), fill(exchange.reply, device));
    } else {
      wire.endOutput();
    }
  }

  static String fill(String text, String device) {
    return text.replace("####", device).replace("~~~~", device.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return rule + ": " + name;
  }
}
