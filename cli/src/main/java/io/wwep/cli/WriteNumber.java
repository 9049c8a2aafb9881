package io.wwep.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The number of a write in the history, 1 to 999,999,999,999,999. */
final class WriteNumber implements ITypeConverter<Long> {

  private static final Pattern DIGITS = Pattern.compile("0*[1-9]\\d{0,14}");

  @Override
  public Long convert(String text) {
    String digits = text.strip();
    if (!DIGITS.matcher(digits).matches()) {
      throw new TypeConversionException(
          "takes the number of a write, from 1 to 999999999999999, not '%s'".formatted(text));
    }
    return Long.valueOf(digits.replaceFirst("^0+", ""));
  }
}
