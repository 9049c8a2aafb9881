package io.wwep.certs.file;

import java.util.Arrays;

/**
 * How long a DER value says that it is.
 *
 * @param total bytes from its first to its last one
 * @param isDefinite whether it says so at its beginning; BER may leave it open
 */
record DerLength(long total, boolean isDefinite) {

  private static final int LENGTH_BYTES_MAX = 4;

  /** Returns that of the value at the beginning; one that cannot be read is all there is. */
  static DerLength of(byte[] bytes) {
    if (bytes.length < 2) {
      return new DerLength(2, true);
    }
    int first = bytes[1] & 0xFF;
    if (first < 0x80) {
      return new DerLength(2 + first, true);
    }
    int count = first & 0x7F;
    if (count == 0 || count > LENGTH_BYTES_MAX || bytes.length < 2 + count) {
      return new DerLength(bytes.length, false);
    }
    long length = 0;
    for (int i = 0; i < count; i++) {
      length = length << 8 | (bytes[2 + i] & 0xFF);
    }
    return new DerLength(2 + count + length, true);
  }

  /** Returns the value alone. */
  byte[] first(byte[] bytes) {
    return total < bytes.length ? Arrays.copyOf(bytes, (int) total) : bytes;
  }
}
