package io.wwep.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Hex digits as WWEP has them: taken in both cases, given in upper case. */
final class Hex {

  private static final byte[] UPPER = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** Value of each byte as a digit, or -1; a table because the parser asks for every byte. */
  private static final byte[] VALUE = new byte[256];

  static {
    Arrays.fill(VALUE, (byte) -1);
    for (int i = 0; i < 16; i++) {
      VALUE[UPPER[i]] = (byte) i;
      VALUE[Character.toLowerCase(UPPER[i])] = (byte) i;
    }
  }

  private Hex() {}

  /** Returns 0 to 15, or -1 when the byte is no hex digit. */
  static int value(byte digit) {
    return VALUE[digit & 0xFF];
  }

  /** Writes the low {@code 4 * digits} bits of {@code number} in upper case. */
  static void put(byte[] target, int offset, int digits, int number) {
    int rest = number;
    for (int i = offset + digits - 1; i >= offset; i--) {
      target[i] = UPPER[rest & 0xF];
      rest >>>= 4;
    }
  }

  /** Returns the low {@code 4 * digits} bits of {@code number} in upper case. */
  static String text(int digits, int number) {
    byte[] text = new byte[digits];
    put(text, 0, digits, number);
    return new String(text, StandardCharsets.US_ASCII);
  }

  /** Returns the value of {@code digits} digits, or -1 when one of them is no hex digit. */
  static int get(byte[] source, int offset, int digits) {
    int number = 0;
    for (int i = offset; i < offset + digits; i++) {
      int digit = value(source[i]);
      if (digit < 0) {
        return -1;
      }
      number = number << 4 | digit;
    }
    return number;
  }
}
