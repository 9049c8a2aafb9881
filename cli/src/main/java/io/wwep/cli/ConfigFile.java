package io.wwep.cli;

import io.wwep.server.ReadOnly;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.tomlj.TomlParseResult;
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

  /** What nobody can be asked for without TLS. */
  private static final List<String> OF_TLS =
      List.of("cert", "key", "client-ca", "client-auth", "client-revoked", "bind-device", "keylog");

  private final TomlFile file;
  private final TomlParseResult settings;

  /** A command line of its own, so that a value is checked as if it had been typed. */
  private final CommandLine options;

  private ConfigFile(TomlFile file, CommandLine options) {
    this.file = file;
    this.settings = file.content();
    this.options = options;
  }

  /**
   * @param options of {@link ServeOptions} and nothing else, to try values on
   * @throws CliException when the file cannot be read or is no TOML
   */
  static ConfigFile read(Path path, CommandLine options) {
    return new ConfigFile(
        TomlFile.read(
            path,
            "configuration",
            "--config",
            "write each setting on a line of its own, as in port = 27708 or fsync = \"always\""),
        options);
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
      if (!command.getParseResult().hasMatchedOption("--" + name)
          && !isOverruled(name, value, command)) {
        command.getCommandSpec().findOption("--" + name).setValue(value);
      }
    }
  }

  /** Whoever switches a port off on the command line need not change the file for it. */
  private static boolean isOverruled(String name, Object value, CommandLine command) {
    boolean noTls = command.getParseResult().matchedOptionValue("--no-tls", false);
    boolean noPlain = command.getParseResult().matchedOptionValue("--no-plain", false);
    return (noTls && (OF_TLS.contains(name) || value == ReadOnly.TLS))
        || (noPlain && value == ReadOnly.PLAIN);
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
            + (section ? " (settings stand at the top, without a section)" : "")
            + cure(name, Nearest.question(name, names)));
  }

  private static String cure(String name, String question) {
    if (name.equals(PolicyFile.GRANT)) {
      return ": give a file of grants with --policy, and not as a configuration";
    }
    return question.isEmpty()
        ? ": the settings are the options that '%s help serve' lists".formatted(CommandName.TEXT)
        : "";
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
          "%s takes %s, as in %s = %s, not %s"
              .formatted(name, kind, name, example, TomlFile.shown(value)));
    }
  }

  /** Returns what is wrong with a setting of this file, with the line where it stands. */
  CliException bad(String name, String sentence) {
    return file.bad(settings.inputPositionOf(List.of(name)), sentence);
  }
}
