package io.wwep.store.sqlite;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.ToIntFunction;

/** A plain list of all writes ever committed, and what a reader should say of them. */
final class HistoryModel {

  /** The first has number 1. */
  private final List<HistoryEntry> all = new ArrayList<>();

  /** The same, by register. */
  private final TreeMap<Integer, List<HistoryEntry>> registers = new TreeMap<>();

  /** Number of the last write that was pruned. */
  private int pruned;

  void add(HistoryEntry entry) {
    all.add(entry);
    registers.computeIfAbsent(entry.address(), each -> new ArrayList<>()).add(entry);
  }

  void prunedThrough(long number) {
    pruned = (int) number;
  }

  int size() {
    return all.size();
  }

  long timeMillis(long number) {
    return all.get((int) number - 1).timeMillis();
  }

  List<HistoryEntry> page(
      AddressRange wanted, long after, long before, int limit, HistoryOrder order) {
    List<HistoryEntry> entries = new ArrayList<>();
    boolean one = wanted.first() == wanted.last();
    List<HistoryEntry> writes = one ? writesTo(wanted.first()) : all;
    int low = countThrough(writes, Math.max(after, pruned)) + 1;
    int high = countThrough(writes, before - 1);
    boolean forward = order == HistoryOrder.OLDEST_FIRST;
    for (int i = 0; i <= high - low && entries.size() < limit; i++) {
      HistoryEntry entry = writes.get((forward ? low + i : high - i) - 1);
      if (wanted.has(entry.address())) {
        entries.add(entry);
      }
    }
    return entries;
  }

  private List<HistoryEntry> writesTo(int address) {
    return registers.getOrDefault(address, List.of());
  }

  private static int countThrough(List<HistoryEntry> writes, long number) {
    int count = 0;
    for (int step = Integer.highestOneBit(writes.size()); step > 0; step /= 2) {
      boolean more =
          count + step <= writes.size() && writes.get(count + step - 1).number() <= number;
      count += more ? step : 0;
    }
    return count;
  }

  HistorySpan span() {
    boolean empty = pruned == all.size();
    return new HistorySpan(
        pruned + 1,
        empty ? 0 : timeMillis(pruned + 1),
        all.size(),
        empty ? 0 : timeMillis(all.size()));
  }

  /**
   * Whether the clock passed a moment behind this write of the history, 0 for before all of it; if
   * it was never set back, that fits one number only.
   */
  boolean passes(long timeMillis, long number) {
    long last = Math.max(number, pruned);
    boolean reached = number == 0 || (number > pruned && timeMillis(number) <= timeMillis);
    return reached && (last == all.size() || timeMillis(last + 1) > timeMillis);
  }

  RegisterState state(int address, long number) {
    List<HistoryEntry> writes = writesTo(address);
    int known = countThrough(writes, number);
    int removed = countThrough(writes, pruned);
    if (known > removed) {
      return new RegisterState.Written(writes.get(known - 1));
    }
    if (writes.isEmpty() || pruned == 0) {
      return new RegisterState.Unwritten(address);
    }
    HistoryEntry last = writes.get(writes.size() - 1);
    return removed == writes.size() && number >= pruned
        ? new RegisterState.Pruned(new RegisterEntry(address, last.value(), last.timeMillis()))
        : new RegisterState.Unknown(address);
  }

  /** What the registers that were ever written were, the unwritten among them. */
  List<RegisterState> states(AddressRange wanted, long number) {
    return registers.subMap(wanted.first(), true, wanted.last(), true).keySet().stream()
        .map(each -> state(each, number))
        .filter(each -> !(each instanceof RegisterState.Unwritten))
        .toList();
  }

  List<RegisterChange> changes(AddressRange wanted, long from, long to) {
    List<RegisterChange> changes = new ArrayList<>();
    for (int address : registers.subMap(wanted.first(), true, wanted.last(), true).keySet()) {
      List<HistoryEntry> writes = writesTo(address);
      int end = countThrough(writes, to);
      int count = end - countThrough(writes, Math.max(from, pruned));
      if (count > 0) {
        changes.add(new RegisterChange(state(address, from), writes.get(end - 1), count));
      }
    }
    return changes;
  }

  /**
   * The series of a register.
   *
   * @param borders numbers of the last writes before each bucket, and of the last of all
   */
  Series series(int address, long[] borders) {
    long after = Math.max(borders[0], pruned);
    long through = Math.max(borders[borders.length - 1], pruned);
    List<HistoryEntry> writes =
        page(AddressRange.of(address), after, through + 1, all.size(), HistoryOrder.OLDEST_FIRST);
    boolean exact = writes.size() <= Series.EXACT_MAX;
    List<SeriesPoint> points = new ArrayList<>();
    List<HistoryEntry> together = new ArrayList<>();
    for (int i = 0; i < writes.size(); i++) {
      together.add(writes.get(i));
      int bucket = bucket(writes.get(i), borders);
      if (exact || i + 1 == writes.size() || bucket(writes.get(i + 1), borders) != bucket) {
        points.add(point(bucket, together));
        together.clear();
      }
    }
    return new Series(address, state(address, after), exact, points);
  }

  private static int bucket(HistoryEntry write, long[] borders) {
    int found = Arrays.binarySearch(borders, write.number());
    int bucket = found >= 0 ? found : -found - 1;
    while (bucket > 0 && borders[bucket - 1] >= write.number()) {
      bucket--;
    }
    return bucket - 1;
  }

  private static SeriesPoint point(int bucket, List<HistoryEntry> writes) {
    ToIntFunction<HistoryEntry> value = HistoryEntry::value;
    HistoryEntry last = writes.get(writes.size() - 1);
    return new SeriesPoint(
        bucket,
        writes.stream().mapToInt(value).min().orElseThrow(),
        writes.stream().mapToInt(value).max().orElseThrow(),
        last.value(),
        writes.size(),
        last.number(),
        last.timeMillis());
  }
}
