package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wwep} without a command: explains itself. */
@Command(
    name = "wwep",
    versionProvider = Version.class,
    header = "WWEP: registers for IoT boards, over TCP and TLS.",
    description = {
      "  wwep serve                    run a server on ports 27708 and 40508 (TLS)",
      "  wwep write 0FAC 0B 1234       store 1234 in register 0B of device 0FAC",
      "  wwep read 0FAC 0B             1234",
      "  wwep dump 0FAC                all registers of a device",
      "  wwep history 0FAC 0B          who wrote a register when",
      "  wwep watch                    what happens on the server here, live",
      "  wwep class                    how far each board of a class is",
      "  wwep check                    whether the data are whole",
      "  wwep backup FILE              copy the data, also while a server runs",
      "  wwep restore FILE             put a backup in place",
      "  wwep export FILE              write the data as CSV or JSON Lines",
      "  wwep import FILE              take registers or a history from such a file",
      "  wwep cert                     keys and certificates for servers and boards",
      "  wwep policy test              who may read and write what",
      "  wwep send 'W0FAC0B12G4'       send anything, to see what happens",
      "  wwep status                   whether the server here is well",
      "  wwep board                    a board without hardware",
      "  wwep class check-server HOST  whether a participant's server keeps the protocol",
      "  wwep tap 27709 localhost      what passes between boards and a server",
      "  wwep lesson exercises         the exercises of the lecture, done and explained",
      "  wwep lesson mitm              a man in the middle, shown and explained",
      "  wwep bench                    how fast a server answers",
      "  wwep wireshark                how to look at messages in Wireshark"
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "   0  accepted (A), or done",
      "   1  rejected (X), no history of it, or a server that is not well",
      "   2  wrong usage, or refused; the server cannot start",
      "   3  unreachable, timed out, or no WWEP server",
      "   4  TLS: the server is not trusted, or does not trust this client",
      "   5  the data are damaged",
      "  70  a server could not go on; what it acknowledged is safe",
      "  74  the output cannot be written, as on a full disk"
    })
final class RootCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin HelpOption help;

  @Option(names = "--version", versionHelp = true, description = "Show the version.")
  boolean version;

  RootCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.USAGE;
  }
}
