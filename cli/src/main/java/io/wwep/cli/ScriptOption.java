package io.wwep.cli;

import io.wwep.board.script.Script;
import io.wwep.board.script.ScriptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** A script that drives boards. */
@Command(sortOptions = false)
final class ScriptOption {

  private static final Path STANDARD_INPUT = Path.of("-");

  @Option(
      names = "--script",
      paramLabel = "FILE",
      converter = FilePath.class,
      description = {
        "Play the steps of this file, - is standard input, and print a JSON object for each. A",
        "command a line: press 0|1, send [tls] BYTES, read [tls], illegal [tls], expect A|X|none|...,",
        "wait TIME, verify none|root|pin, identity on|off, led on|off, repeat N ... end; # begins a",
        "comment. Exit code 0: all as expected, 1: not, 2: the script is wrong."
      })
  Path file;

  boolean isGiven() {
    return file != null;
  }

  /**
   * Reads it as a whole.
   *
   * @param in standard input
   * @throws CliException when it cannot be read or understood; the message names line and column
   */
  Script read(InputStream in, Script.Equipment equipment) {
    try {
      return Script.parse(text(in), equipment);
    } catch (ScriptException e) {
      throw new CliException(
          "%s:%d:%d: %s%s"
              .formatted(
                  name(),
                  e.line(),
                  e.column(),
                  e.getMessage(),
                  Nearest.question(e.guess().word(), e.guess().known())),
          e);
    }
  }

  private String name() {
    return file.equals(STANDARD_INPUT) ? "standard input" : file.toString();
  }

  private String text(InputStream in) {
    try (InputStream input = file.equals(STANDARD_INPUT) ? in : Files.newInputStream(file)) {
      byte[] bytes = input.readNBytes(Script.BYTES_MAX + 1);
      if (bytes.length > Script.BYTES_MAX) {
        throw new CliException(
            "the script %s is larger than 1 MiB: use repeat, or split it".formatted(name()));
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (NoSuchFileException e) {
      throw unreadable("is not there: check the path", e);
    } catch (AccessDeniedException e) {
      throw unreadable("may not be read by this user: give the user the right to read it", e);
    } catch (IOException e) {
      throw unreadable("cannot be read (%s): give a text file".formatted(e.getMessage()), e);
    }
  }

  private CliException unreadable(String why, IOException cause) {
    return new CliException("the script %s %s".formatted(name(), why), cause);
  }
}
