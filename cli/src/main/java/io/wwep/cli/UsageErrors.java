package io.wwep.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says in one sentence what is wrong with a command line, and where to read on. */
final class UsageErrors implements IParameterExceptionHandler {

  private static final String VALUE_PREFIX = "Invalid value for ";

  /** One that was not given, where "parameter for option" is one that was, without its value. */
  private static final String MISSING_OPTION = "Missing required option";

  /** A reason that makes one sentence with the name of what it is about. */
  private static final Pattern GOES_ON = Pattern.compile("^(takes|is) ");

  /** What can be sent may look like an option. */
  private static final String BYTES_HINT =
      ", and bytes that begin with a hyphen need -- in front, as in '%s send -- %s'";

  private final Console console;

  UsageErrors(Console console) {
    this.console = console;
  }

  @Override
  public int handleParseException(ParameterException e, String[] args) {
    String sentence = sentence(e);
    if (Arrays.asList(args).contains("--json")) {
      console.print(
          new Json()
              .put("result", "none")
              .put("error", "usage")
              .put("reason", sentence)
              .put("exitCode", ExitCode.USAGE)
              .toString());
    }
    String joint = sentence.endsWith("?") ? " Try" : ": try";
    console.fail("%s%s '%s'".formatted(sentence, joint, help(e.getCommandLine())));
    return ExitCode.USAGE;
  }

  /** Returns what to type for a command's help, as {@code wwep help cert new}. */
  static String help(CommandLine command) {
    CommandLine parent = command.getParent();
    return parent == null
        ? CommandName.TEXT + " help"
        : help(parent) + " " + command.getCommandName();
  }

  private static String sentence(ParameterException e) {
    if (e instanceof UnmatchedArgumentException unmatched) {
      return unmatched(e.getCommandLine(), unmatched.getUnmatched().get(0));
    }
    if (e instanceof MissingParameterException missing) {
      CommandLine command = e.getCommandLine();
      // A misspelt option is why an argument seems to be missing, and not the other way round.
      return command.getUnmatchedArguments().stream()
          .filter(UsageErrors::isOption)
          .findFirst()
          .map(option -> unmatched(command, option))
          .orElseGet(() -> missing(missing));
    }
    return e.getArgSpec() == null ? reason(e) : withName(name(e.getArgSpec()), reason(e));
  }

  /** Returns what is wrong with a value, without the option's name. */
  static String reason(ParameterException e) {
    String message = String.valueOf(e.getMessage());
    int colon = message.indexOf(": ");
    String reason =
        message.startsWith(VALUE_PREFIX) && colon > 0 ? message.substring(colon + 2) : message;
    return reason.isEmpty() ? "this is not understood" : decapitalize(reason);
  }

  /** Returns a reason with what it is about in front of it. */
  static String withName(String name, String reason) {
    return name + (GOES_ON.matcher(reason).find() ? " " : ": ") + reason;
  }

  private static String decapitalize(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  private static String unmatched(CommandLine command, String argument) {
    if (isOption(argument)) {
      String question = Nearest.question(withoutValue(argument), options(command));
      boolean bytes =
          question.isEmpty() && command.getCommandSpec().userObject() instanceof SendCommand;
      return "there is no option '%s'%s"
          .formatted(argument, bytes ? BYTES_HINT.formatted(CommandName.TEXT, argument) : question);
    }
    return command.getSubcommands().isEmpty()
        ? "'%s' is one argument too many".formatted(argument)
        : "there is no command '%s'%s"
            .formatted(argument, Nearest.question(argument, command.getSubcommands().keySet()));
  }

  private static boolean isOption(String argument) {
    return argument.startsWith("-") && argument.length() > 1;
  }

  private static String withoutValue(String option) {
    int equals = option.indexOf('=');
    return equals < 0 ? option : option.substring(0, equals);
  }

  private static List<String> options(CommandLine command) {
    List<String> names = new ArrayList<>();
    command.getCommandSpec().options().forEach(each -> names.add(each.longestName()));
    return names;
  }

  private static String missing(MissingParameterException e) {
    List<ArgSpec> missing = e.getMissing();
    if (missing.isEmpty()) {
      return decapitalize(String.valueOf(e.getMessage()));
    }
    if (missing.get(0) instanceof OptionSpec option && !e.getMessage().startsWith(MISSING_OPTION)) {
      return option.longestName() + " needs a value";
    }
    if (missing.size() > 1) {
      return missing.stream().map(UsageErrors::withLabel).collect(Collectors.joining(" and "))
          + " are missing";
    }
    List<String> candidates = candidates(missing.get(0));
    return candidates.isEmpty()
        ? withLabel(missing.get(0)) + " is missing"
        : "%s is missing, which takes %s"
            .formatted(name(missing.get(0)), String.join(", ", candidates));
  }

  private static List<String> candidates(ArgSpec argument) {
    List<String> candidates = new ArrayList<>();
    if (argument.completionCandidates() != null) {
      argument.completionCandidates().forEach(candidates::add);
    }
    return candidates;
  }

  private static String withLabel(ArgSpec argument) {
    return argument instanceof OptionSpec option
        ? option.longestName() + " " + option.paramLabel()
        : argument.paramLabel();
  }

  private static String name(ArgSpec argument) {
    return argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
  }
}
