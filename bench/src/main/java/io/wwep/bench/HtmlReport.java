package io.wwep.bench;

import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A page that shows a run: complete in itself, for light and dark screens, and for paper. */
public final class HtmlReport {

  private static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.9, 99.99, 99.999, 100};

  private static final String PAGE =
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>wwep bench: %1$s</title>
      <style>
      :root { color-scheme: light dark; --ink: #1c2430; --soft: #667085; --line: #d8dee8; --paper: #ffffff;
        --card: #f6f8fb; --a: #1f6feb; }
      @media (prefers-color-scheme: dark) { :root { --ink: #e6eaf0; --soft: #98a2b3; --line: #344054;
        --paper: #10151d; --card: #182230; --a: #6ea8fe; } }
      body { margin: 0 auto; max-width: 60rem; padding: 2rem 1.25rem 3rem; background: var(--paper); color: var(--ink);
        font: 16px/1.5 system-ui, sans-serif; }
      h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; }
      p { color: var(--soft); margin: .25rem 0 0; }
      .figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin-top: 1.5rem; }
      .figures div { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; }
      .figures b { display: block; font-size: 1.2rem; white-space: nowrap; font-variant-numeric: tabular-nums; }
      .figures span { color: var(--soft); font-size: .85rem; }
      svg { width: 100%%; height: auto; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
      svg text { fill: var(--soft); font: 12px system-ui, sans-serif; }
      .grid { stroke: var(--line); } .a { stroke: var(--a); fill: none; stroke-width: 2; }
      .fill { fill: var(--a); opacity: .12; }
      table { border-collapse: collapse; width: 100%%; font-variant-numeric: tabular-nums; }
      td, th { text-align: left; padding: .3rem .75rem .3rem 0; border-bottom: 1px solid var(--line); font-weight: normal; }
      th { color: var(--soft); } td.n, th.n { text-align: right; }
      </style>
      </head>
      <body>
      <h1>%2$s requests a second</h1>
      <p>%1$s, %3$s</p>
      <div class="figures">%4$s</div>
      <h2>Rate over time</h2>
      %5$s
      <h2>Latency by percentile</h2>
      %6$s
      <p>%7$s</p>
      <h2>Percentiles</h2>
      <table>%8$s</table>
      <h2>Load</h2>
      <table>%9$s</table>
      </body>
      </html>
      """;

  private HtmlReport() {}

  /** Returns the page. */
  public static String of(Target target, Load load, Result result) {
    String when =
        DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
            .format(ZonedDateTime.now(ZoneId.systemDefault()));
    return PAGE.formatted(
        escape("%s, port %d".formatted(target.host(), target.address().getPort())),
        count(Math.round(result.ratePerSecond())),
        when,
        figures(result),
        RateChart.svg(result.seconds()),
        LatencyChart.svg(result.latencies()),
        load.isOpenLoop()
            ? "Open loop: each latency counts from the time its request was due."
            : "Closed loop: each reply is followed by the next request, so a stall of the server hides the requests that it kept from being sent. --rate shows them.",
        percentiles(result),
        settings(target, load, result));
  }

  private static String figures(Result result) {
    StringBuilder figures = new StringBuilder();
    figure(figures, time(result.latencies().atPercentile(50)), "median latency");
    figure(figures, time(result.latencies().atPercentile(99)), "99th percentile");
    figure(figures, time(result.latencies().max()), "longest");
    figure(figures, count(result.requests()), "requests");
    figure(figures, count(result.rejected()), "answered X");
    figure(figures, count(result.faultCount() + result.unsent()), "failed or not sent");
    return figures.toString();
  }

  private static void figure(StringBuilder figures, String number, String words) {
    figures.append("<div><b>%s</b><span>%s</span></div>".formatted(number, words));
  }

  private static String percentiles(Result result) {
    StringBuilder rows =
        new StringBuilder("<tr><th>of the requests</th><th class=\"n\">took at most</th></tr>");
    for (double percentile : PERCENTILES) {
      row(
          rows,
          Latencies.label(percentile) + "%",
          time(result.latencies().atPercentile(percentile)));
    }
    return rows.toString();
  }

  private static String settings(Target target, Load load, Result result) {
    StringBuilder rows = new StringBuilder();
    row(rows, "Protocol", target.isSecure() ? "WWEP over TLS" : "WWEP");
    row(rows, "Connections", count(load.connections()) + (load.oneShot() ? ", one a request" : ""));
    row(rows, "Idle connections", count(load.idle()));
    row(
        rows,
        load.isOpenLoop() ? "Requests a second asked for" : "In flight on each",
        count(load.isOpenLoop() ? Math.round(load.ratePerSecond()) : load.pipeline()));
    row(rows, "Writes", load.writesPercent() + "%");
    row(rows, "Registers", count(load.registerCount()));
    row(rows, "Time", String.format(Locale.ROOT, "%.1f s", result.elapsedSeconds()));
    row(
        rows,
        "Processors that the load itself took",
        String.format(Locale.ROOT, "%.2f", result.generatorCpus()));
    result.faults().forEach((fault, number) -> row(rows, escape(fault.words()), count(number)));
    return rows.toString();
  }

  private static void row(StringBuilder rows, String name, String value) {
    rows.append("<tr><th>%s</th><td class=\"n\">%s</td></tr>".formatted(name, value));
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Returns a time of nanoseconds for people. */
  static String time(long nanos) {
    if (nanos < 1e6) {
      return String.format(Locale.ROOT, "%.0f µs", nanos / 1e3);
    }
    return nanos < 1e9
        ? String.format(Locale.ROOT, "%.2f ms", nanos / 1e6)
        : String.format(Locale.ROOT, "%.2f s", nanos / 1e9);
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
