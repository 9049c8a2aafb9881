package io.wwep.certs;

import java.net.IDN;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A host name or an IP address for which a server's certificate holds: what boards connect to.
 * Immutable, and equal to another one exactly when a client takes them for the same.
 */
public final class ServerName {

  /** Labels of letters, digits, hyphens within, and underscores, which Windows has in names. */
  private static final Pattern HOST_NAME =
      Pattern.compile(
          "(?=.{1,253}$)(\\*\\.)?LABEL(\\.LABEL)*"
              .replace("LABEL", "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"));

  /** No top-level domain is a number, but an address with a typing error ends in one. */
  private static final Pattern NUMBER_LAST = Pattern.compile("(.*\\.)?\\d+");

  /** Without leading zeros, which some programs take for octal digits. */
  private static final Pattern IPV4 =
      Pattern.compile("(N\\.){3}N".replace("N", "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])"));

  private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]+(:[0-9.]+)?");
  private static final Pattern WITH_PORT = Pattern.compile("[^:]*:\\d+|\\[.*]:\\d+");

  /** Windows takes them for devices, whatever their ends. */
  private static final Pattern DEVICE_OF_WINDOWS =
      Pattern.compile("(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

  /** Of these the JDK makes other letters, and browsers do not (UTS 46, deviation characters). */
  private static final Pattern DEVIATING = Pattern.compile("[\u00DF\u1E9E\u03C2\u200C\u200D]");

  private final String text;

  private ServerName(String text) {
    this.text = text;
  }

  /**
   * Reads what a person has typed: a name may have letters outside ASCII, capitals and a dot at its
   * end, an IPv6 address brackets.
   *
   * @throws IllegalArgumentException when it is neither a name nor an address, with the reason
   */
  public static ServerName of(String typed) {
    return parse(typed.strip())
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "takes a host name or an IP address%s, not '%s'"
                        .formatted(hint(typed), typed)));
  }

  private static String hint(String typed) {
    return typed.contains("/")
        ? " by itself, without https:// and a path"
        : WITH_PORT.matcher(typed.strip()).matches()
            ? " without a port"
            : DEVIATING.matcher(typed).find()
                ? ", a name with such a letter in its xn-- form"
                : ", as in wwep.lab or 192.168.1.5";
  }

  private static Optional<ServerName> parse(String text) {
    boolean brackets = text.startsWith("[") && text.endsWith("]");
    String bare = brackets ? text.substring(1, text.length() - 1) : text;
    return address(bare)
        .or(() -> brackets ? Optional.empty() : hostName(bare))
        .map(ServerName::new);
  }

  /** Returns an address in the form of RFC 5952, if it is one. */
  private static Optional<String> address(String text) {
    if (IPV4.matcher(text).matches()) {
      return Optional.of(text);
    }
    if (text.indexOf(':') < 0 || !IPV6.matcher(text).matches()) {
      return Optional.empty();
    }
    try {
      // Asks no name server, since there is a colon in it.
      InetAddress address = InetAddress.getByName(text);
      return Optional.of(
          address instanceof Inet6Address v6 ? shortest(v6) : LocalNames.text(address));
    } catch (UnknownHostException none) {
      return Optional.empty();
    }
  }

  /** The longest row of zeros, the first of them, becomes two colons; one zero alone stays. */
  private static String shortest(Inet6Address address) {
    byte[] bytes = address.getAddress();
    int[] groups =
        IntStream.range(0, 8)
            .map(i -> (bytes[2 * i] & 0xFF) << 8 | (bytes[2 * i + 1] & 0xFF))
            .toArray();
    int start = 0;
    int length = 0;
    for (int i = 0; i < groups.length; i++) {
      int zeros = zerosFrom(groups, i);
      if (zeros > length) {
        start = i;
        length = zeros;
      }
    }
    return length < 2
        ? hex(groups, 0, groups.length)
        : hex(groups, 0, start) + "::" + hex(groups, start + length, groups.length);
  }

  private static int zerosFrom(int[] groups, int from) {
    int end = from;
    while (end < groups.length && groups[end] == 0) {
      end++;
    }
    return end - from;
  }

  private static String hex(int[] groups, int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> Integer.toHexString(groups[i]))
        .collect(Collectors.joining(":"));
  }

  /** Returns a name in lower case and ASCII, if it is one. */
  private static Optional<String> hostName(String text) {
    if (DEVIATING.matcher(text).find()) {
      return Optional.empty();
    }
    String name = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    try {
      String ascii = IDN.toASCII(name).toLowerCase(Locale.ROOT);
      boolean valid = HOST_NAME.matcher(ascii).matches() && !NUMBER_LAST.matcher(ascii).matches();
      return valid ? Optional.of(ascii) : Optional.empty();
    } catch (IllegalArgumentException tooLongOrEmpty) {
      return Optional.empty();
    }
  }

  /** Returns the names and addresses under which this computer can be reached, its name first. */
  public static List<ServerName> ofThisComputer() {
    return LocalNames.all().stream().flatMap(each -> parse(each).stream()).distinct().toList();
  }

  /** Returns it as certificates have it: in lower case and ASCII, addresses in their short form. */
  public String text() {
    return text;
  }

  /** Whether it is an IP address, of either version. */
  public boolean isAddress() {
    return text.indexOf(':') >= 0 || IPV4.matcher(text).matches();
  }

  /** Returns what files can be called by it: without what no name may have on some system. */
  public String fileName() {
    return asFileName(text.replace("*", "_wildcard").replace(':', '-'));
  }

  /** Returns a name that Windows takes for no device, and programs for no option. */
  static String asFileName(String name) {
    boolean device = DEVICE_OF_WINDOWS.matcher(name.toLowerCase(Locale.ROOT)).matches();
    return device || name.startsWith("-") ? "_" + name : name;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ServerName name && name.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
