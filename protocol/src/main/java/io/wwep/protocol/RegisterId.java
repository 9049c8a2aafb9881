package io.wwep.protocol;

/**
 * One register of one device. An instance is always valid.
 *
 * <p>Where millions of them pass by, the same identity travels as an {@code int}, the
 * <em>address</em>: {@code device << 8 | register}, 0 to 16,777,215.
 *
 * @param device 0 to 65,535 (0000 to FFFF on the wire)
 * @param register 0 to 255 (00 to FF on the wire)
 */
public record RegisterId(int device, int register) {

  /** Largest device ID. */
  public static final int DEVICE_MAX = 0xFFFF;

  /** Largest register number of a device. */
  public static final int REGISTER_MAX = 0xFF;

  /** Largest value of a register: 16 bits, unsigned. */
  public static final int VALUE_MAX = 0xFFFF;

  /**
   * @throws IllegalArgumentException when a number is out of its range; the message names it, the
   *     range and the number given
   */
  public RegisterId {
    requireDevice(device);
    requireInRange("register", register, REGISTER_MAX);
  }

  /** Returns the register with this address, 0 to 16,777,215. */
  public static RegisterId ofAddress(int address) {
    requireInRange("address", address, Wwep.REGISTER_COUNT - 1);
    return new RegisterId(address >>> 8, address & 0xFF);
  }

  /** Returns {@code device << 8 | register}. */
  public int address() {
    return device << 8 | register;
  }

  /**
   * Returns {@code device} when it is a device ID.
   *
   * @throws IllegalArgumentException when it is not within 0 to 65,535
   */
  public static int requireDevice(int device) {
    return requireInRange("device", device, DEVICE_MAX);
  }

  /**
   * Returns {@code value} when it fits a register.
   *
   * @throws IllegalArgumentException when it is not within 0 to 65,535
   */
  public static int requireValue(int value) {
    return requireInRange("value", value, VALUE_MAX);
  }

  private static int requireInRange(String name, int number, int max) {
    if (number < 0 || number > max) {
      throw new IllegalArgumentException(
          "%s must be 0 to %d (0x%X), not %d".formatted(name, max, max, number));
    }
    return number;
  }

  /** Returns the six digits of the wire, as in {@code 0FAC0B}. */
  @Override
  public String toString() {
    return Hex.text(6, address());
  }
}
