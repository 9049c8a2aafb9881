package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code wwep completion bash}: prints the script that completes this command line. */
@Command(
    name = "completion",
    header = "Print a script with which the shell completes commands and options.",
    description = {
      "  source <(wwep completion bash)",
      "  wwep completion bash > /etc/bash_completion.d/wwep"
    })
final class CompletionCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin HelpOption help;

  @Parameters(
      paramLabel = "SHELL",
      converter = Shell.class,
      description = "bash, or zsh, which takes the same script.")
  String shell;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().print(AutoComplete.bash("wwep", spec.commandLine().getParent()));
    return ExitCode.OK;
  }

  /** The shells that take the script. */
  static final class Shell implements ITypeConverter<String> {
    @Override
    public String convert(String text) {
      if (!text.equals("bash") && !text.equals("zsh")) {
        throw new TypeConversionException("takes bash or zsh, not '%s'".formatted(text));
      }
      return text;
    }
  }
}
