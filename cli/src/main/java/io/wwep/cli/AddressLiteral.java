package io.wwep.cli;

import io.wwep.certs.ServerName;
import java.net.InetAddress;
import java.net.UnknownHostException;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An IP address as such: no name server is asked. */
final class AddressLiteral implements ITypeConverter<InetAddress> {

  @Override
  public InetAddress convert(String text) {
    try {
      String address = ServerName.of(text).text();
      // No host name ends in a number, or has a colon.
      if (address.indexOf(':') >= 0 || Character.isDigit(address.charAt(address.length() - 1))) {
        return InetAddress.getByName(address);
      }
    } catch (IllegalArgumentException | UnknownHostException none) {
      // Said below.
    }
    throw new TypeConversionException(
        "takes an IP address, as in 192.168.1.7 or fd00::7, not '%s'".formatted(text));
  }
}
