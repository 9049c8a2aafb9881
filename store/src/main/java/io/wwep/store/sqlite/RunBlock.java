package io.wwep.store.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * A row of {@code history_runs}: a piece of the index of the history.
 *
 * <p>A run is the index of 65,536 writes, those whose numbers have the same bits above the lowest
 * sixteen. Each write is a pair of its register's address and the low bits of its number, the
 * position; pairs ascend, and only the differences between them are kept, seven bits to a byte, the
 * lowest first, with the high bit set in all bytes of a difference but the last. A few hundred
 * registers that are written often take one or two bytes a write.
 *
 * <pre>
 *   pair   39            16 15           0     key   63       32 31                     0
 *          +---------------+--------------+          +-----------+------------------------+
 *          |    address    |   position   |          |    run    | first pair, bits 39..8 |
 *          +---------------+--------------+          +-----------+------------------------+
 * </pre>
 *
 * <p>Keys are unique also where one register fills several blocks: a block that is not the last of
 * its run has more than 256 pairs, so the next one begins at least as many further on.
 */
final class RunBlock {

  /** How many writes a run is made of. */
  static final int RUN_WRITES = 1 << 16;

  /** With its key a block fits into one page of 4 KiB, where SQLite reads it without copying. */
  static final int BYTES_MAX = 4000;

  private static final int POSITION_BITS = 16;
  private static final int POSITION_MASK = RUN_WRITES - 1;
  private static final int RUN_SHIFT = 32;
  private static final int PAIR_SHIFT = 8;
  private static final int DIFFERENCE_BYTES_MAX = 6;

  private final long key;
  private final byte[] pairs;

  RunBlock(long key, byte[] pairs) {
    this.key = key;
    this.pairs = pairs;
  }

  /** Returns the run that a write of this number belongs to. */
  static long runOf(long number) {
    return number >>> POSITION_BITS;
  }

  /** Returns the smallest number that belongs to a run. */
  static long firstNumber(long run) {
    return run << POSITION_BITS;
  }

  /** Returns the smallest key that a block of a run can have. */
  static long firstKey(long run) {
    return run << RUN_SHIFT;
  }

  /** Returns the largest key of a block that can have pairs of this register in it. */
  static long lastKey(long run, int address) {
    return firstKey(run) | pair(address, POSITION_MASK) >>> PAIR_SHIFT;
  }

  static long pair(int address, long number) {
    return (long) address << POSITION_BITS | (number & POSITION_MASK);
  }

  private static int address(long pair) {
    return (int) (pair >>> POSITION_BITS);
  }

  /** Packs the first {@code count} pairs of a run, in ascending order. */
  static List<RunBlock> pack(long run, long[] pairs, int count) {
    List<RunBlock> blocks = new ArrayList<>();
    byte[] packed = new byte[BYTES_MAX];
    int next = 0;
    while (next < count) {
      long key = firstKey(run) | pairs[next] >>> PAIR_SHIFT;
      long last = firstPair(key);
      int length = 0;
      while (next < count && length + DIFFERENCE_BYTES_MAX <= BYTES_MAX) {
        length = put(packed, length, pairs[next] - last);
        last = pairs[next++];
      }
      blocks.add(new RunBlock(key, Arrays.copyOf(packed, length)));
    }
    return blocks;
  }

  private static int put(byte[] packed, int at, long difference) {
    int next = at;
    long rest = difference;
    while (rest > 0x7F) {
      packed[next++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    packed[next++] = (byte) rest;
    return next;
  }

  private static long firstPair(long key) {
    return (key & (firstKey(1) - 1)) << PAIR_SHIFT;
  }

  long key() {
    return key;
  }

  byte[] pairs() {
    return pairs;
  }

  /** Returns the run that the block is part of. */
  long run() {
    return key >>> RUN_SHIFT;
  }

  /** Whether the block before this one may have pairs of this register or of higher ones. */
  boolean goesOnBefore(int address) {
    return address(firstPair(key)) >= address;
  }

  /** Receives what a block has on some registers. */
  interface Visitor {
    void write(long number);
  }

  /**
   * Visits the numbers of the writes to the registers from {@code first} to {@code last}, in the
   * order of registers and then of writes.
   *
   * @throws SQLiteException when the block is cut
   */
  void visit(int first, int last, Visitor visitor) throws SQLiteException {
    long pair = firstPair(key);
    long end = pair(last, POSITION_MASK);
    long base = firstNumber(run());
    int at = 0;
    while (at < pairs.length && pair <= end) {
      int shift = 0;
      while (pairs[at] < 0) {
        pair += (pairs[at++] & 0x7FL) << shift;
        shift += 7;
        if (at == pairs.length) {
          throw new SQLiteException("the index is cut", SQLiteErrorCode.SQLITE_CORRUPT);
        }
      }
      pair += (long) pairs[at++] << shift;
      if (pair <= end && address(pair) >= first) {
        visitor.write(base | (pair & POSITION_MASK));
      }
    }
  }
}
