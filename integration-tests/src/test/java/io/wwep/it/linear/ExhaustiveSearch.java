package io.wwep.it.linear;

import io.wwep.store.Store;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides whether a small history of one register is linearizable by trying all orders (Wing and
 * Gong, 1993), each state but once (Lowe, 2017). It knows of no clusters, and so tells whether
 * {@link RegisterChecker} is right.
 */
final class ExhaustiveSearch {

  private record State(int done, int value) {}

  private final List<Operation> history;
  private final Set<State> seen = new HashSet<>();

  private ExhaustiveSearch(List<Operation> history) {
    this.history = history;
  }

  /**
   * @param history up to 31 operations; those of each connection in the order of sending
   */
  static boolean isLinearizable(List<Operation> history) {
    return new ExhaustiveSearch(history).search(new State(0, Store.ABSENT));
  }

  private boolean search(State state) {
    if (!seen.add(state)) {
      return false;
    }
    if (isComplete(state)) {
      return true;
    }
    for (int i = 0; i < history.size(); i++) {
      Operation operation = history.get(i);
      boolean isLegal = !operation.isRead() || operation.value() == state.value;
      if (isLegal && mayComeNext(i, state)) {
        if (search(new State(state.done | (1 << i), operation.value()))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isDone(int i, State state) {
    return (state.done & (1 << i)) != 0;
  }

  private boolean isComplete(State state) {
    for (int i = 0; i < history.size(); i++) {
      if (!isDone(i, state) && !history.get(i).isUnknown()) {
        return false;
      }
    }
    return true;
  }

  /** Not when something is done already that has to come later. */
  private boolean mayComeNext(int i, State state) {
    for (int other = 0; other < history.size(); other++) {
      if (isDone(other, state) && (other == i || precedes(i, other))) {
        return false;
      }
    }
    return !isDone(i, state);
  }

  private boolean precedes(int i, int other) {
    Operation first = history.get(i);
    Operation second = history.get(other);
    boolean isSentBefore = i < other && first.connection() == second.connection();
    return isSentBefore || first.endedBefore(second);
  }
}
