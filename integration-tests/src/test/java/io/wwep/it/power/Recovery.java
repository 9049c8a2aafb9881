package io.wwep.it.power;

import io.wwep.store.Store;
import java.util.List;

/**
 * What a server did that opened the files after a power loss: it wrote growing values to a register
 * of its own.
 *
 * @param acknowledged the last value that was acknowledged; {@link Store#ABSENT} for none
 * @param sent the last value that was sent
 */
record Recovery(int acknowledged, int sent) {

  /** No board has this register. */
  static final int ADDRESS = 0xFFFE00;

  static final Recovery NONE = new Recovery(Store.ABSENT, Store.ABSENT);

  /** Returns what the server had done at a moment. */
  static Recovery at(long nanos, List<RecoveringServer.Write> writes) {
    int acknowledged = Store.ABSENT;
    int sent = Store.ABSENT;
    for (RecoveringServer.Write write : writes) {
      sent = write.sentNanos() - nanos < 0 ? write.value() : sent;
      acknowledged = write.acknowledgedNanos() - nanos < 0 ? write.value() : acknowledged;
    }
    return new Recovery(acknowledged, sent);
  }

  boolean isOf(int address) {
    return address == ADDRESS && sent != Store.ABSENT;
  }

  /**
   * Returns whether the register holds something.
   *
   * @throws AssertionError when it holds what it must not
   */
  boolean check(Store store) {
    int value = store.read(ADDRESS);
    if (value < acknowledged || value > sent) {
      throw new AssertionError(
          "the recovery's register holds %d, and %d was acknowledged, %d sent"
              .formatted(value, acknowledged, sent));
    }
    return value != Store.ABSENT;
  }
}
