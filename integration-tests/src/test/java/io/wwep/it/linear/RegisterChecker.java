package io.wwep.it.linear;

import io.wwep.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Decides whether the history of one register is linearizable: whether its operations can be put in
 * an order in which each read returns the value written last, that agrees with the clock (what was
 * over comes before what began later) and with the order of sending on each connection.
 *
 * <p>Each write has a value of its own, so it is known which write a read saw. Then the problem is
 * one of clusters (see there), and needs n log n steps where it is NP-complete in general: the
 * history is linearizable when no read comes before its write, and the clusters can be taken out
 * one by one, each before all that remain. After Gibbons and Korach, Testing Shared Memories
 * (1997), with the order on connections added. Linearizability is local (Herlihy and Wing, 1990):
 * registers that are linearizable each by itself are so together.
 */
final class RegisterChecker {

  private final Map<Integer, Cluster> clusters = new HashMap<>();

  /** What remains, in the order of first returns, and what of it no connection holds back. */
  private final TreeSet<Cluster> remaining =
      new TreeSet<>(
          Comparator.comparingLong(Cluster::firstReturnNanos)
              .thenComparingInt(cluster -> cluster.write().value()));

  private final TreeSet<Cluster> ready =
      new TreeSet<>(
          Comparator.comparingLong(Cluster::lastInvocationNanos)
              .thenComparingInt(cluster -> cluster.write().value()));

  private RegisterChecker() {}

  /**
   * Returns what is wrong with a history, or nothing when it is linearizable.
   *
   * @param history operations of one register; those of each connection in the order of sending
   * @throws IllegalArgumentException when two writes have the same value
   */
  static Optional<String> violation(List<Operation> history) {
    return history.isEmpty() ? Optional.empty() : new RegisterChecker().check(history);
  }

  private Optional<String> check(List<Operation> history) {
    addWrites(history);
    Optional<String> wrong = addReads(history);
    if (wrong.isPresent()) {
      return wrong;
    }
    orderConnections(history);
    for (Cluster cluster : clusters.values()) {
      if (cluster.tookEffect()) {
        remaining.add(cluster);
        if (cluster.hasNoPredecessor()) {
          ready.add(cluster);
        }
      }
    }
    return takeOut();
  }

  private void addWrites(List<Operation> history) {
    clusters.put(Store.ABSENT, Cluster.initial(history.get(0).register()));
    for (Operation write : history) {
      if (!write.isRead() && clusters.put(write.value(), new Cluster(write)) != null) {
        throw new IllegalArgumentException("written twice: " + write);
      }
    }
  }

  private Optional<String> addReads(List<Operation> history) {
    Map<Integer, Operation> readAhead = new HashMap<>();
    for (Operation operation : history) {
      Cluster cluster = clusters.get(operation.value());
      if (cluster == null) {
        return Optional.of("a value from nowhere: " + operation);
      }
      Operation write = cluster.write();
      if (operation.isRead()) {
        if (operation.endedBefore(write)) {
          return Optional.of(
              "a value read before it was written: %s%n%s".formatted(operation, write));
        }
        cluster.add(operation);
        if (operation.connection() == write.connection()) {
          readAhead.putIfAbsent(operation.value(), operation);
        }
      } else if (readAhead.containsKey(operation.value())) {
        return Optional.of(
            "a value read ahead of the request that wrote it: %s%n%s"
                .formatted(readAhead.get(operation.value()), operation));
      }
    }
    return Optional.empty();
  }

  private void orderConnections(List<Operation> history) {
    Map<Integer, Cluster> last = new HashMap<>();
    for (Operation operation : history) {
      Cluster cluster = clusters.get(operation.value());
      if (cluster.tookEffect()) {
        Cluster before = last.put(operation.connection(), cluster);
        if (before != null) {
          before.sentBefore(cluster);
        }
      }
    }
  }

  private Optional<String> takeOut() {
    while (!remaining.isEmpty()) {
      Cluster next = first();
      if (next == null) {
        return Optional.of(cycle());
      }
      remaining.remove(next);
      ready.remove(next);
      ready.addAll(next.leave());
    }
    return Optional.empty();
  }

  /**
   * Returns a cluster that may come before all others that remain, or null. Two need to be looked
   * at. What stands in the way of the ready one with the earliest last invocation stands in the way
   * of every other ready one but itself; and it can be alone in doing so only when it is the one
   * with the earliest first return.
   */
  private Cluster first() {
    if (mayComeFirst(remaining.first())) {
      return remaining.first();
    }
    return !ready.isEmpty() && mayComeFirst(ready.first()) ? ready.first() : null;
  }

  private boolean mayComeFirst(Cluster cluster) {
    return cluster.hasNoPredecessor() && predecessorByTime(cluster) == null;
  }

  private Cluster predecessorByTime(Cluster cluster) {
    Cluster earliest = remaining.first();
    Cluster other = earliest == cluster ? remaining.higher(cluster) : earliest;
    return other != null && other.precedes(cluster) ? other : null;
  }

  /** Walks back from predecessor to predecessor until one comes again. */
  private String cycle() {
    List<Cluster> path = new ArrayList<>();
    Cluster cluster = remaining.first();
    while (!path.contains(cluster)) {
      path.add(cluster);
      cluster = predecessor(cluster);
    }
    StringBuilder text =
        new StringBuilder("each of these values came before the one above it, and");
    text.append(" the first before the last:");
    for (Cluster link : path.subList(path.indexOf(cluster), path.size())) {
      text.append("%n  %s".formatted(link));
    }
    return text.toString();
  }

  private Cluster predecessor(Cluster cluster) {
    Cluster byTime = predecessorByTime(cluster);
    if (byTime != null) {
      return byTime;
    }
    return remaining.stream().filter(cluster::isNextOnConnectionsOf).findFirst().orElseThrow();
  }
}
