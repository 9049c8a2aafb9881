package io.wwep.cli;

import io.wwep.client.Trust;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wwep watch}: prints what happens on a running server, as the server itself does. */
@Command(
    name = "watch",
    header = "Print what happens on a running server, as the server itself does.",
    description = {
      "  wwep watch                              the server whose data is in ./wwep-data",
      "  wwep watch --x-only                     only what was answered X, and why",
      "  wwep watch --device 0FAC,0FAD --json",
      "  wwep watch --url https://192.168.1.5:27780 --token-file token --ca ec.pem"
    },
    footerHeading = "%nExit codes:%n",
    footer = {
      "   0  nobody reads any more; Ctrl-C ends with 130",
      "   2  wrong usage, or the server asks for a token",
      "   3  no server, or one without a console",
      "   4  TLS: the server is not trusted"
    })
final class WatchCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      converter = FilePath.class,
      description = "The data directory of a server on this machine (./wwep-data).")
  Path data = Path.of("wwep-data");

  @Option(
      names = "--url",
      paramLabel = "URL",
      converter = ConsoleUrl.class,
      description = "The console of any server, as that prints it: http://127.0.0.1:27780/.")
  URI url;

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "A file with a token, where the console asks for one.")
  Path tokenFile;

  @Mixin TrustOptions trust;
  @Mixin WatchFilter filter;

  @Option(names = "--json", description = "Print one JSON object for each event.")
  boolean json;

  @Mixin HelpOption help;

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (url != null && spec.commandLine().getParseResult().hasMatchedOption("--data")) {
      throw new CliException("--data and --url name a server each: leave one of the two out");
    }
    Trust given = trust.isGiven() ? trust.trust() : null;
    String token = tokenFile == null ? null : TokenFile.read(tokenFile);
    Watch.Place place = url == null ? () -> ConsoleAddress.of(data, given) : () -> at(given);
    try (ServerLog log = ServerLog.of(console, json ? LogFormat.JSON : LogFormat.TEXT, false)) {
      new Watch(console, place, new FeedClient(filter.query(), token), log).run();
    } catch (InterruptedException e) {
      // A program around this one has had enough.
    } catch (Unanswered e) {
      return e.tell(console, json);
    }
    return ExitCode.OK;
  }

  private ConsoleAddress at(Trust given) {
    return new ConsoleAddress(url, given == null ? Trust.system() : given);
  }
}
