package io.wwep.cli;

import io.wwep.certs.IdentityException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file with the token that opens a console: alone, or as a server has it, behind a role. */
final class TokenFile {

  private static final int BYTES_MAX = 64 * 1024;
  private static final Pattern LINE =
      Pattern.compile("(?:(?:editor|sender|viewer)\\s*:)?\\s*([\\x21-\\x7E]+)");

  private TokenFile() {}

  /**
   * Returns the first token.
   *
   * @throws CliException when there is none, or the file cannot be read
   */
  static String read(Path file) {
    byte[] bytes;
    try (InputStream stream = Files.newInputStream(file)) {
      bytes = stream.readNBytes(BYTES_MAX);
    } catch (IOException e) {
      throw new CliException(
          "the token file %s cannot be read (%s): name a file that is there and yours"
              .formatted(file, IdentityException.reason(e)),
          e);
    }
    return new String(bytes, StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("#"))
        .findFirst()
        .map(LINE::matcher)
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .orElseThrow(
            () ->
                new CliException(
                    "the token file %s has no token: put one into its first line".formatted(file)));
  }
}
