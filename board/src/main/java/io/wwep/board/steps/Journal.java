package io.wwep.board.steps;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * What was seen on a connection and is not told yet. The event loop adds to it, the thread that
 * makes the steps takes from it.
 */
final class Journal {

  /** Most entries of each kind that wait to be told; what comes then is not kept. */
  static final int ENTRIES_MAX = 2_048;

  private final List<Passed> passed = new ArrayList<>();
  private final List<BufferState> buffers = new ArrayList<>();

  synchronized void add(Passed entry) {
    if (passed.size() < ENTRIES_MAX) {
      passed.add(entry);
    }
  }

  synchronized void add(BufferState entry) {
    if (buffers.size() < ENTRIES_MAX) {
      buffers.add(entry);
    }
  }

  synchronized List<Passed> takePassed(Predicate<Passed> wanted) {
    return take(passed, wanted);
  }

  synchronized List<BufferState> takeBuffers(Predicate<BufferState> wanted) {
    return take(buffers, wanted);
  }

  private static <E> List<E> take(List<E> entries, Predicate<E> wanted) {
    List<E> taken = entries.stream().filter(wanted).toList();
    entries.removeAll(taken);
    return taken;
  }
}
