package io.wwep.server;

import io.netty.buffer.ByteBuf;

/**
 * Follows the borders of TLS records in a stream.
 *
 * <pre>
 *   byte   0      1..2      3..4     5 ...
 *         +------+---------+--------+----------------------+
 *         | type | version | length | length bytes of body |
 *         +------+---------+--------+----------------------+
 * </pre>
 *
 * <p>One instance belongs to one connection and to its loop's thread.
 */
final class RecordScanner {

  private static final int HEADER_LENGTH = 5;
  private static final int TYPE_ALERT = 21;

  /** Bytes of the current record's body that are still to come. */
  private int remaining;

  /** Moves over what is left of the current record's body, as far as it is there. */
  void skipBody(ByteBuf bytes) {
    int step = Math.min(remaining, bytes.readableBytes());
    bytes.skipBytes(step);
    remaining -= step;
  }

  /** Whether a whole header is at the reader index. */
  boolean isAtHeader(ByteBuf bytes) {
    return remaining == 0 && bytes.readableBytes() >= HEADER_LENGTH;
  }

  /** Whether nothing follows the record whose header is at the reader index. */
  boolean isLast(ByteBuf bytes) {
    return bytes.readableBytes() <= HEADER_LENGTH + bodyLength(bytes);
  }

  /**
   * Whether the record whose header is at the reader index is marked as an alert: before
   * encryption, and up to TLS 1.2.
   */
  boolean isAlert(ByteBuf bytes) {
    return bytes.getUnsignedByte(bytes.readerIndex()) == TYPE_ALERT;
  }

  /** Returns the body's length of the record whose header is at the reader index. */
  int bodyLength(ByteBuf bytes) {
    return bytes.getUnsignedShort(bytes.readerIndex() + 3);
  }

  /** Moves over the header at the reader index and what is there of its body. */
  void enter(ByteBuf bytes) {
    remaining = bodyLength(bytes);
    bytes.skipBytes(HEADER_LENGTH);
    skipBody(bytes);
  }

  /** Whether the record that was entered last is complete. */
  boolean isComplete() {
    return remaining == 0;
  }
}
