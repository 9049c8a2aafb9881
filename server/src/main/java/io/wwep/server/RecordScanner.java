package io.wwep.server;

import io.netty.buffer.ByteBuf;

/**
 * Follows the borders of TLS records in a stream, to see an alert before it is decrypted.
 *
 * <pre>
 *   byte   0      1..2      3..4     5 ...
 *         +------+---------+--------+----------------------+
 *         | type | version | length | length bytes of body |
 *         +------+---------+--------+----------------------+
 * </pre>
 *
 * <p>Since TLS 1.3 an alert hides behind type 23, application data, and gives itself away only by
 * its length: two bytes of alert, one of type and sixteen of tag. Two bytes of WWEP look the same.
 *
 * <p>One instance belongs to one connection and to its loop's thread.
 */
final class RecordScanner {

  /** What {@link #next} found. */
  enum Found {
    /** Nothing up to the end of the bytes. */
    NOTHING,
    /** An alert in clear, or one that only TLS up to 1.2 marks as such. */
    ALERT,
    /** A record that is either an alert of TLS 1.3 or one or two bytes of WWEP. */
    MAYBE_ALERT
  }

  private static final int HEADER_LENGTH = 5;
  private static final int TYPE_ALERT = 21;
  private static final int TYPE_APPLICATION_DATA = 23;
  private static final int MAYBE_ALERT_LENGTH = 19;

  /** Bytes of the current record's body that are still to come. */
  private int remaining;

  /**
   * Moves over whole records, or the parts of them that are there, and stops before one that may be
   * an alert; the reader index is left behind what may be passed on. A header that is not complete
   * is left too.
   */
  Found next(ByteBuf bytes) {
    while (bytes.isReadable()) {
      int step = Math.min(remaining, bytes.readableBytes());
      bytes.skipBytes(step);
      remaining -= step;
      if (bytes.readableBytes() < HEADER_LENGTH) {
        return Found.NOTHING;
      }
      Found found = kind(bytes);
      if (found != Found.NOTHING) {
        return found;
      }
      pass(bytes);
    }
    return Found.NOTHING;
  }

  private static Found kind(ByteBuf bytes) {
    int type = bytes.getUnsignedByte(bytes.readerIndex());
    if (type == TYPE_ALERT) {
      return Found.ALERT;
    }
    boolean small = bodyLength(bytes) == MAYBE_ALERT_LENGTH;
    return type == TYPE_APPLICATION_DATA && small ? Found.MAYBE_ALERT : Found.NOTHING;
  }

  private static int bodyLength(ByteBuf bytes) {
    return bytes.getUnsignedShort(bytes.readerIndex() + 3);
  }

  /** Moves over the header at the reader index, whatever record it starts. */
  void pass(ByteBuf bytes) {
    remaining = bodyLength(bytes);
    bytes.skipBytes(HEADER_LENGTH);
  }
}
