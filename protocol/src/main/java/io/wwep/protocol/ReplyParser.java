package io.wwep.protocol;

import java.nio.charset.StandardCharsets;

/**
 * Cuts the bytes that a server sends into replies: the client's side of the wire.
 *
 * <p>A reply is complete with its last byte. Behind an {@code X} a server started with {@code
 * --explain} sends a space and lower-case words; they end at the next byte that is neither, so they
 * are given with the {@code X} when they came in the same read, and skipped when they come later.
 *
 * <p>One instance belongs to one connection and to the thread that feeds it.
 */
public final class ReplyParser {

  /** Receives the replies in the order of the stream, on the thread that feeds the parser. */
  @FunctionalInterface
  public interface Sink {

    /** One reply of the server. */
    void reply(Reply reply);
  }

  private static final int EXPLANATION_BYTES_MAX = 64;

  private final Sink sink;
  private final byte[] accepted = new byte[Wwep.ACCEPTED_LENGTH];
  private int length;
  private boolean behindRejection;

  /**
   * @param sink receives the replies
   */
  public ReplyParser(Sink sink) {
    this.sink = sink;
  }

  /** Whether a reply has begun and is not complete. */
  public boolean inReply() {
    return length > 0;
  }

  /**
   * Parses one read.
   *
   * @param bytes holds the read from {@code start} to {@code limit}; only used during the call
   * @return false when a byte came that no WWEP server sends: this peer is no WWEP server, and
   *     nothing after that byte was looked at
   */
  public boolean parse(byte[] bytes, int start, int limit) {
    int i = start;
    while (i < limit) {
      byte b = bytes[i];
      if (length > 0) {
        if (!takeDigit(b)) {
          return false;
        }
        i++;
      } else if (behindRejection && isExplanation(b)) {
        i++;
      } else if (b == Wwep.ACCEPTED) {
        behindRejection = false;
        accepted[length++] = b;
        i++;
      } else if (b == Wwep.REJECTED) {
        int end = endOfExplanation(bytes, i + 1, limit);
        behindRejection = true;
        sink.reply(new Reply.Rejected(text(bytes, i + 1, end)));
        i = end;
      } else {
        return false;
      }
    }
    return true;
  }

  private boolean takeDigit(byte b) {
    if (Hex.value(b) < 0) {
      return false;
    }
    accepted[length++] = b;
    if (length == accepted.length) {
      length = 0;
      RegisterId id = RegisterId.ofAddress(Hex.get(accepted, 1, 6));
      sink.reply(new Reply.Accepted(id, Hex.get(accepted, 7, 4)));
    }
    return true;
  }

  private static int endOfExplanation(byte[] bytes, int start, int limit) {
    int end = start;
    while (end < limit && end - start < EXPLANATION_BYTES_MAX && isExplanation(bytes[end])) {
      end++;
    }
    return end;
  }

  private static boolean isExplanation(byte b) {
    return b == ' ' || b == '-' || (b >= 'a' && b <= 'z');
  }

  private static String text(byte[] bytes, int start, int end) {
    return new String(bytes, start, end - start, StandardCharsets.US_ASCII).strip();
  }
}
