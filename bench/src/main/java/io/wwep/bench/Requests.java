package io.wwep.bench;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/**
 * Makes requests as numbers and writes them as frames; allocates nothing.
 *
 * <pre>
 *   address (24 bits) | write (1 bit) | value (16 bits)
 * </pre>
 */
final class Requests {

  static final int BYTES_MAX = 11;

  private static final byte[] DIGITS = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
  private static final int WRITE = 1 << 16;

  private Requests() {}

  /** Returns a request for a random register of the load, a write as often as it says. */
  static long random(Load load, SplittableRandom random) {
    int address = load.address(random.nextInt(load.registerCount()));
    boolean write = load.writesPercent() > 0 && random.nextInt(100) < load.writesPercent();
    return write ? write(address, random.nextInt(1 << 16)) : read(address);
  }

  static long read(int address) {
    return (long) address << 17;
  }

  static long write(int address, int value) {
    return (long) address << 17 | WRITE | value;
  }

  static boolean isWrite(long request) {
    return (request & WRITE) != 0;
  }

  /** Whether {@code A} with this register and value answers the request. */
  static boolean isAnsweredBy(long request, int address, int value) {
    return (int) (request >>> 17) == address && (!isWrite(request) || (request & 0xFFFF) == value);
  }

  static void append(long request, ByteBuf frames) {
    boolean write = isWrite(request);
    frames.writeByte(write ? 'W' : 'R');
    appendDigits((int) (request >>> 17), 6, frames);
    if (write) {
      appendDigits((int) request & 0xFFFF, 4, frames);
    }
  }

  private static void appendDigits(int number, int digits, ByteBuf frames) {
    for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
      frames.writeByte(DIGITS[number >>> shift & 0xF]);
    }
  }
}
