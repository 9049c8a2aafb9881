package io.wwep.protocol;

/**
 * What the beginning of a frame says though the rest of it may be illegal, told from the text that
 * people are shown ({@link WireText#show(byte[])}).
 */
public final class ShownFrame {

  /** The frame is not legal as far as that. */
  public static final int UNKNOWN = -1;

  private static final int DEVICE_FROM = 1;
  private static final int DEVICE_DIGITS = 4;
  private static final int REGISTER_FROM = DEVICE_FROM + DEVICE_DIGITS;
  private static final int REGISTER_DIGITS = 2;

  private ShownFrame() {}

  /** Returns the device ID, 0 to 65,535, or {@link #UNKNOWN}. */
  public static int device(String shown) {
    boolean command = shown.startsWith("W") || shown.startsWith("R");
    return command ? number(shown, DEVICE_FROM, DEVICE_DIGITS) : UNKNOWN;
  }

  /** Returns the number of the register, 0 to 255, or {@link #UNKNOWN}. */
  public static int register(String shown) {
    return device(shown) == UNKNOWN ? UNKNOWN : number(shown, REGISTER_FROM, REGISTER_DIGITS);
  }

  private static int number(String shown, int from, int digits) {
    if (shown.length() < from + digits) {
      return UNKNOWN;
    }
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      char c = shown.charAt(i);
      int digit = c < 0x80 ? Hex.value((byte) c) : UNKNOWN;
      if (digit < 0) {
        return UNKNOWN;
      }
      number = number << 4 | digit;
    }
    return number;
  }
}
