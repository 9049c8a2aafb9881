package io.wwep.cli;

import io.wwep.console.ConsoleConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the console in a browser is served. */
@Command(sortOptions = false)
final class ConsoleOptions {

  @Option(
      names = "--http",
      paramLabel = "ADDR:PORT",
      converter = HttpAddress.class,
      description = "Where the browser console is served (127.0.0.1:27780).")
  ConsoleConfig http;

  @Option(names = "--no-http", description = "Serve no browser console.")
  boolean noHttp;

  /**
   * Whether the place was asked for; if not, the server goes without a console where it is taken.
   */
  boolean isAskedFor() {
    return http != null;
  }

  /** Returns the place; null where there is to be none. */
  ConsoleConfig place() {
    if (noHttp) {
      return null;
    }
    return isAskedFor()
        ? http
        : new ConsoleConfig(ConsoleConfig.HOST_DEFAULT, ConsoleConfig.PORT_DEFAULT);
  }
}
