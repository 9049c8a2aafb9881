package io.wwep.cli;

import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wwep help}, {@code wwep help serve}. */
@Command(
    name = "help",
    header = "Explain a command.",
    description = {"  wwep help", "  wwep help serve"})
final class HelpCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin HelpOption help;

  @Parameters(
      arity = "0..1",
      paramLabel = "COMMAND",
      completionCandidates = Commands.class,
      description = "The command to explain.")
  String command;

  HelpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine root = spec.commandLine().getParent();
    CommandLine wanted = command == null ? root : root.getSubcommands().get(command);
    if (wanted == null) {
      throw new ParameterException(
          root,
          "there is no command '%s'%s"
              .formatted(command, Nearest.question(command, root.getSubcommands().keySet())));
    }
    wanted.usage(console.out());
    return ExitCode.OK;
  }

  /** What the shell can complete. */
  static final class Commands implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Cli.commandNames().iterator();
    }
  }
}
