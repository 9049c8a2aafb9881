package io.wwep.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep class reset}: has devices start over, all of them only where somebody says so. */
@Command(
    name = "reset",
    header = "Have a device start over with the exercises, or all.",
    description = {
      "  wwep class reset 0312                   this one",
      "  wwep class reset                        the whole class, once you have said y; names stay",
      "  wwep class reset --yes                  without a question, as in a script"
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "   0  done",
      "   1  not done: the answer was not y",
      "   2  wrong usage, or nobody can be asked, or the server asks for a token, or refuses",
      "   3  no server, or one without a console",
      "   4  TLS: the server is not trusted"
    })
final class ClassResetCommand implements Callable<Integer> {

  private static final Set<String> YES = Set.of("y", "yes");

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "DEVICE",
      converter = HexNumbers.Device.class,
      description = "Its ID, in hex; all without it.")
  Integer device;

  @Option(names = "--yes", description = "Have the whole class start over without a question.")
  boolean yes;

  @Mixin ConsoleTarget target;
  @Mixin HelpOption help;

  ClassResetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    if (device == null && !yes && !console.terminal()) {
      throw new CliException(
          "what the whole class has done would be forgotten, and there is no terminal to ask at: add --yes, or name one device");
    }
    ClassClient client = ClassClient.of(target);
    try {
      if (device != null) {
        client.startOver(device);
        console.print("%04X starts over; its name and registers stay".formatted(device));
        return ExitCode.OK;
      }
      if (!yes && !isWanted(ClassClient.devices(client.all()).size())) {
        console.print("nothing was changed");
        return ExitCode.REJECTED;
      }
      client.startOver();
      console.print("the class starts over; names and registers stay");
      return ExitCode.OK;
    } catch (Unanswered e) {
      return e.tell(console, false);
    }
  }

  private boolean isWanted(int devices) throws IOException {
    console
        .out()
        .print(
            "What the class has done will be forgotten, of %s; names and registers stay. Go on? [y/N] "
                .formatted(devices == 1 ? "1 device" : devices + " devices"));
    console.flush();
    String answer =
        new BufferedReader(new InputStreamReader(console.in(), StandardCharsets.UTF_8)).readLine();
    return answer != null && YES.contains(answer.strip().toLowerCase(Locale.ROOT));
  }
}
