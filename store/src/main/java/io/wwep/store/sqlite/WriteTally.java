package io.wwep.store.sqlite;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * The first registers, by address, of those that writes are to, however many come: how many writes
 * each had, and the number of its last. One thread at a time.
 */
final class WriteTally implements RunBlock.PairVisitor {

  /** Of one register. */
  static final class Count {
    private long writes;
    private long lastNumber;

    long writes() {
      return writes;
    }

    long lastNumber() {
      return lastNumber;
    }
  }

  private final int limit;
  private final TreeMap<Integer, Count> counts = new TreeMap<>();

  /** Registers behind it are not among the first. */
  private AddressRange wanted;

  // Writes of an index come by register.
  private int lastAddress = -1;
  private Count lastCount;

  /**
   * @param wanted which registers may come
   * @param limit how many are the first
   */
  WriteTally(AddressRange wanted, int limit) {
    this.wanted = wanted;
    this.limit = limit;
  }

  /** Returns of which registers more need be told: ever fewer. */
  AddressRange wanted() {
    return wanted;
  }

  @Override
  public void write(long number, int address) {
    if (address != lastAddress) {
      lastAddress = address;
      lastCount = countOf(address);
    }
    if (lastCount != null) {
      lastCount.writes++;
      lastCount.lastNumber = Math.max(lastCount.lastNumber, number);
    }
  }

  private Count countOf(int address) {
    if (!wanted.has(address)) {
      return null;
    }
    Count count = counts.computeIfAbsent(address, each -> new Count());
    // One more than the limit tells where to go on.
    if (counts.size() > limit + 1) {
      int removed = counts.pollLastEntry().getKey();
      wanted = new AddressRange(wanted.first(), counts.lastKey());
      return removed == address ? null : count;
    }
    return count;
  }

  /** Returns the address of the first register behind those that are told; empty at the end. */
  OptionalInt next() {
    return counts.size() > limit ? OptionalInt.of(counts.lastKey()) : OptionalInt.empty();
  }

  /** Returns the first registers, by address. */
  List<Map.Entry<Integer, Count>> first() {
    return new ArrayList<>(counts.entrySet()).subList(0, Math.min(limit, counts.size()));
  }
}
