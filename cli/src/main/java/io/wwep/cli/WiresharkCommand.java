package io.wwep.cli;

import io.wwep.store.sqlite.NewFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wwep wireshark}: hands out the dissector that Wireshark and tshark understand WWEP by. */
@Command(
    name = "wireshark",
    header = "Hand out the dissector by which Wireshark understands WWEP.",
    description = {
      "  wwep wireshark --install                put it where Wireshark looks for it",
      "  wwep wireshark --out wwep.lua           into a file, for tshark -X lua_script:wwep.lua",
      "  wwep wireshark                          print it",
      "",
      "Messages over TLS are read with the keys of their connections. Each side can write them",
      "down with --keylog FILE, and Wireshark takes the file in Preferences, Protocols, TLS:",
      "  wwep serve --keylog keys.txt",
      "  wwep read 0FAC 0B --tls --insecure --keylog keys.txt",
      "  tshark -i lo -X lua_script:wwep.lua -o tls.keylog_file:keys.txt -Y wwep"
    })
final class WiresharkCommand implements Callable<Integer> {

  private static final String DISSECTOR = "wwep.lua";

  private final Console console;
  private final Map<String, String> environment;

  @Option(names = "--install", description = "Write it to your own plugin folder of Wireshark.")
  boolean install;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = "Write it to this file.")
  Path out;

  @Option(names = "--force", description = "Replace the file of --out if it is there.")
  boolean force;

  @Mixin HelpOption help;

  WiresharkCommand(Console console) {
    this(console, System.getenv());
  }

  /**
   * @param environment says where somebody's own files are kept
   */
  WiresharkCommand(Console console, Map<String, String> environment) {
    this.console = console;
    this.environment = environment;
  }

  @Override
  public Integer call() {
    if (install && out != null) {
      throw new CliException("--install and --out exclude each other: give one of them");
    }
    if (force && out == null) {
      throw new CliException("--force is about the file of --out: give one, or leave it out");
    }
    if (install) {
      install();
    } else if (out != null) {
      write(out, force);
      console.print("The dissector is in %s: 'tshark -X lua_script:%s'".formatted(out, out));
    } else {
      console.out().write(dissector(), 0, dissector().length);
    }
    return ExitCode.OK;
  }

  /** One that is there is an older version of it. */
  private void install() {
    Path folder = folder();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new CliException(
          "the plugin folder %s cannot be made (%s): write the dissector elsewhere with --out"
              .formatted(folder, e.getMessage()),
          e);
    }
    write(folder.resolve(DISSECTOR), true);
    console.print("The dissector is in %s".formatted(folder.resolve(DISSECTOR)));
    console.print("Start Wireshark anew, or choose Analyze, Reload Lua Plugins.");
  }

  /** Returns the folder that Help, About Wireshark, Folders calls "Personal Lua Plugins". */
  private Path folder() {
    boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
    String settings = windows ? environment.get("APPDATA") : null;
    return settings == null
        ? home(windows).resolve(Path.of(".local", "lib", "wireshark", "plugins"))
        : Path.of(settings, "Wireshark", "plugins");
  }

  /**
   * As GLib has it for Wireshark: HOME, and without it that of the account. No XDG_DATA_HOME and
   * the like move the plugins.
   */
  private Path home(boolean windows) {
    String home = windows ? null : environment.get("HOME");
    String chosen = home == null || home.isEmpty() ? System.getProperty("user.home") : home;
    return Path.of(chosen).toAbsolutePath();
  }

  private static void write(Path file, boolean force) {
    NewFile.write(file, force, stream -> stream.write(dissector()));
  }

  private static byte[] dissector() {
    try (InputStream stream = WiresharkCommand.class.getResourceAsStream(DISSECTOR)) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
