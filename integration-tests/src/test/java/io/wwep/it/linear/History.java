package io.wwep.it.linear;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The operations of a run.
 *
 * @param operations those of each connection in the order of sending
 */
record History(List<Operation> operations) {

  Map<Integer, List<Operation>> byRegister() {
    Map<Integer, List<Operation>> registers = new HashMap<>();
    for (Operation operation : operations) {
      registers.computeIfAbsent(operation.register(), none -> new ArrayList<>()).add(operation);
    }
    return registers;
  }

  /** Returns what is wrong, a text for each register that is not linearizable. */
  List<String> violations() {
    return byRegister().values().stream()
        .map(RegisterChecker::violation)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns how many writes had no reply. */
  long unknownCount() {
    return operations.stream().filter(Operation::isUnknown).count();
  }
}
