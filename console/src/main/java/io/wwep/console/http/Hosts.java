package io.wwep.console.http;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.Collection;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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
  private static final String HTTP = "http://";
  private static final String HTTP_PORT = ":80";
  private static final String HTTPS = "https://";
  private static final String HTTPS_PORT = ":443";
  private static final String LOCALHOST = "localhost";

  private final Set<String> given;
  private final Supplier<Collection<String>> certified;
  private volatile Set<String> own = Set.of();

  /**
   * @param names those that somebody gave for this console
   * @param certified names in the server's certificate, which may change; asked for each name that
   *     is not known otherwise
   */
  public Hosts(Collection<String> names, Supplier<Collection<String>> certified) {
    this.certified = certified;
    given = normal(names);
  }

  /** Adds the names of this computer, which may take seconds to find out. */
  public void addOwn(Collection<String> found) {
    own = normal(found);
  }

  private static Set<String> normal(Collection<String> names) {
    return names.stream().map(Hosts::normal).collect(Collectors.toUnmodifiableSet());
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
    return name.equals(LOCALHOST)
        || given.contains(name)
        || own.contains(name)
        || certified.get().stream().anyMatch(each -> normal(each).equals(name));
  }

  /**
   * Whether a page of this origin is the console's own. Its host and port are those that it asks
   * for; TLS may end at a proxy that serves the console under a name that somebody gave.
   *
   * @param origin as browsers send it, as in {@code http://localhost:27780}
   * @param header value of {@code Host}
   * @param secure whether the console itself is served over TLS
   */
  boolean isOwn(String origin, String header, boolean secure) {
    String page = origin.toLowerCase(Locale.ROOT);
    String host = header.toLowerCase(Locale.ROOT);
    if (isOverTls(page)) {
      return (secure || isGiven(header)) && isAt(page, HTTPS, host, HTTPS_PORT);
    }
    return !secure && page.startsWith(HTTP) && isAt(page, HTTP, host, HTTP_PORT);
  }

  /** An origin leaves out the port of its scheme, a proxy perhaps not. */
  private static boolean isAt(String origin, String scheme, String host, String port) {
    String at = origin.substring(scheme.length());
    return at.equals(host) || (at + port).equals(host);
  }

  /**
   * Whether a page was served over TLS.
   *
   * @param origin null for none
   */
  static boolean isOverTls(String origin) {
    return origin != null && origin.regionMatches(true, 0, HTTPS, 0, HTTPS.length());
  }

  private boolean isGiven(String header) {
    Matcher parts = HOST.matcher(header);
    return parts.matches()
        && given.contains(normal(parts.group(1) != null ? parts.group(1) : parts.group(2)));
  }

  /** Names are looked up nowhere: both are literal addresses. */
  private boolean isOwnAddress(String address, String local) {
    if (given.contains(normal(address))) {
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
