package io.wwep.server;

/**
 * How much is taken from peers, in all and from each address; ARCHITECTURE.md, "Where the limits
 * are". An address is an IPv4 address or an IPv6 network of 64 bits, since one host has all of
 * that; a link-local address is one by itself. Checked when it is made.
 *
 * @param connectionsMax most connections at a time, 1 to 1,000,000
 * @param connectionsPerAddressMax most of them from one address, 1 to 1,000,000, or {@link #NONE}
 * @param handshakesPerAddressMax most TLS handshakes under way at a time from one address, 1 to
 *     1,000,000, or {@link #NONE}
 * @param requestsPerSecondMax most requests a second from one address, 1 to 1,000,000, or {@link
 *     #NONE}
 */
public record Limits(
    int connectionsMax,
    int connectionsPerAddressMax,
    int handshakesPerAddressMax,
    int requestsPerSecondMax) {

  /** Stands for no limit. */
  public static final int NONE = 0;

  /** The largest that any of them may be. */
  public static final int MAX = 1_000_000;

  /** Those of a server that is told nothing; DECISIONS.md, "What one address may take". */
  public static final Limits DEFAULT = new Limits(10_000, 5_000, 500, NONE);

  /**
   * @throws IllegalArgumentException when a number is out of its range
   */
  public Limits {
    ServerConfig.requireRange("number of connections", connectionsMax, 1, MAX);
    ServerConfig.requireRange("connections per address", connectionsPerAddressMax, NONE, MAX);
    ServerConfig.requireRange("handshakes per address", handshakesPerAddressMax, NONE, MAX);
    ServerConfig.requireRange("requests per second", requestsPerSecondMax, NONE, MAX);
  }

  /** Returns a copy with this bound on connections in all. */
  public Limits withConnections(int max) {
    return new Limits(max, connectionsPerAddressMax, handshakesPerAddressMax, requestsPerSecondMax);
  }

  /** Returns a copy with this bound on the connections of an address. */
  public Limits withConnectionsPerAddress(int max) {
    return new Limits(connectionsMax, max, handshakesPerAddressMax, requestsPerSecondMax);
  }

  /** Returns a copy with this bound on the handshakes of an address. */
  public Limits withHandshakesPerAddress(int max) {
    return new Limits(connectionsMax, connectionsPerAddressMax, max, requestsPerSecondMax);
  }

  /** Returns a copy with this bound on the requests a second of an address. */
  public Limits withRequestsPerSecond(int max) {
    return new Limits(connectionsMax, connectionsPerAddressMax, handshakesPerAddressMax, max);
  }
}
