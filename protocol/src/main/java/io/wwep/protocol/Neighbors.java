package io.wwep.protocol;

/**
 * Where this server's other doors are, so that a peer at the wrong one can be told the right one.
 *
 * @param plainPort port of the plain protocol, or -1 where it is not served
 * @param tlsPort port of the protocol over TLS, or -1 where it is not served
 * @param consoleUrl address of the browser console, or null where none is served
 */
public record Neighbors(int plainPort, int tlsPort, String consoleUrl) {

  private static final int NONE = -1;
  private static final int PORT_MAX = 65_535;

  /**
   * @throws IllegalArgumentException when a port is neither 1 to 65,535 nor -1
   */
  public Neighbors {
    requirePort("plain port", plainPort);
    requirePort("TLS port", tlsPort);
  }

  private static void requirePort(String name, int port) {
    if (port != NONE && (port < 1 || port > PORT_MAX)) {
      throw new IllegalArgumentException(
          "%s must be 1 to %d, or -1 for none, not %d".formatted(name, PORT_MAX, port));
    }
  }
}
