package io.wwep.store;

import io.wwep.protocol.RegisterId;
import java.util.Arrays;

/**
 * What a batch expects of registers, and which of them was not as expected.
 *
 * <p>Not thread-safe: goes with its batch.
 */
final class Expectations {

  private static final int NONE = -1;
  private static final int INITIAL_CAPACITY = 4;

  private int[] addresses = new int[INITIAL_CAPACITY];
  private int[] values = new int[INITIAL_CAPACITY];
  private int size;

  /** Index of the first that did not hold, or {@link #NONE}. */
  private int unmet = NONE;

  /** What was found in its place. */
  private int found;

  void clear() {
    size = 0;
    unmet = NONE;
  }

  /**
   * @param value 0 to 65,535, or {@link Store#ABSENT}
   * @throws IllegalStateException when there are {@link Batch#EXPECTATIONS_MAX} already
   */
  void add(int address, int value) {
    if (size == Batch.EXPECTATIONS_MAX) {
      throw new IllegalStateException(
          "a batch has at most %d expectations: make several of it"
              .formatted(Batch.EXPECTATIONS_MAX));
    }
    if (size == addresses.length) {
      addresses = Arrays.copyOf(addresses, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    addresses[size] = address;
    values[size++] = value;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** Looks whether all hold, and notes the first that does not. */
  boolean hold(RegisterTable table) {
    for (int i = 0; i < size; i++) {
      int value = table.get(addresses[i]);
      if (value != values[i]) {
        unmet = i;
        found = value;
        return false;
      }
    }
    return true;
  }

  /** Returns the address of the register that was not as expected. */
  int unmetAddress() {
    return addresses[unmet];
  }

  /** Returns what that register had: 0 to 65,535, or {@link Store#ABSENT}. */
  int foundValue() {
    return found;
  }

  /** Says what was not as expected, as a sentence with its cure. */
  String sentence() {
    RegisterId id = RegisterId.ofAddress(addresses[unmet]);
    return "register %02X of device %04X %s and not %s: nothing was stored, read it again and decide anew"
        .formatted(
            id.register(),
            id.device(),
            found == Store.ABSENT ? "was never written" : "has the value %04X".formatted(found),
            values[unmet] == Store.ABSENT ? "unwritten" : "%04X".formatted(values[unmet]));
  }
}
