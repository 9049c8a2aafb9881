package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wwep policy}: what the file says that grants access to registers. */
@Command(
    name = "policy",
    header = "Try a file that says who may do what.",
    description = {
      "  wwep policy test policy.toml write 0FAC 0B --certificate 0FAC",
      "  wwep policy test policy.toml read 0FAC 0B --address 192.168.1.7 --port plain"
    })
final class PolicyCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin HelpOption help;

  private PolicyCommand(Console console) {
    this.console = console;
  }

  /** Returns it with its own commands. */
  static CommandLine of(Console console) {
    return new CommandLine(new PolicyCommand(console))
        .addSubcommand(new PolicyTestCommand(console));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.USAGE;
  }
}
