package io.wwep.cli;

import io.wwep.keylog.JdkSecrets;
import io.wwep.keylog.KeyLog;
import io.wwep.keylog.KeyLogException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Whether a client's keys are written down, for who looks at a capture. */
@Command(sortOptions = false)
final class KeyLogOption {

  @Option(
      names = "--keylog",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = {
        "TLS: append the connections' keys to this file, for Wireshark.",
        "Who has the file reads all that passed; see 'wwep help wireshark'."
      })
  Path file;

  /**
   * Opens the key log, and warns of it on standard error.
   *
   * @param usesTls whether there will be keys
   * @return null where none was asked for
   * @throws CliException when it cannot be kept
   */
  KeyLog open(Console console, boolean usesTls) {
    if (file == null) {
      return null;
    }
    if (!usesTls) {
      throw new CliException(
          "--keylog is for TLS, and without it there are no keys: switch TLS on, as with --ca, --pin or --insecure");
    }
    try {
      JdkSecrets.requireReadable(); // ahead of a file that would stay empty
      KeyLog log = KeyLog.append(file, console::note);
      console.note(log.warning());
      return log;
    } catch (KeyLogException e) {
      throw new CliException(e.getMessage(), e);
    }
  }
}
