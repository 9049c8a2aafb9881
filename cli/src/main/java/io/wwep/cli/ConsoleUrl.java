package io.wwep.cli;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** The address of a browser console as a server prints it: {@code http://127.0.0.1:27780/}. */
final class ConsoleUrl implements ITypeConverter<URI> {

  private static final int PORT_MAX = 65_535;

  private static final Pattern FORM =
      Pattern.compile("(?i)https?://([\\w.-]+|\\[[0-9a-f:.]+(%[\\w.-]+)?])(:\\d{1,5})?/?");

  @Override
  public URI convert(String text) {
    String url = text.strip();
    if (FORM.matcher(url).matches()) {
      try {
        URI uri = new URI(url);
        // A name that no host can have, as one with an underscore, is left out of a URI's parts.
        if (uri.getHost() != null && uri.getPort() != 0 && uri.getPort() <= PORT_MAX) {
          return uri;
        }
      } catch (URISyntaxException e) {
        // Said below.
      }
    }
    throw new TypeConversionException(
        "takes the address of a console as its server prints it, as in http://127.0.0.1:27780/, not '%s'"
            .formatted(text));
  }
}
