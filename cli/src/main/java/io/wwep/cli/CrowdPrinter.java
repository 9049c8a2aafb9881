package io.wwep.cli;

import io.wwep.board.crowd.Totals;
import java.util.Locale;

/** What people see of many boards: a line a second, and the sum. */
final class CrowdPrinter {

  private static final double SECOND_NANOS = 1e9;

  private final Console console;
  private final CrowdOptions options;

  CrowdPrinter(Console console, CrowdOptions options) {
    this.console = console;
    this.options = options;
  }

  void begin(BoardClass boards, String host) {
    if (options.json) {
      return;
    }
    console.print(boards.words());
    console.print(
        "%s of %s: %s a second of each board, for %s at most%s; Ctrl-C ends it"
            .formatted(
                buttons(),
                host,
                trimmed(options.ratePerSecond()),
                Durations.text(options.end()),
                options.messages == null ? "" : ", %d messages each".formatted(options.messages)));
    console.flush();
  }

  private String buttons() {
    return switch (options.buttons()) {
      case PLAIN -> "Button 0 (plain)";
      case TLS -> "Button 1 (TLS)";
      case BOTH -> "Both buttons in turn (plain, TLS)";
    };
  }

  private static String trimmed(double number) {
    String text = form("%.3f", number);
    return text.replaceFirst("\\.?0+$", "");
  }

  void second(Totals totals) {
    if (!options.json) {
      console.print(form("%5.0f s  %s", totals.elapsed().toNanos() / SECOND_NANOS, sums(totals)));
      console.flush();
    }
  }

  private static String sums(Totals totals) {
    return form(
        "%,8d sent %,8d A %,6d X %,6d none   slowest %s",
        totals.sent(), totals.accepted(), totals.rejected(), totals.unanswered(), slowest(totals));
  }

  private static String slowest(Totals totals) {
    return totals.slowestDevice().isEmpty()
        ? "-"
        : form(
            "%s (%04X)",
            ClientCommand.millisText(totals.slowest().toNanos()),
            totals.slowestDevice().getAsInt());
  }

  void end(Totals totals) {
    if (options.json) {
      console.print(json(totals).toString());
      return;
    }
    console.print(" in all  " + sums(totals));
    totals.faults().forEach((fault, count) -> console.print(form("%,8d times: %s", count, fault)));
  }

  private Json json(Totals totals) {
    Json json =
        new Json()
            .put("boards", options.count)
            .put("seconds", Math.round(totals.elapsed().toNanos() / 1e6) / 1e3)
            .put("sent", totals.sent())
            .put("A", totals.accepted())
            .put("X", totals.rejected())
            .put("none", totals.unanswered());
    if (totals.slowestDevice().isPresent()) {
      json.put("slowestMillis", ClientCommand.millis(totals.slowest().toNanos()))
          .put("slowestDevice", form("%04X", totals.slowestDevice().getAsInt()));
    }
    return json.put("faults", totals.faults()).put("exitCode", totals.exitCode());
  }

  /** The same in every country: other programs read it too. */
  private static String form(String form, Object... values) {
    return String.format(Locale.ROOT, form, values);
  }
}
