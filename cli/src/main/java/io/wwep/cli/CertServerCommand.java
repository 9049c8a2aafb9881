package io.wwep.cli;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identity;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wwep cert server}: a server's certificate, signed by a CA. */
@Command(
    name = "server",
    header = "Make a server's key and certificate, signed by the CA that lies in the same place.",
    description = {
      "  wwep cert server                      for this computer's name and addresses",
      "  wwep cert server wwep.lab 192.168.1.5",
      "  wwep cert server wwep.lab --ca ~/class/ca.pem"
    })
final class CertServerCommand implements Callable<Integer> {

  private final Console console;

  @Mixin ServerNames names;
  @Mixin CaOptions ca;

  @Option(
      names = "--days",
      paramLabel = "N",
      converter = Numbers.Days.class,
      description = {
        "How long it is valid, no longer than its CA (820):",
        "Apple's systems refuse a server's certificate of more than 825 days."
      })
  int days = 820;

  @Mixin PairOptions options;
  @Mixin StackOption stack;
  @Mixin HelpOption help;

  CertServerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<ServerName> all = names.all();
    PairFiles files = PairFiles.in(options.directory, all.get(0).fileName());
    CertificateAuthority signer = ca.read(options.directory);
    ca.requireOthers(options.directory, files.certificate(), files.key());
    options.prepare(files);
    Identity made = signer.issueServer(options.algorithm(), all, PairOptions.validity(days));
    options.write(files, made);
    options
        .lines(
            files,
            made,
            ServerNames.words(all),
            "boards that have %s as their root accept it"
                .formatted(ca.files(options.directory).certificate()),
            ServerNames.keyUse(files))
        .forEach(console::print);
    stack.warn(console, made.chain());
    return ExitCode.OK;
  }
}
