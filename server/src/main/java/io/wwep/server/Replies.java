package io.wwep.server;

import io.wwep.protocol.RejectCode;
import io.wwep.protocol.Reply;
import io.wwep.protocol.Wwep;
import io.wwep.store.Batch;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Turns the results of a batch into the bytes that go out. */
final class Replies {

  private static final RejectCode[] CODES = RejectCode.values();
  private static final int EXPLAINED_LENGTH_MIN = 11;

  private final byte[][] rejected;
  private final int lengthMax;

  /**
   * @param explain whether the reason follows the X; PROTOCOL.md, "Why an X"
   */
  Replies(boolean explain) {
    rejected = new byte[CODES.length][];
    int longest = Wwep.ACCEPTED_LENGTH;
    for (RejectCode code : CODES) {
      rejected[tag(code)] = explain ? explained(code) : new byte[] {Wwep.REJECTED};
      longest = Math.max(longest, rejected[tag(code)].length);
    }
    lengthMax = longest;
  }

  private static byte[] explained(RejectCode code) {
    byte[] text = ("X " + code.word()).getBytes(StandardCharsets.US_ASCII);
    byte[] padded = Arrays.copyOf(text, Math.max(EXPLAINED_LENGTH_MIN, text.length));
    Arrays.fill(padded, text.length, padded.length, (byte) ' ');
    return padded;
  }

  /** Returns the reply to a frame that was rejected with this code; not to be changed. */
  byte[] rejected(RejectCode code) {
    return rejected[tag(code)];
  }

  /** Returns the tag of the gap that stands for a frame rejected with this code. */
  @SuppressWarnings("EnumOrdinal") // Lives no longer than its batch.
  static int tag(RejectCode code) {
    return code.ordinal();
  }

  /** Returns why operation {@code i} of a completed batch was rejected, or null when it was not. */
  static RejectCode codeOf(Batch batch, int i) {
    int value = batch.value(i);
    if (batch.isGap(i)) {
      return CODES[value];
    }
    return value >= 0 ? null : batch.isWrite(i) ? RejectCode.STORAGE : RejectCode.NOT_WRITTEN;
  }

  /** Returns the most bytes that the replies to {@code requests} requests can take. */
  int bound(int requests) {
    return requests * lengthMax;
  }

  /**
   * Writes the replies to a completed batch, in order.
   *
   * @param target has at least {@link #bound} bytes
   * @return the number of bytes written
   */
  int encode(Batch batch, byte[] target) {
    int length = 0;
    for (int i = 0; i < batch.size(); i++) {
      RejectCode code = codeOf(batch, i);
      if (code == null) {
        Reply.putAccepted(target, length, batch.address(i), batch.value(i));
        length += Wwep.ACCEPTED_LENGTH;
      } else {
        byte[] reply = rejected[tag(code)];
        System.arraycopy(reply, 0, target, length, reply.length);
        length += reply.length;
      }
    }
    return length;
  }
}
