package io.wwep.console.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names and addresses under which a console is served. A request for any other host is refused,
 * since a foreign page could have its name lead here (DNS rebinding).
 *
 * <p>May be used by any thread.
 */
public final class Hosts {

  private static final Pattern HOST =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]{1,253}))(?::(\\d{1,5}))?");

  private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
  private static final String LOCALHOST = "localhost";

  private final Set<String> names = new HashSet<>();
  private final Supplier<Collection<String>> certified;
  private volatile Set<String> own = Set.of();

  /**
   * @param given names that somebody gave for this console
   * @param certified names in the server's certificate, which may change; asked for each name that
   *     is not known otherwise
   */
  public Hosts(Collection<String> given, Supplier<Collection<String>> certified) {
    this.certified = certified;
    names.add(LOCALHOST);
    given.forEach(each -> names.add(normal(each)));
  }

  /** Adds the names of this computer, which may take seconds to find out. */
  public void addOwn(Collection<String> found) {
    Set<String> all = new HashSet<>();
    found.forEach(each -> all.add(normal(each)));
    own = Set.copyOf(all);
  }

  private static String normal(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
  }

  /**
   * Whether a request with this header is for this console.
   *
   * @param header value of {@code Host}, as in {@code localhost:27780}
   * @param local the address at which the request came in
   */
  boolean isServed(String header, String local) {
    Matcher parts = HOST.matcher(header);
    if (!parts.matches()) {
      return false;
    }
    String address = parts.group(1) != null ? parts.group(1) : parts.group(2);
    if (parts.group(1) != null || IPV4.matcher(address).matches()) {
      return isOwnAddress(address, local);
    }
    String name = normal(address);
    return names.contains(name)
        || own.contains(name)
        || certified.get().stream().anyMatch(each -> normal(each).equals(name));
  }

  /** Names are looked up nowhere: both are literal addresses. */
  private boolean isOwnAddress(String address, String local) {
    if (names.contains(normal(address))) {
      return true;
    }
    try {
      InetAddress asked = InetAddress.getByName(address);
      InetAddress here = InetAddress.getByName(local);
      if (here.isLoopbackAddress() || asked.isLoopbackAddress()) {
        return here.isLoopbackAddress() && asked.isLoopbackAddress();
      }
      return asked.equals(here) || NetworkInterface.getByInetAddress(asked) != null;
    } catch (UnknownHostException | SocketException e) {
      return false;
    }
  }
}
