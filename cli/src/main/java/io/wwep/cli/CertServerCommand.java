package io.wwep.cli;

import io.wwep.certs.CertificateAuthority;
import io.wwep.certs.Identity;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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

  /** macOS and iOS take none for longer from a CA that a person has added. */
  private static final int DAYS = 825;

  private final Console console;

  @Mixin ServerNames names;
  @Mixin CaOptions ca;
  @Mixin PairOptions options;
  @Mixin HelpOption help;

  CertServerCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<ServerName> all = names.all();
    PairFiles files = PairFiles.in(options.directory, all.get(0).fileName());
    CertificateAuthority signer = ca.read(options.directory, files);
    options.requireFree(files);
    Identity made = signer.issueServer(options.algorithm(), all, options.validity(DAYS));
    files.write(made);
    options
        .lines(
            files,
            made,
            ServerNames.words(all),
            "boards that have %s as their root accept it"
                .formatted(ca.files(options.directory).certificate()),
            ServerNames.keyUse(files))
        .forEach(console::print);
    return ExitCode.OK;
  }
}
