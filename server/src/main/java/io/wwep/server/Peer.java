package io.wwep.server;

import io.netty.util.NetUtil;
import io.wwep.protocol.Rejection;
import io.wwep.store.Origin;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Who is at the other end.
 *
 * @param address its address, or null when it was gone before it could be asked for
 * @param secure whether it came in on the TLS port
 */
record Peer(InetSocketAddress address, boolean secure) {

  Origin origin() {
    return new Origin(host(), secure);
  }

  private String host() {
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
    return Rejection.denied(
        "the %s port takes reads only: %s"
            .formatted(
                secure ? "TLS" : "plain",
                secure
                    ? "ask who runs the server"
                    : "write over TLS, or ask who runs the server about --read-only"),
        received);
  }
}
