package io.wwep.console.feed;

import java.util.HexFormat;

/** Device IDs and registers as the console writes and reads them. */
public final class Ids {

  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int DEVICE_DIGITS = 4;

  private Ids() {}

  /** Returns four upper-case digits. */
  public static String device(int device) {
    return HEX.toHexDigits((short) device);
  }

  /** Returns two upper-case digits. */
  static String register(int register) {
    return HEX.toHexDigits((byte) register);
  }

  /** Returns the device that four digits of either case name, or a negative number. */
  public static int parseDevice(String digits) {
    boolean legal =
        digits.length() == DEVICE_DIGITS && digits.chars().allMatch(HexFormat::isHexDigit);
    return legal ? HexFormat.fromHexDigits(digits) : FeedEvent.NONE;
  }
}
