package io.wwep.console;

import java.util.Objects;

/**
 * Where a console is served. Checked when it is made.
 *
 * @param host address or name to listen on
 * @param port 0 for a free one
 */
public record ConsoleConfig(String host, int port) {

  /** Where a console is when nobody says otherwise: reachable from its own machine alone. */
  public static final String HOST_DEFAULT = "127.0.0.1";

  /** Its port when nobody says otherwise. */
  public static final int PORT_DEFAULT = 27_780;

  private static final int PORT_MAX = 65_535;

  /**
   * @throws IllegalArgumentException when the port is out of its range
   */
  public ConsoleConfig {
    Objects.requireNonNull(host, "host");
    if (port < 0 || port > PORT_MAX) {
      throw new IllegalArgumentException(
          "port of the console must be 0 to %d, not %d".formatted(PORT_MAX, port));
    }
  }

  /** Returns the host as it stands in a URL: an IPv6 address in brackets. */
  String hostInUrl() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }
}
