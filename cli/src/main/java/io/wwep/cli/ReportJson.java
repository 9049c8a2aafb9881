package io.wwep.cli;

import io.wwep.conformance.CaseResult;
import io.wwep.conformance.Exercise;
import io.wwep.conformance.Report;
import io.wwep.conformance.wire.Port;
import io.wwep.protocol.RegisterId;

/** What programs read of a server that was held against the protocol. */
final class ReportJson {

  private final Report report;

  ReportJson(Report report) {
    this.report = report;
  }

  /** Returns the object without its exit code. */
  Json object() {
    Json json = new Json().put("result", report.isPassed() ? "passed" : "failed");
    for (Port port : Port.values()) {
      if (report.target().serves(port)) {
        json.put(port.word(), report.target().place(port));
      }
    }
    return json.put("exercises", report.exercises().stream().map(this::exercise).toList())
        .put("passed", report.count(CaseResult.Verdict.PASSED))
        .put("failed", report.count(CaseResult.Verdict.FAILED))
        .put("skipped", report.count(CaseResult.Verdict.SKIPPED))
        .put("cases", report.results().stream().map(ReportJson::result).toList())
        .put("written", report.written().stream().map(RegisterId::toString).toList());
  }

  private Json exercise(Exercise exercise) {
    return new Json()
        .put("exercise", exercise.number())
        .put("done", report.isDone(exercise))
        .putIfPresent("missing", report.missing(exercise).map(ReportJson::name).orElse(null));
  }

  private static String name(CaseResult result) {
    return result.tried().name();
  }

  private static Json result(CaseResult result) {
    return new Json()
        .put("case", name(result))
        .put("port", result.tried().doors().word())
        .put("title", result.tried().title())
        .put("clause", result.tried().clause().section())
        .put("verdict", result.verdict().word())
        .put("millis", ClientCommand.millis(result.elapsed().toNanos()))
        .put("sent", result.sent())
        .putIfPresent("expected", result.expected())
        .put("came", result.came())
        .putIfPresent("reason", result.reason())
        .putIfPresent("cure", result.cure())
        .put("conversation", result.conversation());
  }
}
