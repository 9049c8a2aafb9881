package io.wwep.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Collects what the workers measure, second by second. One thread. */
final class Recording {

  private static final double SECOND_NANOS = 1e9;
  private static final double MEDIAN = 50;
  private static final double P99 = 99;

  private final Supplier<Interval> source;
  private final Consumer<Second> eachSecond;
  private final CompletableFuture<Void> stopped;
  private final List<Second> seconds = new ArrayList<>();
  private final Interval total = new Interval();

  Recording(
      Supplier<Interval> source, Consumer<Second> eachSecond, CompletableFuture<Void> stopped) {
    this.source = source;
    this.eachSecond = eachSecond;
    this.stopped = stopped;
  }

  /** What failed while the connections were opened is part of the result. */
  void opened() {
    total.addFaults(source.get());
  }

  /**
   * Collects for so long, or until it is stopped.
   *
   * @param counted whether it is measured, or warm-up, of which only the failures count
   */
  void run(long startNanos, long nanos, boolean counted) {
    long last = startNanos;
    boolean goesOn = nanos > 0;
    while (goesOn) {
      long next = Math.min(last + (long) SECOND_NANOS, startNanos + nanos);
      goesOn = !awaitStop(next) && next < startNanos + nanos;
      long now = System.nanoTime();
      Interval interval = source.get();
      double at = (now - startNanos) / SECOND_NANOS;
      Second second = second(interval, !counted, at, (now - last) / SECOND_NANOS);
      if (counted) {
        total.add(interval);
        seconds.add(second);
      } else {
        total.addFaults(interval);
      }
      eachSecond.accept(second);
      last = now;
    }
  }

  private static Second second(
      Interval interval, boolean warmUp, double atSeconds, double lengthSeconds) {
    return new Second(
        warmUp,
        atSeconds,
        lengthSeconds > 0 ? interval.latencies.getTotalCount() / lengthSeconds : 0,
        interval.latencies.getValueAtPercentile(MEDIAN),
        interval.latencies.getValueAtPercentile(P99),
        interval.rejected,
        interval.faultCount());
  }

  private boolean awaitStop(long untilNanos) {
    try {
      stopped.get(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * @param lateCounts whether the latencies of what came after the end count: in an open loop a
   *     stall at the end must show
   */
  Result result(double elapsedSeconds, boolean lateCounts, long unsent, double cpus) {
    Interval late = source.get();
    if (lateCounts) {
      total.add(late);
    } else {
      total.addFaults(late);
    }
    return new Result(
        new Latencies(total.latencies),
        List.copyOf(seconds),
        elapsedSeconds,
        total.rejected,
        total.writes,
        unsent,
        total.faults,
        cpus);
  }

  /** Returns the processor time that this process has used; 0 where it cannot be told. */
  static double processCpuSeconds() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? Math.max(0, system.getProcessCpuTime()) / SECOND_NANOS
        : 0;
  }
}
