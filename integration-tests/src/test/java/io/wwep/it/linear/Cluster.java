package io.wwep.it.linear;

import io.wwep.it.linear.Operation.Kind;
import io.wwep.store.Store;
import java.util.HashSet;
import java.util.Set;

/**
 * A write and the reads that returned its value: in every legal order they stand together, the
 * write first. Of the register's initial value the write is imagined, before all time.
 *
 * <p>So one cluster comes before another one when one of its operations has to come before one of
 * the other's. By time that is so when the first of its operations to return did so before the last
 * of the other's was invoked.
 */
final class Cluster {

  private final Operation write;
  private final Set<Cluster> nextOnConnections = new HashSet<>();
  private Operation firstReturned;
  private Operation lastInvoked;
  private boolean isRead;

  /** How many clusters that remain come before this one on a connection. */
  private int predecessors;

  Cluster(Operation write) {
    this.write = write;
    firstReturned = write;
    lastInvoked = write;
  }

  static Cluster initial(int register) {
    return new Cluster(
        new Operation(Kind.WRITE, register, Store.ABSENT, 0, Long.MIN_VALUE, Long.MIN_VALUE));
  }

  void add(Operation read) {
    isRead = true;
    if (read.returnedNanos() < firstReturned.returnedNanos()) {
      firstReturned = read;
    }
    if (read.invokedNanos() > lastInvoked.invokedNanos()) {
      lastInvoked = read;
    }
  }

  /** Whether there is a sign that the write took effect. */
  boolean tookEffect() {
    return isRead || !write.isUnknown();
  }

  Operation write() {
    return write;
  }

  long firstReturnNanos() {
    return firstReturned.returnedNanos();
  }

  long lastInvocationNanos() {
    return lastInvoked.invokedNanos();
  }

  /** Whether by time it has to come before the other one. */
  boolean precedes(Cluster other) {
    return firstReturned.endedBefore(other.lastInvoked);
  }

  /** Notes that on some connection an operation of the other one was sent after one of this. */
  void sentBefore(Cluster other) {
    if (other != this && nextOnConnections.add(other)) {
      other.predecessors++;
    }
  }

  boolean isNextOnConnectionsOf(Cluster other) {
    return other.nextOnConnections.contains(this);
  }

  boolean hasNoPredecessor() {
    return predecessors == 0;
  }

  /** Takes this one out; returns those that have no predecessor now. */
  Set<Cluster> leave() {
    Set<Cluster> freed = new HashSet<>();
    for (Cluster next : nextOnConnections) {
      if (--next.predecessors == 0) {
        freed.add(next);
      }
    }
    return freed;
  }

  @Override
  public String toString() {
    return "written by  %s%n    first known %s%n    last asked  %s"
        .formatted(write, firstReturned, lastInvoked);
  }
}
