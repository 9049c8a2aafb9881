package io.wwep.cli;

import io.wwep.conformance.CaseResult;
import io.wwep.conformance.Exercise;
import io.wwep.conformance.Report;
import io.wwep.conformance.wire.Port;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** For whom of a class a server was checked, and which server follows that class. */
@Command(sortOptions = false)
final class RollOptions {

  @Option(
      names = "--for",
      paramLabel = "DEVICE",
      converter = HexNumbers.Device.class,
      description = "Whose server it is: the result is told to the server that follows the class.")
  Integer device;

  @Mixin ConsolePlace place;

  /**
   * Looks whether the options go together, before anything is tried.
   *
   * @throws CliException when they do not
   */
  void require() {
    boolean placed =
        place.url != null
            || place.tokenFile != null
            || place.spec.commandLine().getParseResult().hasMatchedOption("--data");
    if (device == null && placed) {
      throw new CliException(
          "--url, --data and --token-file say where the result is told: add --for DEVICE");
    }
    if (device != null) {
      place.place();
      place.token();
    }
  }

  /** Tells the result of each exercise, where one is to be told. */
  void tell(Report report) throws Unanswered, InterruptedException {
    if (device == null) {
      return;
    }
    ClassClient client = ClassClient.of(place);
    for (Exercise each : report.exercises()) {
      client.record(device, each.number(), report.isDone(each), sentence(report, each));
    }
  }

  private static String sentence(Report report, Exercise exercise) {
    Port port = exercise.needs(Port.PLAIN) ? Port.PLAIN : Port.TLS;
    String server = report.target().place(port);
    return report
        .missing(exercise)
        .map(missing -> "%s, %s: %s".formatted(server, missing.tried().title(), mend(missing)))
        .orElse(server + " keeps the protocol");
  }

  private static String mend(CaseResult missing) {
    return missing.isFailed() ? missing.cure() : missing.reason();
  }
}
