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
      "A device that hangs up with an alert about the certificate verifies; one that hangs up",
      "otherwise may have another reason. One that sends its message all the same does not",
      "verify, and is served as always. A device is known before the handshake by its address",
      "alone."
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
    Thread waiting = Thread.currentThread();
    StopSignals signals = new StopSignals(waiting::interrupt, waiting::interrupt);
    try {
      return probe(client);
    } finally {
      signals.close();
    }
  }

  private int probe(ClassClient client) {
    ClassDevice begun = null;
    try {
      begun = client.probe(device, address, force);
      if (!json) {
        console.print(
            "waiting up to 2 min for a TLS connection of %s from %s: have it send a message over TLS"
                .formatted(begun.called(), begun.probing()));
        console.flush();
      }
      return tell(awaitEnd(client, begun));
    } catch (Unanswered e) {
      // Told to end in the middle of a question, whose failure may be due to that.
      return Thread.interrupted() ? callOff(client, begun != null) : e.tell(console, json);
    } catch (InterruptedException e) {
      return callOff(client, begun != null);
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

  /** Who gives up leaves no probe behind, which would meet the device within two minutes. */
  private int callOff(ClassClient client, boolean begun) {
    try {
      if (!callOffPatiently(client) && !begun) {
        return tellNotBegun();
      }
      ClassDevice after = awaitEnd(client, client.device(device)); // its keys may still be made
      return after.probe() == null && !begun ? tellNotBegun() : tell(after);
    } catch (Unanswered e) {
      // Of a device that is known by its probe alone there is nothing when that does not begin.
      if (!begun && isRefused(e)) {
        return tellNotBegun();
      }
      e.tell(console, json);
    } catch (InterruptedException e) {
      // Told twice to end: it waits no longer for the server.
    }
    return ExitCode.NO_ANSWER;
  }

  /**
   * The order that was broken off may arrive behind this one, on a connection of its own.
   *
   * @return whether there was a probe
   */
  private boolean callOffPatiently(ClassClient client) throws Unanswered, InterruptedException {
    if (isCalledOff(client)) {
      return true;
    }
    Thread.sleep(ASK_MILLIS);
    return isCalledOff(client);
  }

  private boolean isCalledOff(ClassClient client) throws Unanswered, InterruptedException {
    try {
      client.callOff(device);
      return true;
    } catch (Unanswered e) {
      if (!isRefused(e)) {
        throw e;
      }
      return false;
    }
  }

  private static boolean isRefused(Unanswered e) {
    return e.error().equals("refused");
  }

  private int tellNotBegun() {
    return new Unanswered(
            "called-off",
            "the probe of %04X was called off before it began, so nothing is known of it: probe it again"
                .formatted(device),
            ExitCode.NO_ANSWER)
        .tell(console, json);
  }

  private int tell(ClassDevice after) {
    ClassDevice.Said probe = after.probe();
    if (probe == null) {
      return new Unanswered(
              "forgotten",
              "the probe of %s was forgotten by a reset, so nothing is known of it: probe it again"
                  .formatted(after.called()),
              ExitCode.NO_ANSWER)
          .tell(console, json);
    }
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
