package io.wwep.console.rest;

import java.util.HexFormat;

/** Device IDs, registers and values as the console writes and reads them, in hex. */
public final class Ids {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int DEVICE_DIGITS = 4;
  private static final int NONE = -1;

  private Ids() {}

  /** Returns four upper-case digits. */
  public static String device(int device) {
    return HEX.toHexDigits((short) device);
  }

  /** Returns two upper-case digits. */
  public static String register(int register) {
    return HEX.toHexDigits((byte) register);
  }

  /** Returns four upper-case digits. */
  public static String value(int value) {
    return HEX.toHexDigits((short) value);
  }

  /** Returns the device that four digits of either case name, or a negative number. */
  public static int parseDevice(String digits) {
    return areHex(digits, DEVICE_DIGITS) ? HexFormat.fromHexDigits(digits) : NONE;
  }

  /**
   * Returns the number that so many digits of either case mean, 1 to 7.
   *
   * @throws IllegalArgumentException when they are others; the message goes on behind a name
   */
  public static int parse(String digits, int count) {
    if (!areHex(digits, count)) {
      throw new IllegalArgumentException("must be %d hex digits".formatted(count));
    }
    return HexFormat.fromHexDigits(digits);
  }

  private static boolean areHex(String digits, int count) {
    return digits.length() == count && digits.chars().allMatch(HexFormat::isHexDigit);
  }
}
