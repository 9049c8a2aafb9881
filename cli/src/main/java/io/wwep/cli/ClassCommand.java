package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wwep class}: for whoever teaches the lecture. */
@Command(
    name = "class",
    header = "Check what a class has made.",
    description = {
      "  wwep class check-server 192.168.1.7     whether a participant's server keeps the protocol"
    })
final class ClassCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin HelpOption help;

  private ClassCommand(Console console) {
    this.console = console;
  }

  /** Returns it with its own commands. */
  static CommandLine of(Console console) {
    return new CommandLine(new ClassCommand(console))
        .addSubcommand(new CheckServerCommand(console));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.USAGE;
  }
}
