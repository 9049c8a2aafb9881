package io.wwep.store.sqlite;

import io.wwep.protocol.RegisterId;
import io.wwep.store.RegisterTable;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * A row of {@code register_base}: the written registers of one device, in ascending order, ten
 * bytes for each, the highest first. The time has a decimal digit in each half of a byte, because
 * SQL makes a number of {@code hex} of that at once.
 *
 * <pre>
 *   | register (1) | value (2) | milliseconds since 1970, 14 digits (7) |
 * </pre>
 */
final class BaseRow {

  /** Registers of one device, as a power of two. */
  static final int REGISTER_BITS = 8;

  private static final int ENTRY_BYTES = 10;
  private static final int TIME_DIGITS = 14;
  private static final long TIME_MILLIS_MAX = 99_999_999_999_999L;
  private static final byte[] NONE = {};

  private final int device;
  private final byte[] registers;
  private final int crc;

  private BaseRow(int device, byte[] registers, int crc) {
    this.device = device;
    this.registers = registers;
    this.crc = crc;
  }

  /** Returns the device, 0 to 0xFFFF. */
  int device() {
    return device;
  }

  /** Returns the entries. */
  byte[] registers() {
    return registers;
  }

  /** Returns the checksum of both. */
  int crc() {
    return crc;
  }

  /** Receives the registers of a row. */
  interface Visitor {
    void register(int address, int value, long timeMillis) throws SQLException;
  }

  /** Makes the row that these entries are. */
  private static BaseRow of(int device, byte[] registers) {
    return new BaseRow(device, registers, Checksum.of(device, 0, registers));
  }

  /** Returns a row without registers, to be merged into. */
  static BaseRow empty(int device) {
    return of(device, NONE);
  }

  /**
   * Accepts a row as it was read.
   *
   * @throws SQLException when it is not what was written
   */
  static BaseRow verified(long device, byte[] registers, int crc) throws SQLException {
    boolean whole =
        device >= 0
            && device <= RegisterId.DEVICE_MAX
            && registers != null
            && registers.length > 0
            && registers.length % ENTRY_BYTES == 0
            && Checksum.of(device, 0, registers) == crc;
    if (!whole) {
      throw Damage.of("the registers of device %04X are not what was written".formatted(device));
    }
    return new BaseRow((int) device, registers, crc);
  }

  void visit(Visitor visitor) throws SQLException {
    ByteBuffer entries = ByteBuffer.wrap(registers);
    for (int at = 0; at < registers.length; at += ENTRY_BYTES) {
      visitor.register(addressAt(entries, at), valueAt(entries, at), timeAt(entries, at));
    }
  }

  /** Puts the values into memory. */
  void load(RegisterTable table) {
    ByteBuffer entries = ByteBuffer.wrap(registers);
    for (int at = 0; at < registers.length; at += ENTRY_BYTES) {
      table.load(addressAt(entries, at), valueAt(entries, at));
    }
  }

  private int addressAt(ByteBuffer entries, int at) {
    return (device << REGISTER_BITS) | (entries.get(at) & 0xFF);
  }

  private static int valueAt(ByteBuffer entries, int at) {
    return entries.getShort(at + 1) & 0xFFFF;
  }

  private static long timeAt(ByteBuffer entries, int at) {
    long digits = entries.getLong(at + 2);
    long millis = 0;
    for (int shift = 4 * (TIME_DIGITS - 1); shift >= 0; shift -= 4) {
      millis = (10 * millis) + ((digits >>> shift) & 0xF);
    }
    return millis;
  }

  /** Returns a time as a row can keep it. One it cannot keep comes from a clock that is far off. */
  static long clamped(long timeMillis) {
    return Math.max(0, Math.min(timeMillis, TIME_MILLIS_MAX));
  }

  private static long digitsOf(long timeMillis) {
    long rest = clamped(timeMillis);
    long digits = 0;
    for (int shift = 0; shift < 4 * TIME_DIGITS; shift += 4) {
      digits |= (rest % 10) << shift;
      rest /= 10;
    }
    return digits;
  }

  /** Where the values come from that a row takes over. */
  interface Source {
    int value(int address);

    long timeMillis(int address);
  }

  /**
   * Returns the row with other registers of the device as well, or in place of those it has.
   *
   * @param addresses in ascending order; those from index {@code from} up to, but without, {@code
   *     end} are taken
   */
  BaseRow with(int[] addresses, int from, int end, Source source) {
    ByteBuffer merged = ByteBuffer.allocate(registers.length + ((end - from) * ENTRY_BYTES));
    int old = 0;
    for (int i = from; i < end; i++) {
      int register = addresses[i] & RegisterId.REGISTER_MAX;
      while (old < registers.length && (registers[old] & 0xFF) < register) {
        merged.put(registers, old, ENTRY_BYTES);
        old += ENTRY_BYTES;
      }
      if (old < registers.length && (registers[old] & 0xFF) == register) {
        old += ENTRY_BYTES;
      }
      long value = source.value(addresses[i]);
      // Of the eight bytes behind it only the lower seven are the time.
      merged.put((byte) register).putShort((short) value).position(merged.position() - 1);
      merged.putLong((value << (4 * TIME_DIGITS)) | digitsOf(source.timeMillis(addresses[i])));
    }
    merged.put(registers, old, registers.length - old);
    return of(device, Arrays.copyOf(merged.array(), merged.position()));
  }
}
