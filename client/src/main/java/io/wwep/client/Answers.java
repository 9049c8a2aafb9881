package io.wwep.client;

import io.wwep.protocol.Request;
import io.wwep.protocol.WireText;
import java.util.OptionalInt;

/** Turns outcomes into what the convenient methods return or throw. */
final class Answers {

  private Answers() {}

  /** Empty is an {@code X}: usually nobody wrote it, or else the server refused the request. */
  static OptionalInt ofRead(Outcome outcome) {
    if (outcome instanceof Outcome.Failed failed) {
      throw failed.cause();
    }
    return outcome instanceof Outcome.Value value
        ? OptionalInt.of(value.value())
        : OptionalInt.empty();
  }

  static int ofWrite(Outcome outcome, Request.Write write, Endpoint endpoint) {
    if (outcome instanceof Outcome.Failed failed) {
      throw failed.cause();
    }
    if (outcome instanceof Outcome.Rejected rejected) {
      throw rejected(rejected.explanation(), write, endpoint);
    }
    return ((Outcome.Value) outcome).value();
  }

  private static WwepException.Rejected rejected(
      String explanation, Request.Write write, Endpoint endpoint) {
    String reason = explanation.isEmpty() ? "" : " (" + explanation + ")";
    String cure =
        explanation.isEmpty() ? "its console or log says why" : "its log has the whole sentence";
    return new WwepException.Rejected(
        "%s rejected %s with X%s and stored nothing: %s"
            .formatted(endpoint, WireText.show(write.encode()), reason, cure),
        explanation);
  }
}
