package io.wwep.bench;

import java.util.EnumMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What one event loop has measured since it was asked last. Owned by the loop's thread until it is
 * handed over.
 */
final class Interval {

  /** One hour; what takes longer counts as that. */
  private static final long NANOS_MAX = 3_600_000_000_000L;

  private static final int DIGITS = 3;

  final Histogram latencies = histogram();
  final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
  long rejected;
  long writes;

  /** Returns an empty histogram of latencies in nanoseconds. */
  static Histogram histogram() {
    return new Histogram(1000, NANOS_MAX, DIGITS);
  }

  void record(long nanos) {
    latencies.recordValue(Math.max(0, Math.min(nanos, NANOS_MAX)));
  }

  void count(Fault fault) {
    faults.merge(fault, 1L, Long::sum);
  }

  void add(Interval other) {
    latencies.add(other.latencies);
    addFaults(other);
    rejected += other.rejected;
    writes += other.writes;
  }

  void addFaults(Interval other) {
    other.faults.forEach((fault, count) -> faults.merge(fault, count, Long::sum));
  }

  long faultCount() {
    return faults.values().stream().mapToLong(Long::longValue).sum();
  }
}
