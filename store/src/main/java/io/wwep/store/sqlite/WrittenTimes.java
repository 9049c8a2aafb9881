package io.wwep.store.sqlite;

import java.util.Arrays;

/**
 * The registers that were written since some moment, and when each was last: an open-addressing map
 * from an address to a time that allocates nothing for an entry.
 *
 * <p>Commit thread only.
 */
final class WrittenTimes {

  private static final int CAPACITY_MIN = 1 << 10;
  private static final int CAPACITY_KEPT_MAX = 1 << 16;

  /** Addresses plus one, so that zero means free. */
  private int[] keys = new int[CAPACITY_MIN];

  private long[] times = new long[CAPACITY_MIN];
  private int size;

  /** Makes room for {@code count} more, so that as many puts need no memory. */
  void reserve(int count) {
    while ((size + count) * 2L > keys.length) {
      grow();
    }
  }

  /** Notes a write; there must be room for it. */
  void put(int address, long timeMillis) {
    int slot = slotOf(address);
    if (keys[slot] == 0) {
      keys[slot] = address + 1;
      size++;
    }
    times[slot] = timeMillis;
  }

  /** Returns when the register was written, milliseconds since 1970; it must be in the map. */
  long timeOf(int address) {
    return times[slotOf(address)];
  }

  int size() {
    return size;
  }

  /** Returns the addresses in ascending order. */
  int[] sorted() {
    int[] addresses = new int[size];
    int next = 0;
    for (int key : keys) {
      if (key != 0) {
        addresses[next++] = key - 1;
      }
    }
    Arrays.sort(addresses);
    return addresses;
  }

  void clear() {
    if (keys.length > CAPACITY_KEPT_MAX) {
      keys = new int[CAPACITY_MIN];
      times = new long[CAPACITY_MIN];
    } else {
      Arrays.fill(keys, 0);
    }
    size = 0;
  }

  private int slotOf(int address) {
    int mask = keys.length - 1;
    int slot = ((address * 0x9E3779B1) >>> 8) & mask;
    while (keys[slot] != 0 && keys[slot] != address + 1) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    int[] oldKeys = keys;
    long[] oldTimes = times;
    long[] newTimes = new long[oldTimes.length * 2];
    keys = new int[oldKeys.length * 2];
    times = newTimes;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != 0) {
        int slot = slotOf(oldKeys[i] - 1);
        keys[slot] = oldKeys[i];
        times[slot] = oldTimes[i];
      }
    }
  }
}
