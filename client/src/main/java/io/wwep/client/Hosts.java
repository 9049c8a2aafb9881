package io.wwep.client;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Checks what people give as a host, and tells them what of it belongs elsewhere. */
final class Hosts {

  /** The beginning of a URL, and in the group what it names: a host, perhaps with a port. */
  private static final Pattern URL = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*://([^/?#]+).*");

  private static final Pattern WITH_PORT = Pattern.compile("(\\[.+]|[^:]+):([0-9]+)");

  private Hosts() {}

  /**
   * @param host without brackets
   * @throws IllegalArgumentException when it can be neither a name nor an IP address
   */
  static void require(String host) {
    if (host.isBlank()) {
      throw new IllegalArgumentException("host must be a name or an IP address, not empty");
    }
    Matcher url = URL.matcher(host);
    String place = url.matches() ? url.group(1) : host;
    Matcher withPort = WITH_PORT.matcher(place);
    if (withPort.matches()) {
      String cure =
          "%s as the host and %s as the port"
              .formatted(withoutBrackets(withPort.group(1)), withPort.group(2));
      throw tooMuch(host, cure);
    }
    if (url.matches()) {
      throw tooMuch(host, withoutBrackets(place) + " as the host");
    }
    if (host.indexOf(':') >= 0 && !isIpv6(host)) {
      throw new IllegalArgumentException(
          "host must be a name or an IP address, not '%s': check its spelling".formatted(host));
    }
  }

  static String withoutBrackets(String host) {
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    return bracketed ? host.substring(1, host.length() - 1) : host;
  }

  private static IllegalArgumentException tooMuch(String host, String cure) {
    return new IllegalArgumentException(
        "host must be a name or an IP address, without scheme and port, not '%s': give %s"
            .formatted(host, cure));
  }

  /** In brackets the JDK takes an address only, and asks no name service. */
  private static boolean isIpv6(String host) {
    int zone = host.indexOf('%');
    String address = zone < 0 ? host : host.substring(0, zone);
    try {
      return InetAddress.getAllByName("[" + address + "]").length == 1;
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
