package io.wwep.cli;

import java.net.URI;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The address of a browser console as a server prints it: {@code http://127.0.0.1:27780/}. */
final class ConsoleUrl implements ITypeConverter<URI> {

  private static final Pattern FORM =
      Pattern.compile("(?i)https?://([\\w.-]+|\\[[0-9a-f:.]+(%[\\w.-]+)?])(:\\d{1,5})?/?");

  @Override
  public URI convert(String text) {
    String url = text.strip();
    if (!FORM.matcher(url).matches()) {
      throw new TypeConversionException(
          "takes the address of a console as its server prints it, as in http://127.0.0.1:27780/, not '%s'"
              .formatted(text));
    }
    return URI.create(url);
  }
}
