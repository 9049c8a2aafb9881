package io.wwep.cli;

import io.wwep.bench.Latencies;
import io.wwep.bench.Load;
import io.wwep.bench.Result;
import io.wwep.bench.Second;
import io.wwep.bench.Target;
import java.nio.file.Path;
import java.util.Locale;

/** What people see of a load: a line that changes while it runs, and the summary. */
final class BenchPrinter {

  private static final double MICRO_NANOS = 1e3;
  private static final double MILLI_NANOS = 1e6;
  private static final double BUSY_CPUS = 0.9;

  private final Console console;
  private final Load load;
  private final ProgressLine progress;

  BenchPrinter(Console console, Load load) {
    this.console = console;
    this.load = load;
    progress = new ProgressLine(console, true);
  }

  void begin(Target target) {
    console.print(
        "Loading %s, port %d%s: %s"
            .formatted(
                target.host(),
                target.address().getPort(),
                target.trust() == null ? "" : " (TLS)",
                words()));
    if (load.writesPercent() > 0) {
      console.print(
          "Writing to registers 00 to %02X of devices %04X to FFFF"
              .formatted(load.registers() - 1, load.firstDevice()));
    }
    console.flush();
  }

  private String words() {
    return form(
        "%s%s, %s, %d%% writes%s",
        Counts.of(load.connections(), "connection"),
        load.oneShot() ? ", a new one for each request" : "",
        load.isOpenLoop()
            ? form("%,.0f requests a second", load.ratePerSecond())
            : load.pipeline() + " in flight on each",
        load.writesPercent(),
        load.idle() > 0 ? form(", %,d idle ones beside", load.idle()) : "");
  }

  /** Shows how far it is. */
  void second(Second second) {
    String line =
        form(
            "%s  %,9.0f/s  p50 %s  p99 %s%s%s",
            second.warmUp() ? "warming up" : form("%4.0f s", second.atSeconds()),
            second.ratePerSecond(),
            time(second.p50Nanos()),
            time(second.p99Nanos()),
            second.rejected() > 0 ? form("  %,d X", second.rejected()) : "",
            second.faults() > 0 ? form("  %,d failed", second.faults()) : "");
    progress.show(line);
  }

  /** Takes away the line that changes; something else is said. */
  void clear() {
    progress.clear();
  }

  void end(Result result, Path report) {
    clear();
    console.print(
        form(
            "%,.0f requests a second (%,d in %.1f s)",
            result.ratePerSecond(), result.requests(), result.elapsedSeconds()));
    for (double percentile : Latencies.PERCENTILES) {
      long nanos = result.latencies().atPercentile(percentile);
      console.print("  p%-6s %s".formatted(Latencies.label(percentile), time(nanos)));
    }
    console.print("  max     %s".formatted(time(result.latencies().max())));
    notes(result);
    if (report != null) {
      console.print("Report: " + report);
    }
  }

  private void notes(Result result) {
    if (result.rejected() > 0) {
      console.print(form("%,d of the replies were X: %s", result.rejected(), whyRejected()));
    }
    result.faults().forEach((fault, count) -> console.print(form("%,d %s", count, fault.words())));
    if (result.requests() == 0) {
      console.print("No request was answered; if this is the server's TLS port, add --tls");
    }
    if (result.unsent() > 0) {
      console.print(
          form(
              "%,d requests were due and not sent, since all connections waited for replies: the server is slower than --rate; more --connections or --pipeline may help",
              result.unsent()));
    }
    console.print(
        form(
            "This load took %.2f of a processor on this machine%s",
            result.generatorCpus(),
            result.generatorCpus() > BUSY_CPUS * load.threads()
                ? ": it may be what limits; see whether --threads %d gets more"
                    .formatted(load.threads() + 1)
                : ""));
  }

  private String whyRejected() {
    return load.writesPercent() == 0
        ? "nobody has written these registers; --writes 1 writes all of them first"
        : "the server's console says why";
  }

  private static String time(long nanos) {
    return nanos < MILLI_NANOS
        ? form("%.0f us", nanos / MICRO_NANOS)
        : form("%.2f ms", nanos / MILLI_NANOS);
  }

  /** The same in every country: other programs read it too. */
  private static String form(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
