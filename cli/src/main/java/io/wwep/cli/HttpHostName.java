package io.wwep.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A name or an address without a port, as browsers have it in front of one. */
final class HttpHostName implements ITypeConverter<String> {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,253}");

  /** As it is in a URL, but without its brackets. */
  private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*");

  @Override
  public String convert(String text) {
    if (!NAME.matcher(text).matches() && !IPV6.matcher(text).matches()) {
      throw new TypeConversionException(
          "takes a name alone, without a port and https://, as in board.lab, not '%s'"
              .formatted(text));
    }
    return text;
  }
}
