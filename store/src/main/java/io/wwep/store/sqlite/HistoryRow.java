package io.wwep.store.sqlite;

import io.wwep.store.Batch;

/**
 * A write of the history, packed into one {@code long}; in the file it is eight bytes, the highest
 * first, so that SQL takes it apart with {@code substr} and {@code hex}.
 *
 * <pre>
 *   63 62          40 39           16 15      0
 *   +-+--------------+---------------+---------+
 *   |0|   peer row   |    address    |  value  |
 *   +-+--------------+---------------+---------+
 * </pre>
 */
final class HistoryRow {

  /** Largest number of a peer's row that fits. */
  static final int PEER_MAX = (1 << 23) - 1;

  private static final int ADDRESS_SHIFT = 16;
  private static final int PEER_SHIFT = 40;
  private static final int ADDRESS_MASK = 0xFF_FFFF;
  private static final int VALUE_MASK = 0xFFFF;

  private HistoryRow() {}

  static long pack(int address, int value, int peer) {
    return (long) peer << PEER_SHIFT | (long) address << ADDRESS_SHIFT | value;
  }

  /**
   * Packs the writes of a batch in their order into {@code rows}, from index {@code at}.
   *
   * @return the index behind the last one
   */
  static int packWrites(Batch batch, int peer, long[] rows, int at) {
    int next = at;
    for (int i = 0; i < batch.size(); i++) {
      if (batch.isWrite(i)) {
        rows[next++] = pack(batch.address(i), batch.requestedValue(i), peer);
      }
    }
    return next;
  }

  static int address(long row) {
    return (int) (row >>> ADDRESS_SHIFT) & ADDRESS_MASK;
  }

  static int peer(long row) {
    return (int) (row >>> PEER_SHIFT);
  }

  static int value(long row) {
    return (int) row & VALUE_MASK;
  }
}
