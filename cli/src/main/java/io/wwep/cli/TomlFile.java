package io.wwep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wwep.certs.IdentityException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/**
 * A TOML file of a person, and where in it something stands.
 *
 * @param path where it is
 * @param content what it says
 */
record TomlFile(Path path, TomlParseResult content) {

  /** A thousand grants are 45 KB; the parser takes a thousand times as much memory. */
  private static final int BYTES_MAX = 1 << 16;

  /** The parser's time grows with the cube of these. */
  private static final int SILENT_LINES_MAX = 200;

  /** Editors on Windows put it first. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  /**
   * Reads one.
   *
   * @param what it is to be, as in {@code configuration}
   * @param option that names it, as in {@code --config}
   * @param example how its lines look
   * @throws CliException when the file cannot be read or is no TOML
   */
  static TomlFile read(Path path, String what, String option, String example) {
    String text = text(path, what, option);
    requireSense(path, text);
    TomlParseResult parsed = Toml.parse(text);
    if (parsed.hasErrors()) {
      TomlParseError error = parsed.errors().get(0);
      throw new CliException(
          "%s: %s; %s".formatted(at(path, error.position()), words(error), example));
    }
    return new TomlFile(path, parsed);
  }

  private static String text(Path path, String what, String option) {
    try (InputStream in = Files.newInputStream(path)) {
      // A device or a pipe has no size that could be asked for.
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new CliException(
            "%s %s is larger than 64 KiB: is it the right file?".formatted(what, path));
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new CliException("%s %s is not there: check %s".formatted(what, path, option), e);
    } catch (CharacterCodingException e) {
      throw new CliException(
          "%s %s cannot be read (it is not UTF-8): save it as UTF-8".formatted(what, path), e);
    } catch (IOException e) {
      throw new CliException(
          "%s %s cannot be read (%s): check %s"
              .formatted(what, path, IdentityException.reason(e), option),
          e);
    }
  }

  private static void requireSense(Path path, String text) {
    int silent = 0;
    for (String line : (Iterable<String>) text.lines()::iterator) {
      silent = line.isBlank() || line.stripLeading().startsWith("#") ? silent + 1 : 0;
      if (silent > SILENT_LINES_MAX) {
        throw new CliException(
            "%s has more than %d lines in a row that are empty or comments: take some out"
                .formatted(path, SILENT_LINES_MAX));
      }
    }
  }

  private static String words(TomlParseError error) {
    String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    return message.isEmpty() ? "this is no TOML" : "this is no TOML (" + message + ")";
  }

  private static String at(Path path, TomlPosition position) {
    return position == null
        ? path.toString()
        : "%s, line %d, column %d".formatted(path, position.line(), position.column());
  }

  /** Returns what is wrong at a place in it. */
  CliException bad(TomlPosition position, String sentence) {
    return new CliException(at(path, position) + ": " + sentence);
  }

  /** Returns a value as a person would point at it. */
  static String shown(Object value) {
    if (value instanceof TomlTable) {
      return "a section";
    }
    if (value instanceof TomlArray) {
      return "a list";
    }
    return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
  }
}
