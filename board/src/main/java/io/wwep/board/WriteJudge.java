package io.wwep.board;

import io.wwep.protocol.Reply;
import io.wwep.protocol.Request;
import java.nio.charset.StandardCharsets;

/** Expects the server to accept and repeat what was written, in exactly 11 bytes. */
final class WriteJudge extends Judge {

  private final Request.Write write;
  private final String expected;

  WriteJudge(Request.Write write) {
    this.write = write;
    expected = "A" + new String(write.encode(), StandardCharsets.US_ASCII).substring(1);
  }

  @Override
  Judgement accepted(Reply.Accepted reply, String received) {
    return received.equals(expected)
        ? fine("accepted: the server stored " + value())
        : wrong("%s was expected: the server mixes up replies".formatted(expected));
  }

  private String value() {
    return write.id().register() == Board.LED_REGISTER
        ? ledState(write.value())
        : "%04X".formatted(write.value());
  }

  @Override
  Judgement rejected(String explanation) {
    return unexpectedRejection(explanation, "the server stored nothing, " + LOOK_THERE);
  }
}
