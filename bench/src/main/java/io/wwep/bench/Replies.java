package io.wwep.bench;

import io.netty.buffer.ByteBuf;

/**
 * Cuts what a server sends into replies; allocates nothing, which is why it is not the protocol's
 * own parser. One for each connection.
 */
final class Replies {

  /** Receives them in their order. */
  interface Sink {
    void accepted(int address, int value);

    void rejected();
  }

  private static final int DIGITS = 10;

  private final Sink sink;
  private int digitsLeft;
  private long number;
  private boolean behindRejection;

  Replies(Sink sink) {
    this.sink = sink;
  }

  /** Returns false at a byte that no WWEP server sends. */
  boolean parse(ByteBuf bytes) {
    int end = bytes.writerIndex();
    for (int i = bytes.readerIndex(); i < end; i++) {
      if (!take(bytes.getByte(i))) {
        return false;
      }
    }
    return true;
  }

  private boolean take(byte b) {
    if (digitsLeft > 0) {
      return takeDigit(b);
    }
    if (b == 'A') {
      digitsLeft = DIGITS;
      number = 0;
      behindRejection = false;
    } else if (b == 'X') {
      behindRejection = true;
      sink.rejected();
    } else {
      // A server with --explain says why behind the X.
      return behindRejection && (b == ' ' || b == '-' || (b >= 'a' && b <= 'z'));
    }
    return true;
  }

  private boolean takeDigit(byte b) {
    // Lower case is legal in a request only.
    int digit = b >= 'a' ? -1 : Character.digit(b, 16);
    if (digit < 0) {
      return false;
    }
    number = number << 4 | digit;
    if (--digitsLeft == 0) {
      sink.accepted((int) (number >>> 16), (int) number & 0xFFFF);
    }
    return true;
  }
}
