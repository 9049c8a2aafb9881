package io.wwep.cli;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wwep help}, {@code wwep help serve}, {@code wwep help cert device}. */
@Command(
    name = "help",
    header = "Explain a command.",
    description = {"  wwep help", "  wwep help serve", "  wwep help cert device"})
final class HelpCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin HelpOption help;

  @Parameters(
      arity = "0..2",
      paramLabel = "COMMAND",
      completionCandidates = Commands.class,
      description = "The command to explain.")
  List<String> path = List.of();

  HelpCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    CommandLine wanted = spec.commandLine().getParent();
    for (String name : path) {
      wanted = subcommand(wanted, name);
    }
    wanted.usage(console.out());
    return ExitCode.OK;
  }

  private static CommandLine subcommand(CommandLine command, String name) {
    Map<String, CommandLine> subcommands = command.getSubcommands();
    if (!subcommands.containsKey(name)) {
      throw new ParameterException(
          command,
          subcommands.isEmpty()
              ? "'%s' is one argument too many".formatted(name)
              : "there is no command '%s'%s"
                  .formatted(name, Nearest.question(name, subcommands.keySet())));
    }
    return subcommands.get(name);
  }

  /** What the shell can complete. */
  static final class Commands implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Cli.commandNames().iterator();
    }
  }
}
