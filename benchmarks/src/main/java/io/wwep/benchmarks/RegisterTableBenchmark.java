package io.wwep.benchmarks;

import io.wwep.protocol.Wwep;
import io.wwep.store.RegisterTable;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Registers in memory, with all of them written: of one device, and all over the table. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RegisterTableBenchmark {

  /** An odd number, so that adding it over and over visits every register. */
  private static final int STRIDE = 0x9E3779B1;

  /** How many registers are visited, from address 0 on; a power of two. */
  @Param({"256", "16777216"})
  public int registers;

  private final RegisterTable table = new RegisterTable();
  private int next;

  /** Writes every register. */
  @Setup
  public void fill() {
    for (int address = 0; address < Wwep.REGISTER_COUNT; address++) {
      table.set(address, address & 0xFFFF);
    }
  }

  private int address() {
    next += STRIDE;
    return (next >>> 8) & (registers - 1);
  }

  @Benchmark
  public int get() {
    return table.get(address());
  }

  @Benchmark
  public void set() {
    table.set(address(), 0x1234);
  }
}
