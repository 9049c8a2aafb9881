package io.wwep.client;

/**
 * Where a server is, as messages name it.
 *
 * @param host a name or an IP address, without brackets
 * @param port 1 to 65,535
 */
record Endpoint(String host, int port) {

  Endpoint {
    Hosts.require(host);
    Limits.requireInRange("port", port, 1, 65_535);
  }

  /** Returns the endpoint with the brackets of an IPv6 address taken off. */
  static Endpoint of(String host, int port) {
    return new Endpoint(Hosts.withoutBrackets(host.strip()), port);
  }

  /** Whether the host is an address, which needs no name service. */
  boolean isAddress() {
    return host.indexOf(':') >= 0 || host.matches("[0-9.]+");
  }

  /** Returns {@code host:port}, with an IPv6 address in brackets. */
  @Override
  public String toString() {
    return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
  }
}
