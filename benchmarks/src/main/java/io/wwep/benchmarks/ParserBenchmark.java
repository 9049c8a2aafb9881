package io.wwep.benchmarks;

import io.wwep.protocol.FrameParser;
import io.wwep.protocol.FrameSink;
import io.wwep.protocol.RejectCode;
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

/** From bytes to numbers. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class ParserBenchmark implements FrameSink {

  private final FrameParser parser = new FrameParser(false, this);
  private int seen;

  @Benchmark
  public int read() {
    return parse(Messages.READ);
  }

  @Benchmark
  public int write() {
    return parse(Messages.WRITE);
  }

  @Benchmark
  @OperationsPerInvocation(Messages.BATCH_REQUESTS)
  public int batch() {
    return parse(Messages.BATCH);
  }

  @Benchmark
  public int illegal() {
    return parse(Messages.ILLEGAL);
  }

  private int parse(byte[] read) {
    parser.parse(read, 0, read.length);
    return seen;
  }

  @Override
  public void read(int address) {
    seen += address;
  }

  @Override
  public void write(int address, int value) {
    seen += address ^ value;
  }

  @Override
  public void reject(RejectCode code) {
    seen++;
  }

  @Override
  public void emptyLine() {
    seen--;
  }
}
