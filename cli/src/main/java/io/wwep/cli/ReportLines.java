package io.wwep.cli;

import io.wwep.conformance.CaseResult;
import io.wwep.conformance.CaseResult.Verdict;
import io.wwep.conformance.Exercise;
import io.wwep.conformance.Report;
import io.wwep.conformance.cases.Case;
import io.wwep.conformance.cases.Level;
import io.wwep.protocol.RegisterId;
import java.util.List;
import java.util.stream.Collectors;

/** What people see of a server that was held against the protocol: what failed comes first. */
final class ReportLines {

  private static final int DEVICES_SHOWN = 8;

  private final Console console;
  private final Style style;

  ReportLines(Console console) {
    this.console = console;
    style = new Style(console.color());
  }

  /** Prints everything but what failed, which was explained when it did. */
  void print(Report report) {
    report.results().stream().filter(each -> !each.isFailed()).forEach(this::line);
    console.print("");
    report.exercises().forEach(exercise -> verdict(report, exercise));
    beyond(report);
    written(report);
  }

  /** Prints what a case that failed is about, and what to mend. */
  void explain(CaseResult failed) {
    Case tried = failed.tried();
    head(failed, style.reply("FAILED "), "PROTOCOL.md, " + tried.clause().section());
    field("sent", failed.sent());
    field("expected", failed.expected());
    field("came", failed.came() + (failed.reason().isEmpty() ? "" : " (" + failed.reason() + ")"));
    field("mend", failed.cure());
    console.print("");
  }

  private void line(CaseResult result) {
    String end =
        result.isPassed() ? ClientCommand.millisText(result.elapsed().toNanos()) : result.reason();
    head(result, style.faint("%-7s".formatted(result.verdict().word())), end);
  }

  private void head(CaseResult result, String verdict, String end) {
    Case tried = result.tried();
    show(
        "%s  %-5s  %s%s"
            .formatted(
                verdict,
                tried.doors().word(),
                tried.title(),
                style.faint("  " + console.plain(end))));
  }

  /** The colours are ours; nothing that a stranger sent is in such a line but through plain. */
  private void show(String line) {
    console.out().println(line);
  }

  private void field(String name, String text) {
    if (!text.isEmpty()) {
      console.print("         %-8s  %s".formatted(name, text));
    }
  }

  private void verdict(Report report, Exercise exercise) {
    String done =
        report
            .missing(exercise)
            .map(missing -> "not done: %s (%s)".formatted(missing.tried().title(), why(missing)))
            .orElse("done");
    console.print("%s  %s: %s".formatted(exercise.number(), exercise.words(), done));
  }

  private static String why(CaseResult missing) {
    return missing.isFailed()
        ? "expected %s, but came %s".formatted(missing.expected(), missing.came())
        : missing.reason();
  }

  private void beyond(Report report) {
    List<CaseResult> all =
        report.results().stream().filter(each -> each.tried().level() != Level.LECTURE).toList();
    if (!all.isEmpty()) {
      long passed = all.stream().filter(CaseResult::isPassed).count();
      console.print(
          "Beyond the exercises: %,d of %,d cases of PROTOCOL.md passed"
              .formatted(passed, all.size()));
    }
  }

  private void written(Report report) {
    List<String> devices =
        report.written().stream()
            .map(RegisterId::device)
            .distinct()
            .map("%04X"::formatted)
            .toList();
    if (!devices.isEmpty()) {
      String shown = devices.stream().limit(DEVICES_SHOWN).collect(Collectors.joining(", "));
      int more = devices.size() - DEVICES_SHOWN;
      console.print(
          "%,d cases passed, %,d failed, %,d left out; wrote to %,d registers of devices %s%s"
              .formatted(
                  report.count(Verdict.PASSED),
                  report.count(Verdict.FAILED),
                  report.count(Verdict.SKIPPED),
                  report.written().size(),
                  shown,
                  more > 0 ? " and %,d more".formatted(more) : ""));
    }
  }
}
