package io.wwep.it.power;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * A directory of a {@link SimulatedDisk}: its names as programs see them, those that are on disk
 * for certain, and the changes between the two.
 */
final class DiskDirectory implements DiskNode {

  /**
   * A change of one name.
   *
   * @param moment when, as a number of the trace's event
   * @param node what the name leads to from now on; null for nothing
   */
  record Change(long moment, String name, DiskNode node) {}

  private final Map<String, DiskNode> durable = new HashMap<>();
  private final Map<String, DiskNode> current = new HashMap<>();
  private final List<Change> pending = new ArrayList<>();

  /** Adds what is on disk from the beginning. */
  void addDurable(String name, DiskNode node) {
    durable.put(name, node);
    current.put(name, node);
  }

  void change(long moment, String name, DiskNode node) {
    pending.add(new Change(moment, name, node));
    put(current, name, node);
  }

  private static void put(Map<String, DiskNode> names, String name, DiskNode node) {
    if (node == null) {
      names.remove(name);
    } else {
      names.put(name, node);
    }
  }

  @Override
  public void sync(long beforeMoment) {
    while (!pending.isEmpty() && pending.get(0).moment < beforeMoment) {
      Change change = pending.remove(0);
      put(durable, change.name, change.node);
    }
  }

  /** Names are in a journal, which is tried again. */
  @Override
  public void fail(long beforeMoment, Random random) {}

  /** Returns what a name leads to for programs; null for nothing. */
  DiskNode get(String name) {
    return current.get(name);
  }

  List<Change> pending() {
    return pending;
  }

  /** Returns the names after a power loss that keeps some of the changes. */
  Map<String, DiskNode> after(PowerCut cut) {
    Map<String, DiskNode> names = new TreeMap<>(durable);
    Map<String, Integer> kept = new HashMap<>();
    for (Change change : pending) {
      kept.merge(change.name, 1, Integer::sum);
    }
    // Names are independent of each other, the changes of one name are in order.
    kept.replaceAll((name, count) -> cut.changesKept(changesOf(name)));
    for (Change change : pending) {
      if (kept.merge(change.name, -1, Integer::sum) >= 0) {
        put(names, change.name, change.node);
      }
    }
    return names;
  }

  private List<Change> changesOf(String name) {
    return pending.stream().filter(change -> change.name.equals(name)).toList();
  }
}
