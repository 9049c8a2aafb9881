package io.wwep.cli;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to listen, on the command line: {@code PORT}, for this machine alone, or {@code ADDR:PORT}.
 */
final class ListenPlace implements ITypeConverter<InetSocketAddress> {

  private static final Pattern WITH_ADDRESS = Pattern.compile("(\\[[^\\]]*]|[^:]*):(\\d+)");
  private static final Pattern PORT = Pattern.compile("\\d+");

  @Override
  public InetSocketAddress convert(String text) {
    if (PORT.matcher(text).matches()) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), port(text));
    }
    Matcher match = WITH_ADDRESS.matcher(text);
    if (!match.matches() || match.group(1).isEmpty()) {
      throw new TypeConversionException(
          "takes PORT or ADDR:PORT, as in 27709, 192.168.1.5:27709 or [::1]:27709, not '%s'"
              .formatted(text));
    }
    InetAddress address = address(match.group(1), text);
    return new InetSocketAddress(address, port(match.group(2)));
  }

  private static InetAddress address(String address, String text) {
    try {
      return address.equals("localhost")
          ? InetAddress.getLoopbackAddress()
          : new AddressLiteral().convert(address);
    } catch (TypeConversionException e) {
      throw new TypeConversionException(
          "takes an IP address of this machine in front of the port, not '%s': leave it out for this machine alone, or give 0.0.0.0 for all of its addresses"
              .formatted(text));
    }
  }

  private static int port(String text) {
    return new Numbers.ListeningPort(Numbers.PORT).convert(text);
  }
}
