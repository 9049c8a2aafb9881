package io.wwep.benchmarks;

import io.wwep.protocol.Reply;
import io.wwep.protocol.Wwep;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** From numbers to bytes. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ReplyBenchmark {

  private final byte[] target = new byte[Messages.BATCH_REQUESTS * Wwep.ACCEPTED_LENGTH];
  private int value;

  @Benchmark
  public byte[] accepted() {
    put(0);
    return target;
  }

  @Benchmark
  @OperationsPerInvocation(Messages.BATCH_REQUESTS)
  public byte[] batch() {
    for (int i = 0; i < Messages.BATCH_REQUESTS; i++) {
      put(i * Wwep.ACCEPTED_LENGTH);
    }
    return target;
  }

  private void put(int offset) {
    value = (value + 1) & 0xFFFF;
    Reply.putAccepted(target, offset, 0x0FAC0B, value);
  }
}
