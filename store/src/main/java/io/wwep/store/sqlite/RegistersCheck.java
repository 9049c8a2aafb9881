package io.wwep.store.sqlite;

import io.wwep.protocol.RegisterId;
import java.sql.SQLException;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/**
 * Holds the registers against the history. A register of the base must be what its last folded
 * write made of it, or a later one, should a round of folding be under way; of one whose writes
 * were all removed from the history, nothing can be said.
 */
final class RegistersCheck {

  private static final int REGISTERS = 1 << BaseRow.REGISTER_BITS;
  private static final int VALUE_BITS = 16;

  /** No write of it is in the history, or the base was found to have it. */
  private static final long NONE = 0;

  private final Findings findings;

  /**
   * By device, made when it is needed: value and time of the last folded write to each register.
   */
  private final long[][] folded = new long[RegisterId.DEVICE_MAX + 1][];

  /** Registers of the base that differ; perhaps a later write made them so. */
  private final Map<Integer, Long> differing = new HashMap<>();

  private final BitSet written = new BitSet();

  RegistersCheck(Findings findings) {
    this.findings = findings;
  }

  void run(HistoryTable history, BaseTable base, long prunedThrough) throws SQLException {
    long foldedThrough = base.foldedThrough();
    findings.during(
        () ->
            history.visitAfter(
                prunedThrough,
                chunk -> {
                  if (chunk.id() <= foldedThrough) {
                    noteFolded(chunk);
                  }
                }));
    findings.during(() -> base.visit(row -> row.visit(this::compare)));
    findings.during(() -> history.visitAfter(foldedThrough, this::noteUnfolded));
    // Of a history with gaps it is not known which write to a register was the last.
    if (findings.isEmpty()) {
      differing.keySet().forEach(this::addDiffering);
      addMissing();
    }
  }

  private static long pack(int value, long timeMillis) {
    return ((BaseRow.clamped(timeMillis) << VALUE_BITS) | value) + 1;
  }

  private static int valueOf(long packed) {
    return (int) (packed - 1) & RegisterId.VALUE_MAX;
  }

  private void noteFolded(HistoryChunk chunk) {
    for (long number = chunk.id(); number <= chunk.lastId(); number++) {
      long row = chunk.row(number);
      int address = HistoryRow.address(row);
      int device = address >> BaseRow.REGISTER_BITS;
      if (folded[device] == null) {
        folded[device] = new long[REGISTERS];
      }
      folded[device][address & (REGISTERS - 1)] = pack(HistoryRow.value(row), chunk.timeMillis());
    }
  }

  private void compare(int address, int value, long timeMillis) {
    written.set(address);
    long[] device = folded[address >> BaseRow.REGISTER_BITS];
    if (device == null) {
      return;
    }
    int register = address & (REGISTERS - 1);
    long found = pack(value, timeMillis);
    if (device[register] != NONE && device[register] != found) {
      differing.put(address, found);
    }
    device[register] = NONE;
  }

  private void noteUnfolded(HistoryChunk chunk) {
    for (long number = chunk.id(); number <= chunk.lastId(); number++) {
      long row = chunk.row(number);
      int address = HistoryRow.address(row);
      written.set(address);
      Long found = differing.isEmpty() ? null : differing.get(address);
      // A fold stores the newest value, with the time of the write that it is at.
      if (found != null && valueOf(found) == HistoryRow.value(row)) {
        differing.remove(address);
      }
    }
  }

  private void addDiffering(int address) {
    findings.add(
        "register %02X of device %04X is not what the history says"
            .formatted(address & (REGISTERS - 1), address >> BaseRow.REGISTER_BITS));
  }

  private void addMissing() {
    for (int device = 0; device < folded.length; device++) {
      for (int register = 0; folded[device] != null && register < REGISTERS; register++) {
        if (folded[device][register] != NONE) {
          addDiffering((device << BaseRow.REGISTER_BITS) | register);
        }
      }
    }
  }

  int registers() {
    return written.cardinality();
  }

  int devices() {
    int count = 0;
    for (int next = written.nextSetBit(0); next >= 0; count++) {
      next = written.nextSetBit((next | (REGISTERS - 1)) + 1);
    }
    return count;
  }
}
