package io.wwep.server;

import io.netty.util.NetUtil;
import io.wwep.protocol.Rejection;
import io.wwep.server.access.Door;
import io.wwep.store.Origin;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Who is at the other end.
 *
 * @param address its address, or null when it was gone before it could be asked for
 * @param door where it came in
 */
record Peer(InetSocketAddress address, Door door) {

  /** Told apart from what came over a port, as imports are by (import). */
  private static final String CONSOLE_MARK = " (console)";

  /** Whether it came in on the TLS port. */
  boolean secure() {
    return door == Door.TLS;
  }

  /** Returns who it is in the history, on a port. */
  Origin origin() {
    return new Origin(host(), secure());
  }

  /**
   * Returns who it is in the history, at the console.
   *
   * @param https whether the browser came over TLS
   */
  Origin consoleOrigin(boolean https) {
    return new Origin(host() + CONSOLE_MARK, https);
  }

  /** Returns its address as people are told it, without the port. */
  String host() {
    return address == null ? "unknown" : NetUtil.toAddressString(address.getAddress());
  }

  /** Returns {@code address:port}, an IPv6 address in brackets. */
  String text() {
    if (address == null) {
      return "unknown";
    }
    String host = host();
    boolean brackets = address.getAddress() instanceof Inet6Address;
    return (brackets ? "[" + host + "]" : host) + ":" + address.getPort();
  }

  /** Returns what it is counted under; see {@link AddressTable}. */
  long key() {
    return AddressTable.key(inetAddress());
  }

  /** Returns what is counted together with it, for people. */
  String network() {
    return AddressTable.words(inetAddress());
  }

  /** Returns the address without the port, or null. */
  InetAddress inetAddress() {
    return address == null ? null : address.getAddress();
  }

  Rejection readOnly(byte[] received) {
    String cure =
        door == Door.PLAIN
            ? "write over TLS, or ask who runs the server about --read-only"
            : "ask who runs the server about --read-only";
    return Rejection.denied("%s takes reads only: %s".formatted(door.place(), cure), received);
  }
}
