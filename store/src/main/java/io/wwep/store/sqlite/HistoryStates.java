package io.wwep.store.sqlite;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Tells what registers were at a moment, and what changed between two. One thread at a time. */
final class HistoryStates {

  private final HistoryView view;
  private final LastWrites lastWrites;

  /**
   * @param view whose moment a call belongs to
   */
  HistoryStates(HistoryView view) {
    this.view = view;
    lastWrites = new LastWrites(view);
  }

  /**
   * Returns what registers were as of a number, those left out that nobody had written.
   *
   * @param limit how many registers at most
   */
  RegisterPage<RegisterState> page(long number, AddressRange wanted, int limit)
      throws SQLException {
    WriteTally written = new WriteTally(wanted, limit);
    view.base().visit(row -> row.visit((address, value, timeMillis) -> written.write(0, address)));
    tally(written, view.foldedThrough() + 1, view.lastNumber());
    List<RegisterState> states = new ArrayList<>(of(addresses(written), number));
    states.removeIf(RegisterState.Unwritten.class::isInstance);
    return new RegisterPage<>(states, written.next());
  }

  /**
   * Returns what became of the registers that were written behind one number and up to another.
   *
   * @param limit how many registers at most
   */
  RegisterPage<RegisterChange> changes(long from, long to, AddressRange wanted, int limit)
      throws SQLException {
    WriteTally written = new WriteTally(wanted, limit);
    tally(written, from + 1, to);
    List<Map.Entry<Integer, WriteTally.Count>> first = written.first();
    List<RegisterState> before = of(addresses(written), from);
    HistoryEntry[] after =
        entries(
            first.stream().mapToLong(each -> each.getValue().lastNumber()).toArray(),
            addresses(written));
    List<RegisterChange> changes = new ArrayList<>();
    for (int i = 0; i < after.length; i++) {
      changes.add(new RegisterChange(before.get(i), after[i], first.get(i).getValue().writes()));
    }
    return new RegisterPage<>(changes, written.next());
  }

  private void tally(WriteTally tally, long from, long through) throws SQLException {
    long low = Math.max(from, view.firstNumber());
    long high = Math.min(through, view.lastNumber());
    for (long run = RunBlock.runOf(low); run <= RunBlock.runOf(high) && low <= high; run++) {
      view.visit(run, tally.wanted(), low, high, tally);
    }
  }

  private static int[] addresses(WriteTally tally) {
    return tally.first().stream().mapToInt(Map.Entry::getKey).toArray();
  }

  /**
   * Returns what each register was as of a number.
   *
   * @param ascending addresses
   */
  List<RegisterState> of(int[] ascending, long number) throws SQLException {
    RegisterState[] states = new RegisterState[ascending.length];
    HistoryEntry[] writes = entries(lastWrites.find(ascending, 0, number), ascending);
    for (int i = 0; i < states.length; i++) {
      states[i] = writes[i] == null ? null : new RegisterState.Written(writes[i]);
    }
    int[] missing = IntStream.range(0, states.length).filter(i -> states[i] == null).toArray();
    if (missing.length > 0) {
      addMissing(states, missing, ascending, number);
    }
    return List.of(states);
  }

  /** Returns writes by their numbers, null for 0; reads them in the order of the file. */
  private HistoryEntry[] entries(long[] numbers, int[] addresses) throws SQLException {
    HistoryEntry[] entries = new HistoryEntry[numbers.length];
    long[] order = new long[numbers.length];
    for (int i = 0; i < order.length; i++) {
      order[i] = numbers[i] * order.length + i;
    }
    Arrays.sort(order);
    for (long each : order) {
      int i = (int) (each % order.length);
      if (numbers[i] != 0) {
        entries[i] = view.entry(numbers[i], AddressRange.of(addresses[i]));
      }
    }
    return entries;
  }

  /** Registers without a write that the history has had before the number. */
  private void addMissing(RegisterState[] states, int[] missing, int[] all, long number)
      throws SQLException {
    int[] addresses = Arrays.stream(missing).map(i -> all[i]).toArray();
    if (view.firstNumber() == 1) {
      for (int i = 0; i < missing.length; i++) {
        states[missing[i]] = new RegisterState.Unwritten(addresses[i]);
      }
      return;
    }
    Map<Integer, RegisterEntry> base = base(addresses);
    long[] later = lastWrites.find(addresses, number, Long.MAX_VALUE);
    for (int i = 0; i < missing.length; i++) {
      RegisterEntry entry = base.get(addresses[i]);
      if (later[i] == 0 && entry == null) {
        states[missing[i]] = new RegisterState.Unwritten(addresses[i]);
      } else if (later[i] == 0 && number >= view.firstNumber() - 1) {
        // Nothing came behind what was pruned, so the base has it.
        states[missing[i]] = new RegisterState.Pruned(entry);
      } else {
        states[missing[i]] = new RegisterState.Unknown(addresses[i]);
      }
    }
  }

  private Map<Integer, RegisterEntry> base(int[] ascending) throws SQLException {
    Map<Integer, RegisterEntry> entries = new HashMap<>();
    view.base()
        .visit(
            row ->
                row.visit(
                    (address, value, timeMillis) -> {
                      if (Arrays.binarySearch(ascending, address) >= 0) {
                        entries.put(address, new RegisterEntry(address, value, timeMillis));
                      }
                    }));
    return entries;
  }
}
