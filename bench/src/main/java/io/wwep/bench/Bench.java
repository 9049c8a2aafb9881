package io.wwep.bench;

import io.wwep.server.Descriptors;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One run of a load against a target: probe, connect, fill what is going to be read, warm up,
 * measure.
 *
 * <p>{@link #run} is called once, by any thread, which it keeps; {@link #stop} by any other.
 */
public final class Bench {

  private static final double SECOND_NANOS = 1e9;

  private final Target target;
  private final Load load;
  private final CompletableFuture<Void> stopped = new CompletableFuture<>();

  public Bench(Target target, Load load) {
    this.target = target;
    this.load = load;
  }

  /** Ends the run early; it still returns what was measured until then. */
  public void stop() {
    stopped.complete(null);
  }

  /**
   * Runs the load.
   *
   * @param eachSecond is told of each second, on the calling thread
   * @throws BenchException when this machine or the server has no room for the connections, when
   *     the server cannot be reached or speaks no WWEP, and when the run was stopped before
   *     anything was measured
   */
  public Result run(Consumer<Second> eachSecond) {
    requireDescriptors(load, Descriptors.max());
    Probe.check(target);
    try (Crew crew = new Crew(target, load, stopped)) {
      crew.prepare();
      return measure(crew, eachSecond);
    }
  }

  /**
   * Else the connections that this process cannot open would look like those that the server
   * refuses.
   */
  static void requireDescriptors(Load load, int max) {
    long needed = (long) load.connections() + load.idle() + Descriptors.RESERVED;
    if (needed > max) {
      throw new BenchException(
          BenchException.Kind.REFUSED,
          "so many connections need %d files open, and this process may have %d: let it open more (ulimit -n), or ask for fewer with --connections and --idle"
              .formatted(needed, max));
    }
  }

  private Result measure(Crew crew, Consumer<Second> eachSecond) {
    Recording recording = new Recording(crew::takeInterval, eachSecond, stopped);
    recording.opened();
    long start = System.nanoTime();
    crew.start(start);
    recording.run(start, load.warmup().toNanos(), false);
    if (stopped.isDone()) {
      throw new BenchException(
          BenchException.Kind.STOPPED, "stopped before anything was measured: give it more time");
    }
    long counted = System.nanoTime();
    double cpuAtStart = Recording.processCpuSeconds();
    recording.run(counted, load.duration().toNanos(), true);
    double elapsed = (System.nanoTime() - counted) / SECOND_NANOS;
    double cpus = (Recording.processCpuSeconds() - cpuAtStart) / elapsed;
    crew.finish();
    return recording.result(elapsed, load.isOpenLoop(), crew.unsent(), cpus);
  }
}
