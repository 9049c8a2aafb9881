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
final class Witness implements Survivor.Check {

  private final List<Board> boards;
  private final List<Watcher.Sight> sights;
  private final long historyRows;
  private final Written written;

  /** By register: what must be there at least. */
  private final int[] least;

  /** By board: the first write that may still be acknowledged. */
  private final int[] passed;

  /** What was refused before this is gone: something that was sent later was acknowledged. */
  private long clearNanos;

  private int sightsPassed;
  private long nowNanos;
  private long certainNanos;
  private long lostNanos;

  /** Of a server that opened the files after a first power loss. */
  private Recovery recovery = Recovery.NONE;

  /**
   * @param historyRows how many writes the history keeps at least
   */
  Witness(Load load, long historyRows) {
    boards = load.boards();
    sights = load.watcher().sights();
    this.historyRows = historyRows;
    written = new Written(boards);
    least = new int[written.size()];
    Arrays.fill(least, Store.ABSENT);
    passed = new int[boards.size()];
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
    for (int i = 0; i < passed.length; i++) {
      Board board = boards.get(i);
      while (passed[i] < board.count() && isPassed(board, passed[i])) {
        int write = passed[i]++;
        if (board.isAcknowledged(write, certain)) {
          raise(board.address(write), board.value(write));
          clearNanos = Math.max(clearNanos, board.sentNanos(write));
        }
      }
    }
    while (sightsPassed < sights.size() && sights.get(sightsPassed).nanos() - certain < 0) {
      Watcher.Sight sight = sights.get(sightsPassed++);
      raise(sight.address(), sight.value());
    }
  }

  /** Whether a write is acknowledged by now, or will never be. */
  private boolean isPassed(Board board, int write) {
    return board.acknowledgedNanos(write) == 0
        ? board.isSent(write, certainNanos)
        : board.isAcknowledged(write, certainNanos);
  }

  private void raise(int address, int value) {
    int register = written.register(address);
    least[register] = Math.max(least[register], value);
  }

  /** Goes to a moment of a recovery, with the load as it is. */
  void advance(Recovery now) {
    recovery = now;
  }

  /** Compares what a server makes of its files with what must be and may be there. */
  @Override
  public void check(Store store, History history) {
    int found = recovery.check(store) ? 1 : 0;
    for (int register = 0; register < written.size(); register++) {
      found += checkRegister(register, store) ? 1 : 0;
    }
    if (found != store.registerCount()) {
      throw new AssertionError(
          "%d registers hold something, and %d of them were written"
              .formatted(store.registerCount(), found));
    }
    checkHistory(history, store);
  }

  /** Returns whether it holds something. */
  private boolean checkRegister(int register, Store store) {
    int value = store.read(written.address(register));
    if (value < least[register]) {
      throw new AssertionError(
          "register %s holds %d, and %d was acknowledged or read before"
              .formatted(written.name(register), value, least[register]));
    }
    if (value != Store.ABSENT) {
      requireSent(register, value);
    }
    return value != Store.ABSENT;
  }

  /** Returns the index of the board's write. */
  private int requireSent(int register, int value) {
    int write = written.writeOf(register, value);
    if (write < 0 || !written.boardOf(register).isSent(write, nowNanos)) {
      throw new AssertionError(
          "nobody had written %d to %s".formatted(value, written.name(register)));
    }
    if (written.boardOf(register).isRefused(write, clearNanos)) {
      throw new AssertionError(
          "%s holds %d, which was refused long ago".formatted(written.name(register), value));
    }
    return write;
  }

  private void checkHistory(History history, Store store) {
    boolean whole = history.firstNumber() == 1;
    if (!whole && history.size() < historyRows) {
      throw new AssertionError("only %d writes are in the history".formatted(history.size()));
    }
    Map<Board, Integer> last = new HashMap<>();
    int[] newest = new int[written.size()];
    for (int i = 0; i < history.size(); i++) {
      if (!recovery.isOf(history.address(i))) {
        int register = written.register(history.address(i));
        int write = requireSent(register, history.value(i));
        Board board = written.boardOf(register);
        Integer before = last.put(board, write);
        if (before != null || whole) {
          requireNoneBetween(board, before == null ? -1 : before, write);
        }
        newest[register] = history.value(i);
      }
    }
    for (int register = 0; register < newest.length; register++) {
      requireNewest(register, newest[register], store.read(written.address(register)));
    }
    last.forEach((board, write) -> requireNoneBetween(board, write, board.count()));
    last.forEach(this::noteLost);
  }

  /** What is not in the history, because it was pruned, is not compared. */
  private void requireNewest(int register, int newest, int value) {
    if (newest != 0 && newest != value) {
      throw new AssertionError(
          "register %s holds %d, and the last write of its history is %d"
              .formatted(written.name(register), value, newest));
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
      boolean sameConnection =
          after < board.count() && board.session(write) == board.session(after);
      boolean acknowledged = board.isAcknowledged(write, certainNanos);
      if ((sameConnection || acknowledged) && !board.isRefused(write)) {
        throw new AssertionError(
            "%s: write %d of %d to %s is missing between %d and %d, and was %s"
                .formatted(
                    board,
                    write,
                    board.value(write),
                    new RegisterId(board.address(write) >> 8, board.address(write) & 0xFF),
                    before,
                    after,
                    acknowledged ? "acknowledged" : "sent on the same connection"));
      }
    }
  }

  /** Notes how old the oldest write is that had a reply and is lost, with all that came after. */
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
