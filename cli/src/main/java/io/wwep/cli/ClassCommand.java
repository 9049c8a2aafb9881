package io.wwep.cli;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wwep class}: how far each device of a class is with the exercises. */
@Command(
    name = "class",
    header = "Follow a class of boards through the exercises, on a running server.",
    description = {
      "  wwep class                              how far each device is, stuck ones first",
      "  wwep class --watch                      the same, drawn anew every two seconds",
      "  wwep class --csv > class.csv            for a spreadsheet; --markdown for a page",
      "  wwep class name 0312 'Table 3'          give a device a name",
      "  wwep class probe 0312                   whether it looks at the server's certificate",
      "  wwep class reset                        have all start over, once you have said y",
      "  wwep class check-server 192.168.1.7     whether a participant's server keeps the protocol"
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "   0  done",
      "   2  wrong usage, or the server asks for a token, or refuses",
      "   3  no server, or one without a console",
      "   4  TLS: the server is not trusted"
    })
final class ClassCommand implements Callable<Integer> {

  private static final long REFRESH_MILLIS = 2_000;

  private final Console console;

  @Mixin ConsoleTarget target;

  @Option(names = "--watch", description = "Draw it anew every two seconds, on a terminal.")
  boolean watch;

  @Option(names = "--csv", description = "Print CSV.")
  boolean csv;

  @Option(names = "--markdown", description = "Print a table of Markdown.")
  boolean markdown;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin HelpOption help;

  private ClassCommand(Console console) {
    this.console = console;
  }

  /** Returns it with its own commands. */
  static CommandLine of(Console console) {
    return new CommandLine(new ClassCommand(console))
        .addSubcommand(new ClassNameCommand(console))
        .addSubcommand(new ClassProbeCommand(console))
        .addSubcommand(new ClassResetCommand(console))
        .addSubcommand(new CheckServerCommand(console));
  }

  @Override
  public Integer call() {
    if ((watch ? 1 : 0) + (csv ? 1 : 0) + (markdown ? 1 : 0) + (json ? 1 : 0) > 1) {
      throw new CliException(
          "--watch, --csv, --markdown and --json exclude each other: give one of them");
    }
    if (watch && !console.terminal()) {
      throw new CliException(
          "--watch draws on a terminal, and this is none: leave it out for the list of now, or ask with --json again and again; wwep watch prints what happens as lines");
    }
    ClassClient client = ClassClient.of(target);
    try {
      Map<String, Object> all = client.all();
      if (watch) {
        new ClassScreen(console, client).run(all, REFRESH_MILLIS);
      } else {
        lines(all).forEach(console::print);
      }
      return ExitCode.OK;
    } catch (Unanswered e) {
      return e.tell(console, json);
    } catch (InterruptedException e) {
      return ExitCode.OK; // a program around this one has had enough
    }
  }

  private List<String> lines(Map<String, Object> all) {
    if (json) {
      Json object = new Json();
      all.forEach(object::put);
      return List.of(object.toString());
    }
    if (csv) {
      return ClassExport.csv(ClassClient.devices(all));
    }
    return markdown
        ? ClassExport.markdown(ClassClient.devices(all))
        : ClassLines.of(all, new Style(false));
  }
}
