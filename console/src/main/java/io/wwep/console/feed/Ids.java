package io.wwep.console.feed;

import io.wwep.protocol.Hex;
import io.wwep.protocol.RegisterId;

/** Device IDs and registers as the console writes and reads them. */
final class Ids {

  private static final int DEVICE_DIGITS = 4;
  private static final int REGISTER_DIGITS = 2;

  private Ids() {}

  /** Returns four upper-case digits. */
  static String device(int device) {
    return Hex.text(DEVICE_DIGITS, device);
  }

  /** Returns two upper-case digits. */
  static String register(int register) {
    return Hex.text(REGISTER_DIGITS, register);
  }

  /** Returns the device that four digits of either case name, or a negative number. */
  static int parseDevice(String digits) {
    if (digits.length() != DEVICE_DIGITS) {
      return FeedEvent.NONE;
    }
    int device = 0;
    for (int i = 0; i < DEVICE_DIGITS; i++) {
      char c = digits.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : FeedEvent.NONE;
      if (digit < 0) {
        return FeedEvent.NONE;
      }
      device = device << 4 | digit;
    }
    return device & RegisterId.DEVICE_MAX;
  }
}
