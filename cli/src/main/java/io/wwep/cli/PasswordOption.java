package io.wwep.cli;

import io.wwep.certs.file.Password;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What opens files that are protected. Never an argument, which others on this computer can see.
 */
@Command
final class PasswordOption {

  private static final String VARIABLE = "WWEP_PASSWORD";

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = {
        "A file whose first line is the password of PKCS#12 or of an encrypted key",
        "(the environment's variable WWEP_PASSWORD)."
      })
  Path file;

  /** Returns the password that was given in one of the two ways, or none. */
  Password password() {
    if (file != null) {
      return Password.read(file);
    }
    String variable = System.getenv(VARIABLE);
    return variable == null ? Password.NONE : Password.of(variable);
  }
}
