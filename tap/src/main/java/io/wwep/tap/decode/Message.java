package io.wwep.tap.decode;

/**
 * One message that was found in a stream.
 *
 * @param kind what it is
 * @param text its bytes as people read them, as in {@code W0FAC0B1234}
 * @param meaning the same in words
 * @param device 0 to 65,535, or {@link #NONE}
 * @param register 0 to 255, or {@link #NONE}
 * @param value 0 to 65,535, or {@link #NONE}
 * @param code why it is illegal, as in {@code too-long}; null otherwise
 * @param request of a reply: the request that it answers, as the board sent it; null otherwise
 * @param replyNanos of a reply: the time since its request, or {@link #NONE}
 */
public record Message(
    Kind kind,
    String text,
    String meaning,
    int device,
    int register,
    int value,
    String code,
    String request,
    long replyNanos) {

  /** Stands for no number. */
  public static final int NONE = -1;

  /** What a message is. */
  public enum Kind {
    /** A legal write. */
    WRITE,
    /** A legal read. */
    READ,
    /** What a server answers with {@code X}. */
    ILLEGAL,
    /** A line end on a line of its own. */
    EMPTY_LINE,
    /** The reply {@code A}. */
    ACCEPTED,
    /** The reply {@code X}. */
    REJECTED,
    /** What no WWEP server sends. */
    FOREIGN,
    /** A record of TLS, of which no more can be seen from outside than its kind and length. */
    TLS
  }

  /** One that is only bytes and words. */
  static Message of(Kind kind, String text, String meaning) {
    return new Message(kind, text, meaning, NONE, NONE, NONE, null, null, NONE);
  }

  /** Whether it is the reply to a request. */
  public boolean isReply() {
    return kind == Kind.ACCEPTED || kind == Kind.REJECTED;
  }
}
