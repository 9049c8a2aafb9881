package io.wwep.console;

import io.wwep.console.http.Credentials;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * Where a console is served, and to whom. Checked when it is made.
 *
 * @param host address or name to listen on
 * @param port 0 for a free one
 * @param names more names under which it is served, besides those of this computer and of the
 *     server's certificate; 64 at most
 * @param credentials what opens it
 */
public record ConsoleConfig(String host, int port, List<String> names, Credentials credentials) {

  /** Where a console is when nobody says otherwise: reachable from its own machine alone. */
  public static final String HOST_DEFAULT = "127.0.0.1";

  /** Its port when nobody says otherwise. */
  public static final int PORT_DEFAULT = 27_780;

  private static final int PORT_MAX = 65_535;
  private static final int NAMES_MAX = 64;

  /**
   * @throws IllegalArgumentException when the port or the number of names is out of its range
   */
  public ConsoleConfig {
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(credentials, "credentials");
    names = List.copyOf(names);
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "port of the console must be 0 to %d, not %d".formatted(PORT_MAX, port));
    }
    if (names.size() > NAMES_MAX) {
      throw new IllegalArgumentException(
          "names of the console must be %d at most, not %d".formatted(NAMES_MAX, names.size()));
    }
  }

  /** A console for everybody who reaches that place. */
  public ConsoleConfig(String host, int port) {
    this(host, port, List.of(), Credentials.NONE);
  }

  /** Returns a copy that is served under these names too, and that these credentials open. */
  public ConsoleConfig with(List<String> otherNames, Credentials others) {
    return new ConsoleConfig(host, port, otherNames, others);
  }

  /** Whether only this computer itself reaches it; then it is served without TLS. */
  public boolean isLoopback() {
    return is(InetAddress::isLoopbackAddress);
  }

  /** Whether it listens on all addresses, and so is no address itself. */
  boolean isAnyAddress() {
    return is(InetAddress::isAnyLocalAddress);
  }

  private boolean is(Predicate<InetAddress> kind) {
    try {
      return kind.test(InetAddress.getByName(host));
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
