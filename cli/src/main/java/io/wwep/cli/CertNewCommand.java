package io.wwep.cli;

import io.wwep.certs.Identities;
import io.wwep.certs.Identity;
import io.wwep.certs.PairFiles;
import io.wwep.certs.ServerName;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wwep cert new}: a server's certificate that is its own root. */
@Command(
    name = "new",
    header =
        "Make a server's key, and a certificate that it signs itself: boards load that one file.",
    description = {
      "  wwep cert new                         for this computer's name and addresses",
      "  wwep cert new wwep.lab 192.168.1.5    for these",
      "  wwep cert new wwep.lab --ec --days 1000"
    })
final class CertNewCommand implements Callable<Integer> {

  private final Console console;

  @Mixin ServerNames names;

  @Option(
      names = "--days",
      paramLabel = "N",
      converter = Numbers.Days.class,
      description = "How long it is valid, at most until the end of 2049 (365).")
  int days = 365;

  @Mixin PairOptions options;
  @Mixin StackOption stack;
  @Mixin HelpOption help;

  CertNewCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    List<ServerName> all = names.all();
    PairFiles files = PairFiles.in(options.directory, all.get(0).fileName());
    options.prepare(files);
    Identity made = Identities.selfSigned(options.algorithm(), all, PairOptions.validity(days));
    options.write(files, made);
    options
        .lines(
            files,
            made,
            ServerNames.words(all),
            "load it into the boards as their root",
            ServerNames.keyUse(files))
        .forEach(console::print);
    stack.warn(console, made.chain());
    return ExitCode.OK;
  }
}
