package io.wwep.cli;

import io.wwep.client.Trust;
import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Which running server's console is asked, and with what token. */
@Command(sortOptions = false)
class ConsolePlace {

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Mixin DataOption data;

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

  /** Returns whom to believe there; null for the server's own file, or this system's CAs. */
  Trust trust() {
    return null;
  }

  /**
   * Returns how its console is found, each time anew: a server may have been started again.
   *
   * @throws CliException when options contradict each other, or name a file that cannot be used
   */
  final Watch.Place place() {
    if (url != null && spec.commandLine().getParseResult().hasMatchedOption("--data")) {
      throw new CliException("--data and --url name a server each: leave one of the two out");
    }
    Trust given = trust();
    return url == null
        ? () -> ConsoleAddress.of(data.directory, given)
        : () -> new ConsoleAddress(url, given == null ? Trust.system() : given);
  }

  /**
   * Returns the token, or null where none is given.
   *
   * @throws CliException when its file cannot be used
   */
  final String token() {
    return tokenFile == null ? null : TokenFile.read(tokenFile);
  }
}
