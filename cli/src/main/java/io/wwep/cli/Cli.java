package io.wwep.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** All commands on one console; starts no process and ends none. */
final class Cli {

  private static final int HELP_WIDTH = 100;

  private Cli() {}

  /**
   * Runs one command.
   *
   * @return its exit code, see {@link ExitCode}
   */
  static int run(Console console, String... args) {
    CommandLine commandLine = commandLine(console);
    int code = commandLine.execute(args);
    commandLine.getOut().flush();
    return console.end(code);
  }

  private static CommandLine commandLine(Console console) {
    CommandLine root =
        new CommandLine(new RootCommand(console))
            .addSubcommand(new ServeCommand(console))
            .addSubcommand(new ReadCommand(console))
            .addSubcommand(new WriteCommand(console))
            .addSubcommand(new DumpCommand(console))
            .addSubcommand(new HistoryCommand(console))
            .addSubcommand(new SendCommand(console))
            .addSubcommand(new BoardCommand(console))
            .addSubcommand(new BenchCommand(console))
            .addSubcommand(new CompletionCommand(console))
            .addSubcommand(new HelpCommand(console));
    Faults faults = new Faults(console);
    root.setOut(writer(console))
        .setColorScheme(CommandLine.Help.defaultColorScheme(console.color() ? Ansi.ON : Ansi.OFF))
        .setParameterExceptionHandler(new UsageErrors(console))
        .setExecutionExceptionHandler((fault, command, parsed) -> faults.report(fault))
        .setAbbreviatedSubcommandsAllowed(false)
        // Bytes may begin with anything, and an argument that begins with @ is no file.
        .setExpandAtFiles(false)
        .setOverwrittenOptionsAllowed(true)
        .setUsageHelpWidth(HELP_WIDTH);
    layOut(root);
    root.getSubcommands().values().forEach(Cli::layOut);
    return root;
  }

  private static PrintWriter writer(Console console) {
    return new PrintWriter(
        new OutputStreamWriter(
            console.out(), console.unicode() ? StandardCharsets.UTF_8 : StandardCharsets.US_ASCII));
  }

  /** Examples come first: they are what most people want of a help. */
  private static void layOut(CommandLine command) {
    command
        .getCommandSpec()
        .usageMessage()
        .abbreviateSynopsis(true)
        .synopsisHeading("%nUsage: ")
        .descriptionHeading("%nExamples:%n")
        .parameterListHeading("%nArguments:%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands (wwep help COMMAND says more):%n");
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
