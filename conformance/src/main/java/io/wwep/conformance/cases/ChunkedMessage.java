package io.wwep.conformance.cases;

import io.wwep.conformance.wire.Mismatch;
import io.wwep.conformance.wire.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * One message that is sent in chunks, and what must come back whichever way it is cut.
 *
 * <p>A chunk that completes or spoils a frame is followed by waiting for the reply, which proves
 * that the server has read it; after every other chunk a short wait makes the next one a read of
 * its own in nearly all cases, and what must come back does not depend on it.
 *
 * @param sent the message, {@code ####} and {@code ~~~~} standing for the device; an illegal one
 *     ends with its LF
 * @param replies replies that fall due, by the index of the byte that completes their frame
 * @param badAt index of the byte that spoils a frame, or -1
 * @param overLong whether that byte spoils the frame before it, when it comes in the same read
 */
record ChunkedMessage(String sent, List<Due> replies, int badAt, boolean overLong) {

  private static final int BETWEEN_CHUNKS_MILLIS = 4;
  private static final int ATTEMPTS_MAX = 5;

  /** A reply, and the index of the byte that it falls due with. */
  record Due(int at, String reply) {}

  static ChunkedMessage legal(String sent, Due... replies) {
    return new ChunkedMessage(sent, List.of(replies), -1, false);
  }

  static ChunkedMessage illegal(String sent, int badAt) {
    return new ChunkedMessage(sent, List.of(), badAt, false);
  }

  static ChunkedMessage overLong(String sent, int badAt, String reply) {
    return new ChunkedMessage(sent, List.of(new Due(badAt - 1, reply)), badAt, true);
  }

  /**
   * Sends the message cut behind byte i where bit i of {@code cuts} is set, and checks it all. What
   * fails while this machine was late proves nothing, and is done again.
   */
  void run(Talk talk, int cuts) throws Exception {
    for (int i = 1; !isAsItShould(talk, cuts, i == ATTEMPTS_MAX); i++) {
      Talk.pause(i * BETWEEN_CHUNKS_MILLIS);
    }
  }

  private boolean isAsItShould(Talk talk, int cuts, boolean last) throws Exception {
    try (Wire wire = talk.connect()) {
      try {
        converse(wire, talk, cuts);
        return true;
      } catch (Mismatch mismatch) {
        if (last || !wire.isLate()) {
          throw mismatch;
        }
        return false;
      }
    }
  }

  private void converse(Wire wire, Talk talk, int cuts) throws Exception {
    boolean open = true;
    int start = 0;
    for (int end = 1; end <= sent.length() && open; end++) {
      if (end == sent.length() || (cuts >> (end - 1) & 1) == 1) {
        open = sendChunk(wire, talk, start, end);
        start = end;
      }
    }
    finish(wire, talk, open);
  }

  /** Returns whether the connection goes on. */
  private boolean sendChunk(Wire wire, Talk talk, int start, int end) throws Exception {
    String filled = talk.fill(sent);
    wire.send(filled.substring(start, end));
    String due = talk.fill(repliesDue(start, end));
    if (due.isEmpty()) {
      Talk.pause(BETWEEN_CHUNKS_MILLIS);
    }
    wire.expect(due);
    boolean spoiled = start <= badAt && badAt < end;
    return !spoiled || sent.substring(badAt, end).contains("\n");
  }

  private String repliesDue(int start, int end) {
    boolean spoiled = start <= badAt && badAt < end;
    List<Due> due = new ArrayList<>(replies);
    due.removeIf(reply -> reply.at < start || reply.at >= end);
    if (spoiled && overLong) {
      due.removeIf(reply -> reply.at == badAt - 1);
    }
    if (spoiled) {
      due.add(new Due(badAt, "X"));
    }
    due.sort(Comparator.comparingInt(Due::at));
    return String.join("", due.stream().map(Due::reply).toList());
  }

  private static void finish(Wire wire, Talk talk, boolean open) throws IOException {
    if (open) {
      wire.exchange(talk.fill("R####FE"), "X");
    } else {
      wire.expectEnd();
    }
  }

  @Override
  public String toString() {
    String bytes = sent.replace("\n", "LF").replace("\r", "CR").replace("\0", "NUL");
    String shown = Talk.fill(bytes, "0FAC");
    return bytes.contains("~~~~") ? shown + " in lower case" : shown;
  }
}
