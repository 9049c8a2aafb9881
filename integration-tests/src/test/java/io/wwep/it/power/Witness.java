package io.wwep.it.power;

import io.wwep.protocol.RegisterId;
import io.wwep.store.Store;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Knows what must be in a database at some moment of a load, and what may be: every write that was
 * acknowledged before, every value that somebody has read, and what of each connection was sent
 * before something that is there. Moments come in ascending order.
 */
final class Witness {

  /** What a board wrote to one register: the index of each value's write. */
  private record Register(Board board, int[] writes) {}

  private final List<Board> boards;
  private final List<Watcher.Sight> sights;
  private final long historyRows;
  private final Map<Integer, Register> registers = new HashMap<>();
  private final Map<Integer, Integer> floor = new HashMap<>();
  private final int[] acknowledged;

  /** Of a server that opened the files after a first power loss. */
  private Recovery recovery = Recovery.NONE;

  private int seen;
  private long lostNanos;
  private long nowNanos;
  private long certainNanos;

  /**
   * @param historyRows how many writes the history keeps at least
   */
  Witness(Load load, long historyRows) {
    boards = load.boards();
    sights = load.watcher().sights();
    this.historyRows = historyRows;
    acknowledged = new int[boards.size()];
    boards.forEach(this::index);
  }

  private void index(Board board) {
    for (int write = 0; write < board.count(); write++) {
      int value = board.value(write);
      Register register =
          registers.computeIfAbsent(
              board.address(write), address -> new Register(board, new int[16]));
      int[] writes = register.writes;
      if (value >= writes.length) {
        writes = Arrays.copyOf(writes, 2 * value);
        registers.put(board.address(write), new Register(board, writes));
      }
      writes[value] = write;
    }
  }

  /**
   * Goes to a moment, which is not before the last one.
   *
   * @param certain what was acknowledged or read before must be there; what was sent until {@code
   *     now} may be
   */
  void advance(long now, long certain) {
    nowNanos = now;
    certainNanos = certain;
    for (int i = 0; i < acknowledged.length; i++) {
      Board board = boards.get(i);
      while (acknowledged[i] < board.count() && isPassed(board, acknowledged[i])) {
        int write = acknowledged[i]++;
        if (board.isAcknowledged(write, certain)) {
          floor.merge(board.address(write), board.value(write), Math::max);
        }
      }
    }
    while (seen < sights.size() && sights.get(seen).nanos() - certain < 0) {
      Watcher.Sight sight = sights.get(seen++);
      floor.merge(sight.address(), sight.value(), Math::max);
    }
  }

  /** Whether a write is acknowledged by now, or will never be. */
  private boolean isPassed(Board board, int write) {
    return board.acknowledgedNanos(write) == 0
        ? board.isSent(write, certainNanos)
        : board.isAcknowledged(write, certainNanos);
  }

  /** Goes to a moment of a recovery, with the load as it is. */
  void advance(Recovery now) {
    recovery = now;
  }

  /**
   * Compares what a server makes of its files with what must be and may be there.
   *
   * @throws AssertionError when they differ
   */
  void check(Store store, History history) {
    int found = recovery.check(store) ? 1 : 0;
    for (int address : registers.keySet()) {
      found += checkRegister(address, store) ? 1 : 0;
    }
    if (found != store.registerCount()) {
      throw new AssertionError(
          "%d registers hold something, and %d of them were written"
              .formatted(store.registerCount(), found));
    }
    checkHistory(history, store);
  }

  /** Returns whether it holds something. */
  private boolean checkRegister(int address, Store store) {
    int value = store.read(address);
    int least = floor.getOrDefault(address, Store.ABSENT);
    if (value < least) {
      throw new AssertionError(
          "register %s holds %d, and %d was acknowledged or read before"
              .formatted(name(address), value, least));
    }
    if (value != Store.ABSENT) {
      requireSent(address, value);
    }
    return value != Store.ABSENT;
  }

  private static String name(int address) {
    return new RegisterId(address >> 8, address & 0xFF).toString();
  }

  /** Returns the register. */
  private Register requireSent(int address, int value) {
    Register register = registers.get(address);
    if (register == null || value < 1 || value >= register.writes.length) {
      throw new AssertionError("nobody wrote %d to %s".formatted(value, name(address)));
    }
    int write = register.writes[value];
    if (register.board.value(write) != value || !register.board.isSent(write, nowNanos)) {
      throw new AssertionError("nobody had written %d to %s".formatted(value, name(address)));
    }
    return register;
  }

  private void checkHistory(History history, Store store) {
    if (history.firstNumber() != 1 && history.size() < historyRows) {
      throw new AssertionError("only %d writes are in the history".formatted(history.size()));
    }
    Map<Board, Integer> last = new HashMap<>();
    Map<Integer, Integer> newest = new HashMap<>();
    for (int i = 0; i < history.size(); i++) {
      int address = history.address(i);
      newest.put(address, history.value(i));
      if (!recovery.isOf(address)) {
        Board board = requireSent(address, history.value(i)).board;
        int write = registers.get(address).writes[history.value(i)];
        Integer before = last.put(board, write);
        if (before != null || history.firstNumber() == 1) {
          requireNoneBetween(board, before == null ? -1 : before, write);
        }
      }
    }
    newest.forEach((address, value) -> requireValue(address, value, store));
    last.forEach((board, write) -> requireNoneBetween(board, write, board.count()));
    last.forEach(this::noteLost);
  }

  private static void requireValue(int address, int value, Store store) {
    if (store.read(address) != value) {
      throw new AssertionError(
          "register %s holds %d, and the last write of its history is %d"
              .formatted(name(address), store.read(address), value));
    }
  }

  /**
   * Between two writes of a board that come one after the other there may be others only if the
   * connection ended without a reply to them.
   */
  private void requireNoneBetween(Board board, int before, int after) {
    if (after <= before) {
      throw new AssertionError(
          "%s: write %d comes before write %d".formatted(board, before, after));
    }
    for (int write = before + 1; write < after && board.isSent(write, nowNanos); write++) {
      boolean sameConnection = after < board.count() && board.session(write) == board.session(after);
      if (sameConnection || board.isAcknowledged(write, certainNanos)) {
        throw new AssertionError(
            "%s: write %d of %d to %s is missing between %d and %d (acknowledged: %s)"
                .formatted(
                    board,
                    write,
                    board.value(write),
                    name(board.address(write)),
                    before,
                    after,
                    board.isAcknowledged(write, certainNanos)));
      }
    }
  }

  /** Notes how old the oldest write is that had a reply and is lost, with all that came after it. */
  private void noteLost(Board board, int last) {
    int write = last + 1;
    while (write < board.count() && !board.isAcknowledged(write, nowNanos)) {
      write++;
    }
    if (write < board.count()) {
      lostNanos = Math.max(lostNanos, nowNanos - board.acknowledgedNanos(write));
    }
  }

  /** Returns the greatest age of an acknowledged write that was lost where that was allowed. */
  long lostNanos() {
    return lostNanos;
  }
}
