package io.wwep.store.sqlite;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Summaries of indexed runs, which change no more; of the registers that were asked for last, as
 * many as fit into some 30 MB. One thread at a time.
 */
final class SummaryCache {

  /** An entry takes 20 bytes. */
  static final int ENTRIES_MAX = 1 << 20;

  /** What a summary takes beside its entries. */
  private static final int ENTRIES_EACH = 8;

  private final int entriesMax;
  private final Map<Integer, TreeMap<Long, RunSummary>> registers =
      new LinkedHashMap<>(16, 0.75f, true);
  private int[] inUse = {};
  private int entries;

  SummaryCache(int entriesMax) {
    this.entriesMax = entriesMax;
  }

  /**
   * Forgets runs that were pruned, and keeps what it has of some registers for the time of a call.
   *
   * @param ascending addresses
   */
  void begin(int[] ascending, long firstRun) {
    inUse = ascending;
    for (TreeMap<Long, RunSummary> runs : registers.values()) {
      while (!runs.isEmpty() && runs.firstKey() < firstRun) {
        entries -= weight(runs.pollFirstEntry().getValue());
      }
    }
    for (int address : ascending) {
      registers.computeIfAbsent(address, each -> new TreeMap<>());
    }
  }

  /** Returns null when it has none. */
  RunSummary get(int address, long run) {
    return registers.get(address).get(run);
  }

  /**
   * Keeps a summary of a register in use, unless it has one of that run already, or those in use
   * fill it alone.
   */
  void put(int address, long run, RunSummary summary) {
    int weight = weight(summary);
    Map<Long, RunSummary> runs = registers.get(address);
    if (!runs.containsKey(run) && makeRoom(weight)) {
      runs.put(run, summary);
      entries += weight;
    }
  }

  private boolean makeRoom(int weight) {
    Iterator<Map.Entry<Integer, TreeMap<Long, RunSummary>>> eldest =
        registers.entrySet().iterator();
    while (entries + weight > entriesMax && eldest.hasNext()) {
      Map.Entry<Integer, TreeMap<Long, RunSummary>> register = eldest.next();
      if (Arrays.binarySearch(inUse, register.getKey()) < 0) {
        register.getValue().values().forEach(each -> entries -= weight(each));
        eldest.remove();
      }
    }
    return entries + weight <= entriesMax;
  }

  private static int weight(RunSummary summary) {
    return summary.size() + ENTRIES_EACH;
  }

  /** Returns how much of its bound is taken. */
  int entries() {
    return entries;
  }
}
