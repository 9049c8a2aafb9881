package io.wwep.cli;

import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code wwep status}: tells whether a server is up and well, for people and health checks. */
@Command(
    name = "status",
    header = "Tell whether a server is up and well.",
    description = {
      "  wwep status                             the server whose data is in ./wwep-data",
      "  wwep status --data /var/lib/wwep",
      "  wwep status 192.168.1.5                 any server, by one read over the network",
      "  wwep status board.example:40508 --ca wwep-data/tls/ec.pem"
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "   0  up; by its data directory: and what is written to it is kept",
      "   1  up, but writes fail, or part of it is stuck",
      "   2  it cannot be told, as without permission for the data directory",
      "   3  down, or no answer",
      "   4  TLS: the server is not trusted, or does not trust this client"
    })
final class StatusCommand implements Callable<Integer> {

  private static final List<String> OVER_THE_NETWORK =
      List.of(
          "--host",
          "--port",
          "--tls",
          "--ca",
          "--pin",
          "--insecure",
          "--cert",
          "--key",
          "--timeout");

  private final Console console;

  @Spec CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "HOST[:PORT]",
      converter = ServerPlace.class,
      description = {
        "Ask this server over the network, as with --host and --port.",
        "Without it and them: the server of the data directory."
      })
  ServerPlace place;

  @Mixin DataOption data;
  @Mixin ClientOptions options;
  @Mixin HelpOption help;

  StatusCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    var given = spec.commandLine().getParseResult();
    boolean overTheNetwork =
        place != null || OVER_THE_NETWORK.stream().anyMatch(given::hasMatchedOption);
    if (!overTheNetwork) {
      return new LocalStatus(console, data.directory, options.json).call();
    }
    if (given.hasMatchedOption("--data")) {
      return console.fail(
          options.json ? new Json().put("result", "none").put("error", "usage") : null,
          "--data asks a server on this machine, and HOST one over the network: leave one of the two out",
          ExitCode.USAGE);
    }
    if (place != null) {
      place.applyTo(options.server);
    }
    return new NetworkStatus(console, options).call();
  }
}
