package io.wwep.cli;

import io.wwep.store.StoreException;
import io.wwep.store.sqlite.CheckReport;
import io.wwep.store.sqlite.DatabaseCheck;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep check}: says whether the data are as they were written. */
@Command(
    name = "check",
    header = "Check whether the data are whole; changes nothing, and a server may run.",
    description = {
      "  wwep check                              the data in ./wwep-data",
      "  wwep check /var/lib/wwep",
      "  wwep check --json"
    })
final class CheckCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      converter = FilePath.class,
      description = "The data directory of a server on this machine (./wwep-data).")
  Path directory = Path.of("wwep-data");

  @Option(names = "--json", description = "Print one JSON object, also for failures.")
  boolean json;

  @Mixin HelpOption help;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CheckReport report;
    try {
      report = DatabaseCheck.runIn(directory);
    } catch (StoreException e) {
      Json none = new Json().put("result", "none").put("error", "store");
      return console.fail(json ? none : null, e.getMessage(), ExitCode.USAGE);
    }
    int exitCode = report.isSound() ? ExitCode.OK : ExitCode.DAMAGED;
    if (json) {
      String result = report.isSound() ? "ok" : "damaged";
      console.print(
          CheckLines.json(report).put("result", result).put("exitCode", exitCode).toString());
    } else {
      CheckLines.counts(report).forEach(console::print);
    }
    return report.isSound() ? ok() : damaged(report);
  }

  private int ok() {
    if (!json) {
      console.print("ok");
    }
    return ExitCode.OK;
  }

  private int damaged(CheckReport report) {
    report.damages().forEach(damage -> console.fail("damaged: " + damage));
    console.fail(
        "the data in %s are damaged: restore a backup with '%2$s restore FILE', or save what is readable with '%2$s export --salvage' and take it with '%2$s import', and look after the disk"
            .formatted(directory, CommandName.TEXT));
    return ExitCode.DAMAGED;
  }
}
