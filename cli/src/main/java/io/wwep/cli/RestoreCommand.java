package io.wwep.cli;

import io.wwep.store.sqlite.Restore;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wwep restore}: puts a backup in place of the data. */
@Command(
    name = "restore",
    header =
        "Put a backup in place of the data; what was there is kept. The server must be stopped.",
    description = {
      "  wwep restore wwep-backup.db",
      "  wwep restore wwep-backup.db --data /var/lib/wwep"
    })
final class RestoreCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "A copy made with wwep backup, or with SQLite's own backup.")
  Path file;

  @Mixin DataOption data;
  @Mixin HelpOption help;

  RestoreCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Restore.Restored restored = Restore.into(data.directory, file);
    CheckLines.counts(restored.report()).forEach(console::print);
    if (restored.kept() != null) {
      console.print("what was there is kept as %s".formatted(restored.kept()));
    }
    console.print("%s is in place: start the server".formatted(file));
    return ExitCode.OK;
  }
}
