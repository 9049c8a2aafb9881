package io.wwep.cli;

import io.wwep.console.ConsoleConfig;
import io.wwep.console.http.Credentials;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Where the console in a browser is served, and who may use it. */
@Command(sortOptions = false)
final class ConsoleOptions {

  @Option(
      names = "--http",
      paramLabel = "ADDR:PORT",
      converter = HttpAddress.class,
      description = {
        "Where the browser console is served (127.0.0.1:27780).",
        "Beyond this machine over TLS alone, and with one of the next two."
      })
  ConsoleConfig http;

  @Option(
      names = "--http-password-file",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = {
        "Who opens the console logs in with a password in this file,",
        "one in each line: viewer: SECRET, sender: SECRET or editor: SECRET."
      })
  Path passwords;

  @Option(
      names = "--http-token-file",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Programs send a token in this file, which has the same form.")
  Path tokens;

  @Option(
      names = "--http-host",
      paramLabel = "NAME",
      converter = HttpHostName.class,
      description = "One more name under which browsers open the console; may be repeated.")
  List<String> names = new ArrayList<>();

  @Option(names = "--no-http", description = "Serve no browser console.")
  boolean noHttp;

  /**
   * @param tls whether the server serves TLS
   * @throws BadSetting when two options contradict each other, or one lacks another
   */
  void requireConsistent(boolean tls) {
    if (noHttp && http != null) {
      throw new BadSetting("http", "is given, and --no-http too: leave one of the two out");
    }
    if (noHttp && !files().isEmpty()) {
      throw new BadSetting(
          passwords != null ? "http-password-file" : "http-token-file",
          "is for the console, and --no-http is given too: leave one of the two out");
    }
    if (noHttp && !names.isEmpty()) {
      throw new BadSetting(
          "http-host", "is for the console, and --no-http is given too: leave one of the two out");
    }
    if (http == null || http.isLoopback()) {
      return;
    }
    if (files().isEmpty()) {
      throw new BadSetting(
          "http",
          "would open the console to the network: add --http-password-file or --http-token-file, or give an address of this machine alone, as in 127.0.0.1:%d"
              .formatted(http.port()));
    }
    if (!tls) {
      throw new BadSetting(
          "http",
          "is served over TLS beyond this machine, and --no-tls is given too: leave that out, or give an address of this machine alone, as in 127.0.0.1:%d"
              .formatted(http.port()));
    }
  }

  /**
   * Whether the place was asked for, or who may use it; if not, the server goes without a console
   * where its place is taken.
   */
  boolean isAskedFor() {
    return http != null || !files().isEmpty();
  }

  /** Returns the files that say who may use it. */
  List<Path> files() {
    return Stream.of(passwords, tokens).filter(Objects::nonNull).toList();
  }

  /**
   * Reads the files as they are now.
   *
   * @throws io.wwep.console.http.CredentialsException when one cannot be used
   */
  Credentials credentials() {
    return Credentials.read(passwords, tokens);
  }

  /** Returns the place, and what opens it; null where there is to be none. */
  ConsoleConfig place(Credentials credentials) {
    if (noHttp) {
      return null;
    }
    ConsoleConfig place =
        http != null
            ? http
            : new ConsoleConfig(ConsoleConfig.HOST_DEFAULT, ConsoleConfig.PORT_DEFAULT);
    return place.with(names, credentials);
  }
}
