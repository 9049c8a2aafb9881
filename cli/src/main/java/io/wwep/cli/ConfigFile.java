package io.wwep.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * A TOML file with the settings of {@link ServeOptions} under the names that they have on the
 * command line, without the hyphens in front: {@code port = 27708}. What the command line gives
 * wins.
 */
final class ConfigFile {

  private static final int BYTES_MAX = 1 << 20;

  /** Editors on Windows put it first. */
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final Path file;
  private final TomlParseResult settings;

  /** A command line of its own, so that a value is checked as if it had been typed. */
  private final CommandLine options;

  private ConfigFile(Path file, TomlParseResult settings, CommandLine options) {
    this.file = file;
    this.settings = settings;
    this.options = options;
  }

  /**
   * @param options of {@link ServeOptions} and nothing else, to try values on
   * @throws CliException when the file cannot be read or is no TOML
   */
  static ConfigFile read(Path file, CommandLine options) {
    TomlParseResult parsed = Toml.parse(text(file));
    if (parsed.hasErrors()) {
      TomlParseError error = parsed.errors().get(0);
      throw new CliException(
          "%s: %s; write each setting on a line of its own, as in port = 27708 or fsync = \"always\""
              .formatted(at(file, error.position()), words(error)));
    }
    return new ConfigFile(file, parsed, options);
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      // A device or a pipe has no size that could be asked for.
      byte[] bytes = in.readNBytes(BYTES_MAX + 1);
      if (bytes.length > BYTES_MAX) {
        throw new CliException(
            "configuration %s is larger than 1 MiB: is it the right file?".formatted(file));
      }
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (NoSuchFileException e) {
      throw new CliException("configuration %s is not there: check --config".formatted(file), e);
    } catch (IOException e) {
      throw new CliException(
          "configuration %s cannot be read (%s): check --config".formatted(file, reason(e)), e);
    }
  }

  private static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof CharacterCodingException) {
      return "it is not UTF-8";
    }
    return e instanceof FileSystemException f && f.getReason() != null
        ? f.getReason()
        : e.getMessage();
  }

  private static String words(TomlParseError error) {
    String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
    return message.isEmpty() ? "this is no TOML" : "this is no TOML (" + message + ")";
  }

  private static String at(Path file, TomlPosition position) {
    return position == null ? file.toString() : "%s, line %d".formatted(file, position.line());
  }

  /**
   * Sets the options that the command line did not give.
   *
   * @param command has been parsed and has the options of {@link ServeOptions}
   * @throws CliException for an unknown name or a value of the wrong kind
   */
  void applyTo(CommandLine command) {
    for (String name : settings.keySet()) {
      OptionSpec option = requireOption(name);
      Object value = convert(name, option, settings.get(List.of(name)));
      if (!command.getParseResult().hasMatchedOption("--" + name) && !isOverruled(name, command)) {
        command.getCommandSpec().findOption("--" + name).setValue(value);
      }
    }
  }

  /** Whoever switches TLS off on the command line need not change the file for it. */
  private static boolean isOverruled(String name, CommandLine command) {
    return (name.equals("cert") || name.equals("key"))
        && command.getParseResult().matchedOptionValue("--no-tls", false);
  }

  /** Whether the file has this setting. */
  boolean has(String name) {
    return settings.contains(List.of(name));
  }

  private OptionSpec requireOption(String name) {
    OptionSpec option = options.getCommandSpec().findOption("--" + name);
    if (option != null) {
      return option;
    }
    List<String> names =
        options.getCommandSpec().options().stream()
            .map(each -> each.longestName().substring(2))
            .toList();
    boolean section = settings.get(List.of(name)) instanceof TomlTable;
    throw bad(
        name,
        "there is no %s '%s'%s"
                .formatted(section ? "section" : "setting", name, Nearest.question(name, names))
            + (section ? " (settings stand at the top, without a section)" : ""));
  }

  private Object convert(String name, OptionSpec option, Object value) {
    requireKind(name, option, value);
    try {
      options.parseArgs("--%s=%s".formatted(name, value));
    } catch (ParameterException e) {
      throw bad(name, UsageErrors.withName(name, UsageErrors.reason(e)));
    }
    return option.getValue();
  }

  private void requireKind(String name, OptionSpec option, Object value) {
    Class<?> type = option.type();
    if (type == boolean.class) {
      require(value instanceof Boolean, name, "true or false", "true", value);
    } else if (type == Integer.class) {
      require(value instanceof Long, name, "a number without quotes", "27708", value);
    } else if (type == Duration.class) {
      require(
          value instanceof String || value instanceof Long,
          name,
          "a time in quotes",
          "\"150ms\"",
          value);
    } else {
      require(value instanceof String, name, "text in quotes", "\"...\"", value);
    }
  }

  private void require(boolean right, String name, String kind, String example, Object value) {
    if (!right) {
      throw bad(
          name,
          "%s takes %s, as in %s = %s, not %s".formatted(name, kind, name, example, shown(value)));
    }
  }

  private static String shown(Object value) {
    if (value instanceof TomlTable) {
      return "a section";
    }
    if (value instanceof TomlArray) {
      return "a list";
    }
    return value instanceof String ? "\"" + value + "\"" : String.valueOf(value);
  }

  /** Returns what is wrong with a setting of this file, with the line where it stands. */
  CliException bad(String name, String sentence) {
    return new CliException(at(file, settings.inputPositionOf(List.of(name))) + ": " + sentence);
  }
}
