package io.wwep.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

  @Mixin ConsoleTarget target;
  @Mixin WatchFilter filter;

  @Option(names = "--json", description = "Print one JSON object for each event.")
  boolean json;

  @Mixin HelpOption help;

  WatchCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    Watch.Place place = target.place();
    String token = target.token();
    try (ServerLog log = ServerLog.of(console, json ? LogFormat.JSON : LogFormat.TEXT, false)) {
      new Watch(console, place, new FeedClient(filter.query(), token), log).run();
    } catch (InterruptedException e) {
      // A program around this one has had enough.
    } catch (Unanswered e) {
      return e.tell(console, json);
    }
    return ExitCode.OK;
  }
}
