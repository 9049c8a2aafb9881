package io.wwep.store.sqlite;

import java.util.List;

/** Pages of a history, the newest writes first. */
final class Newest {

  private Newest() {}

  /** Those of a register, of numbers below a bound. */
  static List<HistoryEntry> of(HistoryReader reader, int address, long before, int limit) {
    return page(reader, AddressRange.of(address), before, limit);
  }

  /** Those of all registers of a device. */
  static List<HistoryEntry> ofDevice(HistoryReader reader, int device, long before, int limit) {
    return page(reader, AddressRange.ofDevice(device), before, limit);
  }

  private static List<HistoryEntry> page(
      HistoryReader reader, AddressRange registers, long before, int limit) {
    return reader.writes(registers, 0, before, limit, HistoryOrder.NEWEST_FIRST);
  }
}
