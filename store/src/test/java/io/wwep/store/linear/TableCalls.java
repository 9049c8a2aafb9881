package io.wwep.store.linear;

import io.wwep.store.RegisterTable;
import io.wwep.store.Store;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Calls of the table, from any thread. */
public final class TableCalls {

  /** Registers of a chunk that the first writer makes: two of one word, and one of another. */
  private static final int[] ADDRESSES = {0x0FAC0B, 0x0FAC0C, 0x0FACFF};

  private final RegisterTable table = new RegisterTable();

  @Operation
  public void set(
      @Param(gen = IntGen.class, conf = "0:2") int register,
      @Param(gen = IntGen.class, conf = "0:9") int value) {
    table.set(ADDRESSES[register], value);
  }

  @Operation
  public int get(@Param(gen = IntGen.class, conf = "0:2") int register) {
    return table.get(ADDRESSES[register]);
  }

  /** The table, one call after the other. */
  public static final class Model {

    private final Map<Integer, Integer> values = new HashMap<>();

    public void set(int register, int value) {
      values.put(register, value);
    }

    public int get(int register) {
      return values.getOrDefault(register, Store.ABSENT);
    }
  }

  /** A table of one word, with a mistake. */
  public abstract static class Mistaken {

    final AtomicIntegerArray values = new AtomicIntegerArray(ADDRESSES.length);
    final AtomicLong written = new AtomicLong();

    @Operation
    public int get(@Param(gen = IntGen.class, conf = "0:2") int register) {
      return ((written.get() >>> register) & 1) == 0 ? Store.ABSENT : values.get(register);
    }
  }

  /** Says that a register is written before it holds the value. */
  public static final class Hasty extends Mistaken {

    @Operation
    public void set(
        @Param(gen = IntGen.class, conf = "0:2") int register,
        @Param(gen = IntGen.class, conf = "1:9") int value) {
      written.getAndUpdate(bits -> bits | (1L << register));
      values.set(register, value);
    }
  }

  /** Sets a bit in two steps, and so loses one of two that are set side by side. */
  public static final class Losing extends Mistaken {

    @Operation
    public void set(
        @Param(gen = IntGen.class, conf = "0:2") int register,
        @Param(gen = IntGen.class, conf = "0:9") int value) {
      values.set(register, value);
      written.set(written.get() | (1L << register));
    }
  }
}
