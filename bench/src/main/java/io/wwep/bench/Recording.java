package io.wwep.bench;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Collects what the workers measure, second by second. One thread. */
final class Recording {

  private static final double SECOND_NANOS = 1e9;
  private static final double MEDIAN = 50;
  private static final double P99 = 99;

  private final Supplier<Interval> source;
  private final Consumer<Second> eachSecond;
  private final CountDownLatch stopped;
  private final List<Second> seconds = new ArrayList<>();
  private final Interval total = new Interval();

  Recording(Supplier<Interval> source, Consumer<Second> eachSecond, CountDownLatch stopped) {
    this.source = source;
    this.eachSecond = eachSecond;
    this.stopped = stopped;
  }

  /**
   * Collects for so long, or until it is stopped.
   *
   * @param counted whether it is measured, or warm-up
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
      return stopped.await(Math.max(0, untilNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /**
   * @param late what came after the end
   * @param lateCounts whether its latencies count: in an open loop a stall at the end must show
   */
  Result result(
      double elapsedSeconds, Interval late, boolean lateCounts, long unsent, double cpus) {
    if (lateCounts) {
      total.add(late);
    } else {
      late.faults.forEach((fault, count) -> total.faults.merge(fault, count, Long::sum));
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
