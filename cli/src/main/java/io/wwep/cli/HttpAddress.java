package io.wwep.cli;

import io.wwep.console.ConsoleConfig;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An address and a port to serve HTTP at: {@code 127.0.0.1:27780}, {@code [::1]:27780}. */
final class HttpAddress implements ITypeConverter<ConsoleConfig> {

  private static final Pattern PARTS =
      Pattern.compile("(?:\\[([^\\]]+)]|([^:\\[\\]]+)):(\\d{1,5})");

  @Override
  public ConsoleConfig convert(String text) {
    Matcher parts = PARTS.matcher(text);
    if (!parts.matches()) {
      throw new TypeConversionException(
          "takes an address and a port, as in 127.0.0.1:27780 or [::1]:27780, not '%s'"
              .formatted(text));
    }
    String host =
        new BindAddress().convert(parts.group(1) == null ? parts.group(2) : parts.group(1));
    try {
      return new ConsoleConfig(host, Integer.parseInt(parts.group(3)));
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
