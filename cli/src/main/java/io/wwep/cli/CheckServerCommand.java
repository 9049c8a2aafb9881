package io.wwep.cli;

import io.wwep.client.WwepException;
import io.wwep.conformance.CaseResult;
import io.wwep.conformance.Conformance;
import io.wwep.conformance.Report;
import io.wwep.conformance.cases.Level;
import io.wwep.conformance.wire.Target;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wwep class check-server}: holds a participant's server against the protocol. */
@Command(
    name = "check-server",
    header = "Hold a participant's server against the protocol, and say what to mend.",
    description = {
      "  wwep class check-server 192.168.1.7                   exercise 04, on port 27708",
      "  wwep class check-server 192.168.1.7 --exercise 05 --ca their-cert.pem",
      "  wwep class check-server 192.168.1.7 --exercise 07 --insecure",
      "  wwep class check-server 192.168.1.7 --for 0312        and the class's server is told",
      "  wwep class check-server localhost:5000 --full         all that PROTOCOL.md says"
    })
final class CheckServerCommand implements Callable<Integer> {

  private final Console console;

  @Mixin CheckedServer server;

  @Option(
      names = "--full",
      description = {
        "Try all that PROTOCOL.md fixes, beyond what the exercises ask for: minutes.",
        "Writes to devices 0000 and FFFF too, and puts back what they held."
      })
  boolean full;

  @Option(
      names = "--devices",
      paramLabel = "FROM-TO",
      converter = DeviceRange.Converter.class,
      description =
          "Devices that may be written to (random ones from 0600 up, which no board has).")
  DeviceRange devices;

  @Mixin RollOptions roll;

  @Option(names = "--json", description = "Print one JSON object, also for failures.")
  boolean json;

  @Mixin HelpOption help;

  CheckServerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      roll.require();
      return check(server.target());
    } catch (WwepException.NotTrusted | WwepException.NotAdmitted e) {
      return console.fail(none("not-trusted"), e.getMessage(), ExitCode.NOT_TRUSTED);
    } catch (WwepException e) {
      return console.fail(none("no-answer"), e.getMessage(), ExitCode.NO_ANSWER);
    } catch (CliException e) {
      return console.fail(none("usage"), e.getMessage(), ExitCode.USAGE);
    }
  }

  private Json none(String error) {
    return json ? new Json().put("result", "none").put("error", error) : null;
  }

  private int check(Target target) throws InterruptedException {
    Conformance suite = Conformance.against(target).level(full ? Level.FULL : Level.LECTURE);
    if (devices != null) {
      suite = suite.devices(devices.ids());
    }
    CaseProgress progress = new CaseProgress(console, json, suite.cases().size());
    Report report;
    try {
      report = suite.run(progress::saw);
    } finally {
      progress.clear();
    }
    int code = tell(report);
    if (code == ExitCode.USAGE) {
      return code; // The class has nothing to hear of a server that was not judged.
    }
    try {
      roll.tell(report);
      return code;
    } catch (Unanswered untold) {
      console.fail(untold.getMessage());
      return code == ExitCode.OK ? untold.exitCode() : code;
    }
  }

  private int tell(Report report) {
    long homeless = report.results().stream().filter(CaseResult::lacksDevice).count();
    boolean unjudged = homeless > 0 && report.failed().isEmpty();
    int code = unjudged ? ExitCode.USAGE : report.isPassed() ? ExitCode.OK : ExitCode.REJECTED;
    if (json) {
      console.print(new ReportJson(report).object().put("exitCode", code).toString());
    } else {
      new ReportLines(console).print(report);
    }
    if (unjudged) {
      console.fail(tooFew(homeless, report.results().size()));
    } else if (!report.isPassed()) {
      console.fail(
          "%d cases failed and %d were left out: mend the server, the first one first, and check it again"
              .formatted(
                  report.count(CaseResult.Verdict.FAILED),
                  report.count(CaseResult.Verdict.SKIPPED)));
    }
    return code;
  }

  private static String tooFew(long homeless, int cases) {
    return "%d of %d cases had no device: give --devices a longer range that nobody wrote to, for the server is not to blame (one device or two for each case, with a letter from A to F in its ID)"
        .formatted(homeless, cases);
  }

  /** How far it has come: what fails, as soon as it does, and a line that changes. */
  private static final class CaseProgress {

    private final Console console;
    private final ProgressLine line;
    private final boolean told;
    private final int cases;
    private int tried;
    private int failed;

    CaseProgress(Console console, boolean json, int cases) {
      this.console = console;
      line = new ProgressLine(console, !json);
      told = !json;
      this.cases = cases;
    }

    void saw(CaseResult result) {
      tried++;
      if (result.isFailed()) {
        failed++;
        tell(result);
      }
      line.show("%d of %d, %d failed: %s".formatted(tried, cases, failed, result.tried().title()));
    }

    private void tell(CaseResult result) {
      clear();
      if (told) {
        new ReportLines(console).explain(result);
        console.out().flush();
      }
    }

    void clear() {
      line.clear();
    }
  }
}
