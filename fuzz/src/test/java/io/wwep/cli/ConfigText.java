package io.wwep.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import picocli.CommandLine;

/**
 * The server's configuration file, as {@code wwep serve --config FILE} takes it, without a server.
 *
 * <p>In the command line's package because the whole command would start one.
 */
public final class ConfigText {

  private static final Console CONSOLE =
      new Console(new ByteArrayInputStream(new byte[0]), nowhere(), nowhere(), false, false, true);

  /** Made once: to make them takes longer than all the rest. */
  private static final ServeCommand SERVE = new ServeCommand(CONSOLE);

  private static final CommandLine COMMAND_LINE = new CommandLine(SERVE);

  static {
    quietToml();
  }

  /** Before the parser is used. */
  static void quietToml() {
    // The parser asserts of a file that it has refused already what does not hold; a server, which
    // runs without assertions, says what it was refused for.
    ConfigText.class.getClassLoader().setPackageAssertionStatus("org.tomlj", false);
  }

  private ConfigText() {}

  private static Output nowhere() {
    return new Output(OutputStream.nullOutputStream(), StandardCharsets.UTF_8, () -> false);
  }

  /** Returns what is wrong with the file, as the person who wrote it is told; null when nothing. */
  public static String problem(Path file) {
    // It sets all options back.
    COMMAND_LINE.parseArgs("--config", file.toString());
    try {
      SERVE.prepared();
      return null;
    } catch (CliException e) {
      return e.getMessage();
    }
  }
}
