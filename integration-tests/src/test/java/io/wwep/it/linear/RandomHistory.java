package io.wwep.it.linear;

import io.wwep.it.linear.Operation.Kind;
import io.wwep.store.Store;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Makes small histories of one register: what a correct one could have answered, or the same with
 * some reads that return something else.
 */
final class RandomHistory {

  private static final int OPERATIONS_MAX = 10;
  private static final int CONNECTIONS_MAX = 4;
  private static final int TIME_MAX = 30;

  private final Random random;

  RandomHistory(Random random) {
    this.random = random;
  }

  /** An operation before it has a value; {@code effect} lies between the two others. */
  private record Draft(int connection, int sent, int effect, int returned) {}

  List<Operation> next(boolean isRight) {
    List<Draft> drafts = drafts(2 + random.nextInt(OPERATIONS_MAX - 1));
    drafts.sort(Comparator.comparingInt(Draft::effect));
    List<Operation> history = new ArrayList<>();
    int held = Store.ABSENT;
    int values = 0;
    for (Draft draft : drafts) {
      Kind kind = kind();
      int value = held;
      if (kind != Kind.READ) {
        value = ++values;
        held = kind == Kind.WRITE || random.nextBoolean() ? value : held;
      } else if (!isRight && random.nextInt(3) == 0) {
        value = random.nextInt(values + 3) - 1;
        value = value == 0 ? Store.ABSENT : value;
      }
      // A write without a reply may be open for longer than it took.
      int returned =
          kind == Kind.UNKNOWN_WRITE ? draft.returned + random.nextInt(9) : draft.returned;
      history.add(new Operation(kind, 7, value, draft.connection, draft.sent, returned));
    }
    return history;
  }

  private Kind kind() {
    int dice = random.nextInt(10);
    return dice < 5 ? Kind.READ : dice < 8 ? Kind.WRITE : Kind.UNKNOWN_WRITE;
  }

  /** On each connection moments of sending, effect and return grow, and may be those of others. */
  private List<Draft> drafts(int count) {
    int connections = 1 + random.nextInt(CONNECTIONS_MAX);
    int[] sent = new int[connections];
    int[] effect = new int[connections];
    int[] returned = new int[connections];
    List<Draft> drafts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int c = random.nextInt(connections);
      boolean isPipelined = random.nextBoolean();
      sent[c] = (isPipelined ? sent[c] : returned[c]) + random.nextInt(TIME_MAX / 5);
      effect[c] = Math.max(effect[c], sent[c]) + random.nextInt(TIME_MAX / 5);
      returned[c] = Math.max(returned[c], effect[c]) + random.nextInt(TIME_MAX / 5);
      drafts.add(new Draft(c + 1, sent[c], effect[c], returned[c]));
    }
    return drafts;
  }
}
