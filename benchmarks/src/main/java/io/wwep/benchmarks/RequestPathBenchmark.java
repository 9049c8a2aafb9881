package io.wwep.benchmarks;

import io.wwep.server.RequestPath;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A request's whole way through the server, but for the kernel's part. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {"-Djmh.executor=CUSTOM", "-Djmh.executor.class=io.wwep.server.LoopThreads"})
public class RequestPathBenchmark {

  private RequestPath path;

  /** Writes what is read later. */
  @Setup
  public void open() {
    path = new RequestPath();
    path.exchange(Messages.WRITE);
  }

  @TearDown
  public void close() {
    path.close();
  }

  @Benchmark
  public int read() {
    return path.exchange(Messages.READ);
  }

  @Benchmark
  public int write() {
    return path.exchange(Messages.WRITE);
  }

  @Benchmark
  @OperationsPerInvocation(Messages.BATCH_REQUESTS)
  public int batch() {
    return path.exchange(Messages.BATCH);
  }

  @Benchmark
  public int illegal() {
    return path.exchange(Messages.ILLEGAL);
  }
}
