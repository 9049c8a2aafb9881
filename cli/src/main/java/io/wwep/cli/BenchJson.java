package io.wwep.cli;

import io.wwep.bench.Latencies;
import io.wwep.bench.Load;
import io.wwep.bench.Result;
import io.wwep.bench.Second;
import io.wwep.bench.Target;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** A load and its result as one JSON object; times in microseconds. */
final class BenchJson {

  private static final double MICRO_NANOS = 1e3;

  private BenchJson() {}

  static Json of(Target target, Load load, Result result, int exitCode) {
    return new Json()
        .put("host", target.host())
        .put("port", target.address().getPort())
        .put("tls", target.trust() != null)
        .put("load", load(load))
        .put("requests", result.requests())
        .put("seconds", round(result.elapsedSeconds()))
        .put("requestsPerSecond", round(result.ratePerSecond()))
        .put("latencyMicros", latencies(result))
        .put("rejected", result.rejected())
        .put("writes", result.writes())
        .put("unsent", result.unsent())
        .put("faults", faults(result))
        .put("generatorCpus", round(result.generatorCpus()))
        .put("perSecond", result.seconds().stream().map(BenchJson::second).toList())
        .put("exitCode", exitCode);
  }

  private static Json load(Load load) {
    return new Json()
        .put("connections", load.connections())
        .put("pipeline", load.pipeline())
        .put("writesPercent", load.writesPercent())
        .put("devices", load.devices())
        .put("registers", load.registers())
        .put("ratePerSecond", load.isOpenLoop() ? load.ratePerSecond() : null)
        .put("oneShot", load.oneShot())
        .put("resume", load.resume())
        .put("idle", load.idle())
        .put("threads", load.threads());
  }

  private static Map<String, Object> latencies(Result result) {
    Map<String, Object> micros = new LinkedHashMap<>();
    micros.put("mean", round(result.latencies().mean() / MICRO_NANOS));
    for (double percentile : Latencies.PERCENTILES) {
      micros.put(
          "p" + Latencies.label(percentile),
          round(result.latencies().atPercentile(percentile) / MICRO_NANOS));
    }
    micros.put("max", round(result.latencies().max() / MICRO_NANOS));
    return micros;
  }

  private static Map<String, Object> faults(Result result) {
    Map<String, Object> faults = new LinkedHashMap<>();
    result
        .faults()
        .forEach((fault, count) -> faults.put(fault.name().toLowerCase(Locale.ROOT), count));
    return faults;
  }

  private static Json second(Second second) {
    return new Json()
        .put("at", round(second.atSeconds()))
        .put("requestsPerSecond", round(second.ratePerSecond()))
        .put("p50", round(second.p50Nanos() / MICRO_NANOS))
        .put("p99", round(second.p99Nanos() / MICRO_NANOS));
  }

  private static Object round(double number) {
    return Math.round(number * 100) / 100.0;
  }
}
