package io.wwep.board;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Reply;

/** Expects the LED's register, with what this board last stored there. */
final class ReadJudge extends Judge {

  private final RegisterId led;
  private final boolean ledOn;
  private final boolean stored;

  /**
   * @param stored whether this board has stored its LED's state before
   */
  ReadJudge(RegisterId led, boolean ledOn, boolean stored) {
    this.led = led;
    this.ledOn = ledOn;
    this.stored = stored;
  }

  @Override
  Judgement accepted(Reply.Accepted reply, String received) {
    if (!reply.id().equals(led) || received.length() != 11) {
      return wrong("register %s was asked for: the server mixes up replies".formatted(led));
    }
    String holds = "the server holds " + ledState(reply.value());
    if (reply.value() == (ledOn ? 1 : 0)) {
      return fine(holds + ", as this board shows");
    }
    return fine(
        holds
            + ", and this board's is %s: the last press did not arrive, or another board has ID %04X"
                .formatted(ledOn ? "on" : "off", led.device()));
  }

  @Override
  Judgement rejected(String explanation) {
    if (!explanation.isEmpty() && !explanation.equals(RejectCode.NOT_WRITTEN.word())) {
      return unexpectedRejection(explanation, "the server did not take the read, " + LOOK_THERE);
    }
    if (stored) {
      return unexpectedRejection(
          explanation, "this board has stored its LED before: was the database replaced?");
    }
    return fine(
        explanation.isEmpty()
            ? "probably nothing is stored yet: press 0 or 1 first; or the server refused, and its console or log says why"
            : "nothing is stored yet: press 0 or 1 first");
  }
}
