package io.wwep.store.sqlite;

/**
 * The writes of one run of the index to one register, few enough to be kept in memory: each by
 * itself or, where there are more than 256, those of each block of 256 numbers as one entry.
 *
 * <p>Entries ascend. The first and last position of one are the lower 16 bits of the numbers of its
 * first and last write.
 */
final class RunSummary {

  /** As powers of two: how many numbers a block has, and how many blocks a run. */
  static final int BLOCK_BITS = 8;

  static final int ENTRIES_MAX = RunBlock.RUN_WRITES >>> BLOCK_BITS;

  /** A run without a write. */
  static final RunSummary EMPTY = new RunSummary(0);

  private static final int SHORT_BITS = 16;
  private static final int SHORT_MASK = 0xFFFF;

  private final boolean single;
  private final int[] positions;
  private final long[] times;

  /** From the highest bits: minimum, maximum, last value, number of writes. */
  private final long[] values;

  private int size;

  /**
   * @param writes how many are going to be added
   */
  RunSummary(int writes) {
    single = writes <= ENTRIES_MAX;
    int capacity = Math.min(writes, ENTRIES_MAX);
    positions = new int[capacity];
    times = new long[capacity];
    values = new long[capacity];
  }

  /** Adds a write; its position is larger than those before. */
  void add(int position, long timeMillis, int value) {
    int at = size - 1;
    if (single || size == 0 || last(at) >>> BLOCK_BITS != position >>> BLOCK_BITS) {
      at = size++;
      positions[at] = position << SHORT_BITS | position;
      values[at] = pack(value, value, value, 1);
    } else {
      positions[at] = first(at) << SHORT_BITS | position;
      int minimum = Math.min(minimum(at), value);
      values[at] = pack(minimum, Math.max(maximum(at), value), value, count(at) + 1);
    }
    times[at] = timeMillis;
  }

  private static long pack(int minimum, int maximum, int value, int count) {
    long extremes = (long) minimum << SHORT_BITS | maximum;
    return (extremes << SHORT_BITS | value) << SHORT_BITS | count;
  }

  int size() {
    return size;
  }

  int first(int entry) {
    return positions[entry] >>> SHORT_BITS;
  }

  int last(int entry) {
    return positions[entry] & SHORT_MASK;
  }

  int minimum(int entry) {
    return (int) (values[entry] >>> (3 * SHORT_BITS));
  }

  int maximum(int entry) {
    return (int) (values[entry] >>> (2 * SHORT_BITS)) & SHORT_MASK;
  }

  int value(int entry) {
    return (int) (values[entry] >>> SHORT_BITS) & SHORT_MASK;
  }

  int count(int entry) {
    return (int) values[entry] & SHORT_MASK;
  }

  /** Returns when the last write was committed. */
  long timeMillis(int entry) {
    return times[entry];
  }
}
