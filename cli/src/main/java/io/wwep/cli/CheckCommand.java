package io.wwep.cli;

import io.wwep.store.StoreException;
import io.wwep.store.sqlite.CheckReport;
import io.wwep.store.sqlite.DatabaseCheck;
import io.wwep.store.sqlite.Restore;
import io.wwep.store.sqlite.SqliteStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wwep check}: says whether the data are as they were written. */
@Command(
    name = "check",
    header = "Check whether data or a backup are whole; changes nothing, and a server may run.",
    description = {
      "  wwep check                              the data in ./wwep-data",
      "  wwep check --data /var/lib/wwep",
      "  wwep check wwep-backup.db",
      "  wwep check --json"
    })
final class CheckCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "PATH",
      converter = FilePath.class,
      description = "A data directory, or a copy that wwep backup made (as --data).")
  Path path;

  @Mixin DataOption data;

  @Option(names = "--json", description = "Print one JSON object, also for failures.")
  boolean json;

  @Mixin HelpOption help;

  CheckCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Path place = place();
    if (path != null && Files.notExists(path)) {
      return none(
          "there is no %s: give a data directory, or a copy that '%s backup' made"
              .formatted(path, CommandName.TEXT));
    }
    boolean backup = Files.isRegularFile(place);
    CheckReport report;
    try {
      report = backup ? DatabaseCheck.runOnBackup(place) : DatabaseCheck.runIn(place);
    } catch (StoreException e) {
      return none(e.getMessage());
    }
    int exitCode = report.isSound() ? ExitCode.OK : ExitCode.DAMAGED;
    if (json) {
      String result = report.isSound() ? "ok" : "damaged";
      console.print(
          CheckLines.json(report).put("result", result).put("exitCode", exitCode).toString());
    } else {
      CheckLines.counts(report).forEach(console::print);
    }
    return report.isSound() ? ok() : damaged(report, place, backup);
  }

  private int none(String reason) {
    Json none = new Json().put("result", "none").put("error", "store");
    return console.fail(json ? none : null, reason, ExitCode.USAGE);
  }

  private Path place() {
    if (path == null) {
      return data.directory;
    }
    if (spec.commandLine().getParseResult().hasMatchedOption("--data")) {
      throw new CliException(
          "--data and %s name two places: give one, and check the other by itself".formatted(path));
    }
    return Path.of(SqliteStore.DATABASE).equals(path.getFileName()) && Files.isRegularFile(path)
        ? path.toAbsolutePath().getParent()
        : path;
  }

  private int ok() {
    if (!json) {
      console.print("ok");
    }
    return ExitCode.OK;
  }

  private int damaged(CheckReport report, Path place, boolean backup) {
    report.damages().forEach(damage -> console.fail("damaged: " + damage));
    console.fail(backup ? "%s is damaged: %s".formatted(place, Restore.REMEDY) : cure(place));
    return ExitCode.DAMAGED;
  }

  private static String cure(Path directory) {
    return "the data in %s are damaged: restore a backup with '%2$s restore FILE', or save what is readable with '%2$s export --salvage' and take it with '%2$s import', and look after the disk"
        .formatted(directory, CommandName.TEXT);
  }
}
