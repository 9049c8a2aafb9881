package io.wwep.store.sqlite;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The checksums of rows, CRC-32C (RFC 3720), each in a column {@code crc} as a signed number.
 * SQLite has none for the pages of a database file, and would serve a flipped bit as it is.
 *
 * <p>A checksum covers the row's key too, so that a row in a wrong place does not fit.
 */
final class Checksum {

  private Checksum() {}

  /** Returns that of a row with two numbers and a value of bytes. */
  static int of(long key, long number, byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(ByteBuffer.allocate(2 * Long.BYTES).putLong(key).putLong(number).array());
    crc.update(bytes);
    return (int) crc.getValue();
  }

  /** Returns that of a row with a text. */
  static int of(long key, long number, String text) {
    return of(key, number, text.getBytes(StandardCharsets.UTF_8));
  }
}
