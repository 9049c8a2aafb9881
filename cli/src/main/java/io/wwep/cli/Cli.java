package io.wwep.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParseResult;

/** All commands on one console; starts no process and ends none. */
final class Cli {

  /** In the order in which the help shows them. */
  private static final Map<String, Function<Console, Object>> COMMANDS = commands();

  /** Commands that tell of others. */
  private static final Set<String> TELLING = Set.of("completion", "help");

  private Cli() {}

  /**
   * Runs one command.
   *
   * @return its exit code, see {@link ExitCode}
   */
  static int run(Console console, String... args) {
    CommandLine commandLine = commandLine(console, args);
    int code = commandLine.execute(args);
    commandLine.getOut().flush();
    return console.end(code);
  }

  private static CommandLine commandLine(Console console, String... args) {
    CommandLine root = new CommandLine(new RootCommand(console));
    COMMANDS.forEach(
        (name, command) -> {
          if (isNeeded(name, args)) {
            root.addSubcommand(command.apply(console));
          }
        });
    root.setOut(writer(console))
        .setColorScheme(CommandLine.Help.defaultColorScheme(console.color() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler(new UsageErrors(console))
        .setExecutionExceptionHandler(new FaultHandler(console))
        .setAbbreviatedSubcommandsAllowed(false)
        // Bytes may begin with anything, and an argument that begins with @ is no file.
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true)
        .setUsageHelpWidth(HelpWidth.MOST)
        .setHelpFactory(new HelpWidth(console));
    layOut(root);
    return root;
  }

  private static Map<String, Function<Console, Object>> commands() {
    Map<String, Function<Console, Object>> commands = new LinkedHashMap<>();
    commands.put("serve", ServeCommand::new);
    commands.put("read", ReadCommand::new);
    commands.put("write", WriteCommand::new);
    commands.put("dump", DumpCommand::new);
    commands.put("history", HistoryCommand::new);
    commands.put("watch", WatchCommand::new);
    commands.put("class", ClassCommand::of);
    commands.put("status", StatusCommand::new);
    commands.put("check", CheckCommand::new);
    commands.put("backup", BackupCommand::new);
    commands.put("restore", RestoreCommand::new);
    commands.put("export", ExportCommand::new);
    commands.put("import", ImportCommand::new);
    commands.put("cert", CertCommand::of);
    commands.put("policy", PolicyCommand::of);
    commands.put("send", SendCommand::new);
    commands.put("board", BoardCommand::new);
    commands.put("tap", TapCommand::new);
    commands.put("lesson", LessonCommand::of);
    commands.put("bench", BenchCommand::new);
    commands.put("wireshark", WiresharkCommand::new);
    commands.put("completion", CompletionCommand::new);
    commands.put("help", HelpCommand::new);
    return commands;
  }

  /** Returns the names of all commands, in their order. */
  static Set<String> commandNames() {
    return COMMANDS.keySet();
  }

  /**
   * Whether the arguments can have to do with a command. Looking at the annotations of all of them
   * would take most of the time of a short command; those that tell of others need all.
   */
  private static boolean isNeeded(String command, String... args) {
    String first = args.length == 0 ? "" : args[0];
    boolean known = COMMANDS.containsKey(first) && !TELLING.contains(first);
    boolean alone = known || (first.equals("--version") && args.length == 1);
    return !alone || first.equals(command);
  }

  /** A class and not a lambda, of whose interface java would keep nothing in its archive. */
  private record FaultHandler(Console console) implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception fault, CommandLine command, ParseResult parsed) {
      return new Faults(console).report(fault);
    }
  }

  private static PrintWriter writer(Console console) {
    return new PrintWriter(
        new OutputStreamWriter(
            console.out(), console.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII));
  }

  /** Examples come first: they are what most people want of a help. */
  private static void layOut(CommandLine command) {
    command.getSubcommands().values().forEach(Cli::layOut);
    command
        .getCommandSpec()
        .usageMessage()
        .abbreviateSynopsis(true)
        .synopsisHeading("%nUsage: ")
        .descriptionHeading("%nExamples:%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading(
            "%%nCommands (%s COMMAND says more):%%n"
                .formatted(UsageErrors.help(command).replace("%", "%%")));
    command.setHelpSectionKeys(
        List.of(
            UsageMessageSpec.SECTION_KEY_HEADER,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION_HEADING,
            UsageMessageSpec.SECTION_KEY_DESCRIPTION,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS_HEADING,
            UsageMessageSpec.SECTION_KEY_SYNOPSIS,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_PARAMETER_LIST,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_OPTION_LIST,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING,
            UsageMessageSpec.SECTION_KEY_COMMAND_LIST,
            UsageMessageSpec.SECTION_KEY_FOOTER_HEADING,
            UsageMessageSpec.SECTION_KEY_FOOTER));
  }
}
