package io.wwep.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * An address to listen on. What is none is told apart here, since a server that cannot bind knows
 * only that this machine does not have the address.
 */
final class BindAddress implements ITypeConverter<String> {

  /** An IPv4 address, a name, or an IPv6 address in brackets, and a port. */
  private static final Pattern WITH_PORT = Pattern.compile("(\\[.*]|[^:]*):(\\d+)");

  @Override
  public String convert(String text) {
    if (text.isBlank()) {
      throw new TypeConversionException("is empty: give an address, or leave it out for all");
    }
    if (WITH_PORT.matcher(text).matches()) {
      throw new TypeConversionException(
          "takes an address without a port, not '%s': give the port with --port or --tls-port"
              .formatted(text));
    }
    return resolvable(text);
  }

  private static String resolvable(String text) {
    try {
      InetAddress.getByName(text);
      return text;
    } catch (UnknownHostException e) {
      throw new TypeConversionException(
          "takes an address of this machine, and '%s' is neither an IP address nor a name that is known here: check it, or leave it out for all"
              .formatted(text));
    }
  }
}
