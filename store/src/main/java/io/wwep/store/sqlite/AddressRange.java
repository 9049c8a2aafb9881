package io.wwep.store.sqlite;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Wwep;

/**
 * Registers whose addresses follow each other.
 *
 * @param first smallest address, device × 256 + register, 0 to 0xFFFFFF
 * @param last largest address, {@code first} to 0xFFFFFF
 */
public record AddressRange(int first, int last) {

  /** All registers of all devices. */
  public static final AddressRange ALL = new AddressRange(0, Wwep.REGISTER_COUNT - 1);

  /**
   * @throws IllegalArgumentException when an address is out of its range
   */
  public AddressRange {
    if (first < 0 || last >= Wwep.REGISTER_COUNT || first > last) {
      throw new IllegalArgumentException(
          "addresses must be 0 to %d, the first one not behind the last, not %d to %d"
              .formatted(Wwep.REGISTER_COUNT - 1, first, last));
    }
  }

  /** Returns one register alone. */
  public static AddressRange of(int address) {
    return new AddressRange(address, address);
  }

  /** Returns the 256 registers of a device, 0 to 0xFFFF. */
  public static AddressRange ofDevice(int device) {
    int first = new RegisterId(device, 0).address();
    return new AddressRange(first, first | RegisterId.REGISTER_MAX);
  }

  boolean has(int address) {
    return address >= first && address <= last;
  }
}
