package io.wwep.store.sqlite;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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
 * <p>The key of the first block of a run has zeros for its first pair. Each block names the next
 * one, so that a missing one is noticed. Keys are unique also where one register fills several
 * blocks: a block that is not the last of its run has more than 256 pairs, so the next one begins
 * at least as many further on.
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
  private static final byte[] NOTHING = {};

  /** In place of the key of a next block, in the last one of a run. */
  static final long LAST = 0;

  /** What {@link #from} needs of a query, in this order. */
  static final String COLUMNS = "key, pairs, next, crc";

  private final long key;
  private final byte[] pairs;
  private final long next;

  /**
   * @param next key of the next block of the run, or {@link #LAST}
   */
  RunBlock(long key, byte[] pairs, long next) {
    this.key = key;
    this.pairs = pairs;
    this.next = next;
  }

  /**
   * Takes a block from the current row.
   *
   * @throws SQLException also when it is not what was written
   */
  static RunBlock from(ResultSet found) throws SQLException {
    byte[] pairs = found.getBytes(2);
    RunBlock block =
        new RunBlock(found.getLong(1), pairs == null ? NOTHING : pairs, found.getLong(3));
    if (found.getInt(4) != block.crc()) {
      throw Damage.of("the index of the history is not what was written");
    }
    return block;
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
      // The first one begins with the run, so that a lookup knows when it has seen all.
      long key = firstKey(run) | (next == 0 ? 0 : pairs[next] >>> PAIR_SHIFT);
      long last = firstPair(key);
      int length = 0;
      while (next < count && length + DIFFERENCE_BYTES_MAX <= BYTES_MAX) {
        length = put(packed, length, pairs[next] - last);
        last = pairs[next++];
      }
      long nextKey = next < count ? firstKey(run) | pairs[next] >>> PAIR_SHIFT : LAST;
      blocks.add(new RunBlock(key, Arrays.copyOf(packed, length), nextKey));
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

  long next() {
    return next;
  }

  int crc() {
    return Checksum.of(key, next, pairs);
  }

  /** Returns the run that the block is part of. */
  long run() {
    return key >>> RUN_SHIFT;
  }

  /** Whether the block before this one may have pairs of this register or of higher ones. */
  boolean goesOnBefore(int address) {
    return key != firstKey(run()) && address(firstPair(key)) >= address;
  }

  /** Receives writes. */
  interface PairVisitor {
    void write(long number, int address) throws SQLException;
  }

  /**
   * Visits the writes to the registers from {@code first} to {@code last}, in the order of
   * registers and then of writes.
   *
   * @throws SQLException when the block is cut
   */
  void visit(int first, int last, PairVisitor visitor) throws SQLException {
    visitThrough(
        last,
        (number, address) -> {
          if (address >= first) {
            visitor.write(number, address);
          }
        });
  }

  /**
   * Visits all pairs of the registers up to {@code last}.
   *
   * @throws SQLException when the block is cut
   */
  void visitThrough(int last, PairVisitor visitor) throws SQLException {
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
          throw Damage.of("the index of the history is cut");
        }
      }
      pair += (long) pairs[at++] << shift;
      if (pair <= end) {
        visitor.write(base | (pair & POSITION_MASK), address(pair));
      }
    }
  }
}
