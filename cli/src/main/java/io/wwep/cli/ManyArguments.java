package io.wwep.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * Arguments of which there may be any number. The parser would take one that it cannot convert for
 * the end of them, and say that it is one too many.
 */
final class ManyArguments {

  private ManyArguments() {}

  /**
   * Converts a command's only kind of arguments.
   *
   * @throws ParameterException at the first one that is wrong, with the reason
   */
  static <T> List<T> convert(CommandSpec command, List<String> texts, ITypeConverter<T> converter) {
    List<T> values = new ArrayList<>();
    for (String text : texts) {
      values.add(convert(command, text, converter));
    }
    return values;
  }

  private static <T> T convert(CommandSpec command, String text, ITypeConverter<T> converter) {
    try {
      return converter.convert(text);
    } catch (TypeConversionException e) {
      throw new ParameterException(
          command.commandLine(), e.getMessage(), e, command.positionalParameters().get(0), text);
    } catch (Exception e) {
      throw new IllegalStateException("a converter throws what it should not", e);
    }
  }
}
