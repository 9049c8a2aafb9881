package io.wwep.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wwep serve}: runs a server until it is told to stop. */
@Command(
    name = "serve",
    header = "Run a WWEP server until Ctrl-C.",
    description = {
      "  wwep serve                              both ports, data in ./wwep-data",
      "  wwep serve --data /var/lib/wwep         data elsewhere",
      "  wwep serve --port 0 --no-tls            plain only, on a free port",
      "  wwep serve --one-shot --explain         closes like the class server, and says why",
      "  wwep serve --cert cert.pem --key key.pem --log json",
      "  wwep serve --config wwep.toml           settings from a file:",
      "                                            port = 27708",
      "                                            fsync = \"always\"",
      "                                            one-shot = true"
    })
final class ServeCommand implements Callable<Integer> {

  private final Console console;

  @Spec CommandSpec spec;
  @Mixin ServeOptions options;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "TOML file with these options by name; the command line wins over it.")
  Path config;

  @Mixin HelpOption help;

  private CommandLine settings;

  ServeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    return prepared().run();
  }

  /**
   * Returns the run that the command line and the file ask for; starts nothing.
   *
   * @throws CliException when they ask for something that cannot be
   */
  ServeRun prepared() {
    ConfigFile file = config == null ? null : ConfigFile.read(config, settings());
    if (file != null) {
      file.applyTo(spec.commandLine());
    }
    try {
      return new ServeRun(console, options);
    } catch (BadSetting e) {
      throw file != null && file.has(e.name())
          ? file.bad(e.name(), e.name() + " " + e.getMessage())
          : new CliException("--%s %s".formatted(e.name(), e.getMessage()), e);
    }
  }

  /** Made late: every command of wwep makes this one. */
  private CommandLine settings() {
    if (settings == null) {
      settings = new CommandLine(new ServeOptions());
    }
    return settings;
  }
}
