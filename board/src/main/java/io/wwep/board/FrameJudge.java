package io.wwep.board;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Reply;
import io.wwep.protocol.Request;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Expects of bytes of any kind what a server does with them: a legal write is stored, and a reply
 * to a read is about the register that was asked for. What it cannot know it takes as it comes.
 */
final class FrameJudge extends Judge {

  private static final Pattern FRAME = Pattern.compile("W\\p{XDigit}{10}|R\\p{XDigit}{6}");
  private static final Pattern WRITE = Pattern.compile("W(\\p{XDigit}{6})(\\p{XDigit}{4})");
  private static final Pattern READ = Pattern.compile("R(\\p{XDigit}{6})");

  private final int replies;

  private FrameJudge(int replies) {
    this.replies = replies;
  }

  /** Returns the judge of a message. */
  static Judge of(byte[] message) {
    String text = new String(message, StandardCharsets.ISO_8859_1).replaceFirst("[\\r\\n]+$", "");
    Matcher write = WRITE.matcher(text);
    if (write.matches()) {
      return new WriteJudge(
          new Request.Write(id(write.group(1)), Integer.parseInt(write.group(2), 16)));
    }
    Matcher read = READ.matcher(text);
    return read.matches()
        ? new AnyReadJudge(id(read.group(1)))
        : new FrameJudge((int) Math.max(1, FRAME.matcher(text).results().count()));
  }

  private static RegisterId id(String digits) {
    return RegisterId.ofAddress(Integer.parseInt(digits, 16));
  }

  @Override
  int replies() {
    return replies;
  }

  @Override
  Judgement accepted(Reply.Accepted reply, String received) {
    return fine("accepted");
  }

  @Override
  Judgement rejected(String explanation) {
    return fine(explanation.isEmpty() ? "rejected" : "rejected (%s)".formatted(explanation));
  }

  /** Expects a value of the register that was asked for, or none. */
  private static final class AnyReadJudge extends Judge {

    private final RegisterId id;

    AnyReadJudge(RegisterId id) {
      this.id = id;
    }

    @Override
    Judgement accepted(Reply.Accepted reply, String received) {
      return reply.id().equals(id) && received.length() == 11
          ? fine("the server holds %04X".formatted(reply.value()))
          : wrong("register %s was asked for: the server mixes up replies".formatted(id));
    }

    @Override
    Judgement rejected(String explanation) {
      return fine(
          explanation.isEmpty()
              ? "nothing is stored there, or the server refused: its console or log says which"
              : "rejected (%s)".formatted(explanation));
    }
  }
}
