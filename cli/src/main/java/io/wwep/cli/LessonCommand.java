package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wwep lesson}: what the lecture teaches, played on this machine. */
@Command(
    name = "lesson",
    header = "Play what the lecture teaches on this machine, and explain it.",
    description = {
      "  wwep lesson exercises     exercises 01 to 07, done and explained",
      "  wwep lesson mitm          a man in the middle, and who is safe from him",
    })
final class LessonCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin HelpOption help;

  private LessonCommand(Console console) {
    this.console = console;
  }

  /** Returns it with its own commands. */
  static CommandLine of(Console console) {
    return new CommandLine(new LessonCommand(console))
        .addSubcommand(new LessonExercisesCommand(console))
        .addSubcommand(new LessonMitmCommand(console));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.USAGE;
  }
}
