package io.wwep.certs;

import java.net.IDN;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.bouncycastle.util.IPAddress;

/**
 * A host name or an IP address for which a server's certificate holds: what boards connect to.
 * Immutable.
 *
 * @param text a host name in lower case and ASCII, perhaps with {@code *.} in front (RFC 6125), or
 *     an IPv4 or IPv6 address
 */
public record ServerName(String text) {

  private static final Pattern HOST_NAME =
      Pattern.compile("(\\*\\.)?" + LocalNames.DNS_NAME.pattern());

  private static final Pattern WITH_PORT = Pattern.compile("[^:]+:\\d+|\\[.*]:\\d+");

  /** No top-level domain is a number, but an address with a typing error ends in one. */
  private static final Pattern NUMBER_LAST = Pattern.compile("(.*\\.)?\\d+");

  /**
   * @throws IllegalArgumentException when it is neither a name nor an address
   */
  public ServerName {
    if (!isValid(text)) {
      throw new IllegalArgumentException(
          "takes a host name or an IP address, as in wwep.lab or 192.168.1.5, not '%s'"
              .formatted(text));
    }
  }

  /**
   * Reads what a person has typed: a name may have letters outside ASCII, capitals and a dot at its
   * end, an IPv6 address brackets.
   *
   * @throws IllegalArgumentException when it is neither a name nor an address, with the reason
   */
  public static ServerName of(String typed) {
    String text = typed.strip();
    if (text.contains("/")) {
      throw new IllegalArgumentException(
          "takes a host name or an IP address by itself, without https:// and a path, not '%s'"
              .formatted(typed));
    }
    if (WITH_PORT.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "takes a host name or an IP address without a port, not '%s'".formatted(typed));
    }
    if (text.startsWith("[") && text.endsWith("]")) {
      text = text.substring(1, text.length() - 1);
    }
    return new ServerName(IPAddress.isValid(text) ? text : hostName(text, typed));
  }

  private static String hostName(String text, String typed) {
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    try {
      return IDN.toASCII(name).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException tooLongOrEmpty) {
      throw new IllegalArgumentException(
          "takes a host name or an IP address, as in wwep.lab or 192.168.1.5, not '%s'"
              .formatted(typed),
          tooLongOrEmpty);
    }
  }

  /** A computer may call itself what no name server would. */
  private static boolean isValid(String text) {
    return IPAddress.isValid(text)
        || (HOST_NAME.matcher(text).matches() && !NUMBER_LAST.matcher(text).matches());
  }

  /** Returns the names and addresses under which this computer can be reached, its name first. */
  public static List<ServerName> ofThisComputer() {
    return LocalNames.all().stream().filter(ServerName::isValid).map(ServerName::new).toList();
  }

  /** Returns it without what a file's name must not have on some system. */
  public String fileName() {
    return text.replace("*", "_wildcard").replace(':', '-');
  }

  @Override
  public String toString() {
    return text;
  }
}
