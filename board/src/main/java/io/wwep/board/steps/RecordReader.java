package io.wwep.board.steps;

import io.wwep.protocol.tls.TlsRecord;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Cuts what passes in one direction into TLS records (RFC 8446, section 5.1). */
final class RecordReader {

  /** Is told of each record. */
  @FunctionalInterface
  interface Sink {

    /**
     * A whole record passed.
     *
     * @param type 20 to 23
     * @param record with its header
     */
    void record(int type, byte[] record);
  }

  static final int HEADER_BYTES = 5;

  /** RFC 5246, section 6.2.3: the most that an encrypted record may have. */
  private static final int BODY_BYTES_MAX = (1 << 14) + 2_048;

  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final Sink sink;

  RecordReader(Sink sink) {
    this.sink = sink;
  }

  /**
   * Takes what passed.
   *
   * @return false when this is no TLS; nothing may follow then
   */
  boolean read(byte[] bytes) {
    pending.writeBytes(bytes);
    byte[] all = pending.toByteArray();
    int start = 0;
    while (start < all.length) {
      if (!isRecord(all, start)) {
        return false;
      }
      int end = end(all, start);
      if (end < 0 || end > all.length) {
        break;
      }
      sink.record(all[start], Arrays.copyOfRange(all, start, end));
      start = end;
    }
    pending.reset();
    pending.write(all, start, all.length - start);
    return true;
  }

  private static boolean isRecord(byte[] all, int start) {
    boolean type = TlsRecord.isKind(all[start]);
    boolean version = start + 1 >= all.length || all[start + 1] == 3;
    return type && version && end(all, start) <= start + HEADER_BYTES + BODY_BYTES_MAX;
  }

  /** Returns where the record ends, or -1 when its header is not there yet. */
  private static int end(byte[] all, int start) {
    if (all.length < start + HEADER_BYTES) {
      return -1;
    }
    return start + HEADER_BYTES + (((all[start + 3] & 0xFF) << 8) | (all[start + 4] & 0xFF));
  }
}
