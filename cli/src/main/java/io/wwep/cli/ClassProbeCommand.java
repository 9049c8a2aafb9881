package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code wwep class probe}: finds out whether a device looks at the server's certificate. */
@Command(
    name = "probe",
    header = "Find out whether a device looks at the server's certificate.",
    description = {
      "  wwep class probe 0312                   shows its next TLS connection a wrong one",
      "  wwep class probe 0312 --address 192.168.1.7",
      "",
      "A device that hangs up verifies. One that sends its message all the same does not, and",
      "is served as always. It is known before the handshake by its address alone."
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "   0  it verifies",
      "   1  it does not verify: anyone could be the server",
      "   2  wrong usage, or the server refuses",
      "   3  nothing was found out, or there is no server",
      "   4  TLS: the server is not trusted"
    })
final class ClassProbeCommand implements Callable<Integer> {

  private static final long ASK_MILLIS = 500;

  private final Console console;

  @Parameters(
      paramLabel = "DEVICE",
      converter = HexNumbers.Device.class,
      description = "Its ID, in hex.")
  int device;

  @Option(
      names = "--address",
      paramLabel = "ADDRESS",
      description = "From where it will come (where it came from last).")
  String address;

  @Option(
      names = "--force",
      description = "Also where several devices share the address: the next of them is met.")
  boolean force;

  @Option(names = "--json", description = "Print one JSON object.")
  boolean json;

  @Mixin ConsoleTarget target;
  @Mixin HelpOption help;

  ClassProbeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ClassClient client = ClassClient.of(target);
    try {
      ClassDevice begun = client.probe(device, address, force);
      if (!json) {
        console.print(
            "waiting up to 2 min for a TLS connection of %s from %s: have it send a message over TLS"
                .formatted(begun.called(), begun.probing()));
        console.flush();
      }
      return tell(awaitEnd(client, begun));
    } catch (Unanswered e) {
      return e.tell(console, json);
    } catch (InterruptedException e) {
      return callOff(client);
    }
  }

  private ClassDevice awaitEnd(ClassClient client, ClassDevice begun)
      throws Unanswered, InterruptedException {
    ClassDevice now = begun;
    while (now.probing() != null) {
      Thread.sleep(ASK_MILLIS);
      now = client.device(device);
    }
    return now;
  }

  private int callOff(ClassClient client) {
    try {
      client.callOff(device);
    } catch (Unanswered | InterruptedException e) {
      // It ends by itself within two minutes.
    }
    return ExitCode.NO_ANSWER;
  }

  private int tell(ClassDevice after) {
    ClassDevice.Said probe = after.probe();
    int code =
        switch (String.valueOf(probe.word())) {
          case "refused" -> ExitCode.OK;
          case "taken" ->
              after.device().equals(probe.device()) ? ExitCode.REJECTED : ExitCode.NO_ANSWER;
          default -> ExitCode.NO_ANSWER;
        };
    if (json) {
      console.print(
          new Json()
              .put("device", after.device())
              .put("outcome", probe.word())
              .put("verifies", after.verifies())
              .put("reason", probe.sentence())
              .put("exitCode", code)
              .toString());
    } else {
      console.print(probe.sentence());
    }
    return code;
  }
}
