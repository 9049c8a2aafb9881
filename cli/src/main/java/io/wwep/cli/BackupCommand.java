package io.wwep.cli;

import io.wwep.store.sqlite.Backup;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep backup}: copies the data as they are at one moment. */
@Command(
    name = "backup",
    header = "Copy the data to a file, also while a server runs, and check the copy.",
    description = {
      "  wwep backup wwep-backup.db",
      "  wwep backup /mnt/backup/wwep.db --data /var/lib/wwep --force"
    })
final class BackupCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Where to put the copy: a SQLite database by itself.")
  Path file;

  @Mixin DataOption data;

  @Option(names = "--force", description = "Replace FILE if it is there.")
  boolean force;

  @Mixin HelpOption help;

  BackupCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    FilePath.requireFile(file, "a backup");
    CheckLines.counts(Backup.makeOf(data.directory, file, force)).forEach(console::print);
    console.print("copied to %s, and checked".formatted(file));
    return ExitCode.OK;
  }
}
