package io.wwep.cli;

import io.wwep.store.sqlite.CheckReport;
import java.util.List;
import java.util.Locale;

/** What a check found, as the commands print it. */
final class CheckLines {

  private CheckLines() {}

  /** Returns what the database has, in lines with a heading each. */
  static List<String> counts(CheckReport report) {
    return List.of(
        line("structure", "%,d pages", report.pages()),
        line("registers", "%s", Counts.of(report.devices(), report.registers())),
        report.writes() == 0
            ? line("history", "no writes")
            : line(
                "history",
                "%s, %s",
                Counts.of(report.writes(), "write"),
                numbers(report.firstWrite(), report.lastWrite())),
        report.indexed() == 0
            ? line("index", "none yet: a short history is looked through without")
            : line("index", "%,d writes, sorted by register for lookups", report.indexed()),
        line("peers", "%,d", report.peers()));
  }

  private static String numbers(long first, long last) {
    return first == last ? "number " + first : "number %d to %d".formatted(first, last);
  }

  private static String line(String heading, String format, Object... values) {
    return String.format(Locale.ROOT, "  %-11s", heading)
        + String.format(Locale.ROOT, format, values);
  }

  /** Returns the same as an object. */
  static Json json(CheckReport report) {
    return new Json()
        .put("pages", report.pages())
        .put("devices", report.devices())
        .put("registers", report.registers())
        .put("writes", report.writes())
        .put("firstWrite", report.firstWrite())
        .put("lastWrite", report.lastWrite())
        .put("indexed", report.indexed())
        .put("peers", report.peers())
        .put("damages", report.damages());
  }
}
