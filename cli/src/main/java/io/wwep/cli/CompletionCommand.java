package io.wwep.cli;

import java.util.Iterator;
import java.util.List;
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

  /** To bash {@code --log=j} is three words, and the generated functions know {@code --log j}. */
  private static final String VALUES_BEHIND_EQUALS =
      """
      function _complete_wwep_equals() {
        local i words=() index=$COMP_CWORD
        for (( i = 0; i < ${#COMP_WORDS[@]}; i++ )); do
          if [ "${COMP_WORDS[i]}" != "=" ]; then
            words+=("${COMP_WORDS[i]}")
          elif [ "$i" -eq "$COMP_CWORD" ]; then
            words+=("")
          elif [ "$i" -lt "$COMP_CWORD" ]; then
            index=$((index - 1))
          fi
        done
        COMP_WORDS=("${words[@]}")
        COMP_CWORD=$index
        _complete_wwep
      }
      if [ -n "$BASH_VERSION" ]; then
        complete -F _complete_wwep_equals -o default wwep wwep.sh wwep.bash
      fi
      """;

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin HelpOption help;

  @Parameters(
      paramLabel = "SHELL",
      converter = Shell.class,
      completionCandidates = Shell.class,
      description = "bash, or zsh, which takes the same script.")
  String shell;

  CompletionCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    console.out().println(AutoComplete.bash("wwep", spec.commandLine().getParent()));
    console.out().print(VALUES_BEHIND_EQUALS);
    return ExitCode.OK;
  }

  /** The shells that take the script. */
  static final class Shell implements ITypeConverter<String>, Iterable<String> {
    private static final List<String> SHELLS = List.of("bash", "zsh");

    @Override
    public Iterator<String> iterator() {
      return SHELLS.iterator();
    }

    @Override
    public String convert(String text) {
      if (!SHELLS.contains(text)) {
        throw new TypeConversionException("takes bash or zsh, not '%s'".formatted(text));
      }
      return text;
    }
  }
}
