package io.wwep.board;

import io.wwep.protocol.Reply;

/** Expects a rejection. */
final class IllegalPacketJudge extends Judge {

  @Override
  Judgement accepted(Reply.Accepted reply, String received) {
    return wrong("the packet is illegal and X was expected: the server does not check lengths");
  }

  @Override
  Judgement rejected(String explanation) {
    return fine("rejected, as it should be: a write has 11 bytes, this one has 6");
  }
}
