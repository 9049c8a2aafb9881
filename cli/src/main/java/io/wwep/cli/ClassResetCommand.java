package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code wwep class reset}: has devices start over. */
@Command(
    name = "reset",
    header = "Have a device start over with the exercises, or all.",
    description = {
      "  wwep class reset 0312                   this one",
      "  wwep class reset                        the whole class; names stay"
    })
final class ClassResetCommand implements Callable<Integer> {

  private final Console console;

  @Parameters(
      arity = "0..1",
      paramLabel = "DEVICE",
      converter = HexNumbers.Device.class,
      description = "Its ID, in hex; all without it.")
  Integer device;

  @Mixin ConsoleTarget target;
  @Mixin HelpOption help;

  ClassResetCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws InterruptedException {
    ClassClient client = ClassClient.of(target);
    try {
      if (device == null) {
        client.startOver();
      } else {
        client.startOver(device);
      }
    } catch (Unanswered e) {
      return e.tell(console, false);
    }
    console.print(
        device == null
            ? "the class starts over; names and registers stay"
            : "%04X starts over; its name and registers stay".formatted(device));
    return ExitCode.OK;
  }
}
