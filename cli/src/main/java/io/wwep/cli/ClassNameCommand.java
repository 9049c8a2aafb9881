package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wwep class name}: gives a device a name, or takes it away. */
@Command(
    name = "name",
    header = "Give a device a name, or take it away.",
    description = {
      "  wwep class name 0312 'Table 3'          it is listed so from now on",
      "  wwep class name 0312                    it has no name any more"
    })
final class ClassNameCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      index = "0",
      paramLabel = "DEVICE",
      converter = HexNumbers.Device.class,
      description = "Its ID, in hex.")
  int device;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "NAME",
      description = "1 to 40 characters; none takes its name away.")
  String name;

  @Mixin ConsoleTarget target;
  @Mixin HelpOption help;

  ClassNameCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    try {
      ClassClient.of(target).name(device, name);
    } catch (Unanswered e) {
      return e.tell(console, false);
    }
    console.print(
        name == null
            ? "%04X has no name any more".formatted(device)
            : "%04X is %s from now on".formatted(device, name.strip()));
    return ExitCode.OK;
  }
}
