package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wwep cert}: keys and certificates, a step at a time. */
@Command(
    name = "cert",
    header = "Make, show and convert keys and certificates for servers and boards.",
    description = {
      "  wwep cert new wwep.lab 192.168.1.5    a server's certificate that is its own root",
      "  wwep cert ca                          a CA for a class, which signs the others",
      "  wwep cert server wwep.lab             a server's certificate, signed by the CA",
      "  wwep cert device 0001-001E            certificates for thirty boards",
      "  wwep cert show wwep.lab.pem           what is in a file, and what is wrong with it",
      "  wwep cert convert a.cer a.pem         the same in another form",
      "  wwep cert embed ca.pem --as c         for a board's firmware",
      "  wwep cert fetch wwep.lab              the certificates that a server shows",
      "  wwep cert verify --ca ca.pem wwep.lab what a board decides of them, and why"
    })
final class CertCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin HelpOption help;

  private CertCommand(Console console) {
    this.console = console;
  }

  /** Returns it with its own commands. */
  static CommandLine of(Console console) {
    return new CommandLine(new CertCommand(console))
        .addSubcommand(new CertNewCommand(console))
        .addSubcommand(new CertCaCommand(console))
        .addSubcommand(new CertServerCommand(console))
        .addSubcommand(new CertDeviceCommand(console))
        .addSubcommand(new CertShowCommand(console))
        .addSubcommand(new CertConvertCommand(console))
        .addSubcommand(new CertEmbedCommand(console))
        .addSubcommand(new CertFetchCommand(console))
        .addSubcommand(new CertVerifyCommand(console));
  }

  @Override
  public Integer call() {
    spec.commandLine().usage(console.err());
    return ExitCode.USAGE;
  }
}
