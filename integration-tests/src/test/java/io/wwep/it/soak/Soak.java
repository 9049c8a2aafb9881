package io.wwep.it.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.wwep.it.ProcessWatch;
import io.wwep.it.WwepProcess;
import io.wwep.it.WwepProcess.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A server under a steady load of all kinds, looked at in short intervals.
 *
 * @param warmUp how long the load goes on before the first interval
 * @param duration how long intervals are measured
 * @param interval the length of one
 * @param intervalsForHeap live objects are counted behind each so-many-eth interval; that takes a
 *     full collection, during which no times are taken
 */
record Soak(Duration warmUp, Duration duration, Duration interval, int intervalsForHeap) {

  /** Short, so that the history is pruned all the time, as it is on a server that is years old. */
  private static final String HISTORY = "20000rows";

  private static final Path CERTIFICATES = Path.of("wwep-data", "tls");

  /**
   * What came of it.
   *
   * @param renewals how often the certificate was replaced
   */
  record Result(List<Interval> intervals, int renewals) {}

  /**
   * Runs it.
   *
   * @throws AssertionError at once when a reply is wrong, or the server says something is
   */
  Result run(Path directory) throws Exception {
    List<Interval> intervals = new ArrayList<>();
    int renewals;
    try (WwepProcess server =
        WwepProcess.serve(Surroundings.LAUNCHER, directory, "--quiet", "--history", HISTORY)) {
      ProcessWatch watch = new ProcessWatch(server.pid());
      try (Load load = Load.start(server, directory.resolve(CERTIFICATES))) {
        pause(load, warmUp);
        load.takeMicros();
        long start = System.nanoTime();
        while (System.nanoTime() - start < duration.toNanos()) {
          intervals.add(measure(load, watch, start, intervals.size()));
          assertThat(server.errors()).as("lines on the server's standard error").isEmpty();
        }
        renewals = load.renewals();
      }
      server.terminate();
      assertThat(server.awaitExit()).as("the server's exit code").isZero();
    }
    return new Result(intervals, renewals);
  }

  private Interval measure(Load load, ProcessWatch watch, long start, int index) throws Exception {
    long began = System.nanoTime();
    long before = load.requests();
    pause(load, interval);
    double seconds = (System.nanoTime() - began) / 1e9;
    double rate = (load.requests() - before) / seconds;
    Histogram micros = load.takeMicros();
    double rss = mebibytes(watch.rssBytes());
    int descriptors = watch.descriptors();
    double heap = Double.NaN;
    if (index % intervalsForHeap == intervalsForHeap - 1) {
      heap = mebibytes(watch.collectAndMeasureHeap());
      load.takeMicros();
    }
    Interval measured =
        new Interval(
            (System.nanoTime() - start) / 60e9,
            rate,
            millis(micros, 50),
            millis(micros, 99),
            millis(micros, 99.9),
            millis(micros, 100),
            rss,
            heap,
            descriptors,
            machineLoad());
    System.out.println(words(measured));
    return measured;
  }

  private static void pause(Load load, Duration duration) throws InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() - end < 0) {
      load.check();
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static double millis(Histogram micros, double percentile) {
    return micros.getValueAtPercentile(percentile) / 1e3;
  }

  private static double mebibytes(long bytes) {
    return bytes / (1024.0 * 1024);
  }

  private static double machineLoad() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", -1)[0]);
  }

  private static String words(Interval each) {
    return String.format(
        Locale.ROOT,
        "%5.1f min  %5.0f/s  p50 %.1f  p99 %.1f  p99.9 %.1f  max %.1f ms  RSS %.1f  heap %.2f MiB  %.0f files  load %.1f",
        each.minutes(),
        each.requestsPerSecond(),
        each.p50Millis(),
        each.p99Millis(),
        each.p999Millis(),
        each.maxMillis(),
        each.rssMiB(),
        each.heapMiB(),
        each.descriptors(),
        each.machineLoad());
  }
}
