package io.wwep.server;

import io.netty.util.NetUtil;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The addresses that are connected, with what each of them has going on.
 *
 * <p>There is one entry for each connected address, and connections are bounded. When the last
 * connection of an address goes, its entry stays only while its bucket of requests is not full or a
 * line about it is not to be repeated, which is a second at most, so that connecting anew changes
 * neither; of these there are at most {@link #RESTING_MAX}, and the oldest gives way. So somebody
 * with a million addresses cannot make the table grow.
 *
 * <p>Any thread. The lock is taken twice for each connection, never for a request.
 */
final class AddressTable {

  static final int RESTING_MAX = 4096;

  private static final int NETWORK_BYTES = 8;

  /** Of ff00::/8, which is no peer's: keeps IPv4 apart from every network of IPv6. */
  private static final long IPV4_MARK = 0xFFFF_0000_0000_0000L;

  private static final long LINK_LOCAL_MARK = 0xFE80_0000_0000_0000L;

  /** A peer that was gone before its address could be asked for. */
  private static final long UNKNOWN = -1;

  /**
   * A connection that has been counted.
   *
   * @param use of its address; to be given back with {@link #leave}
   * @param number of connections that the address has, with this one
   */
  record Entrance(AddressUse use, int number) {}

  private final Limits limits;
  private final Map<Long, AddressUse> connected = new HashMap<>();

  /** Addresses without connections, in the order in which the last one went. */
  private final Map<Long, AddressUse> resting = new LinkedHashMap<>();

  AddressTable(Limits limits) {
    this.limits = limits;
  }

  /**
   * Returns what an address is counted under: itself for IPv4, the first 64 bits for IPv6. All
   * hosts of a wire have those in common in their link-local addresses, and differ in the last 64.
   */
  static long key(InetAddress address) {
    if (address == null) {
      return UNKNOWN;
    }
    InetAddress plain = unmapped(address);
    ByteBuffer bytes = ByteBuffer.wrap(plain.getAddress());
    return plain instanceof Inet4Address
        ? IPV4_MARK | Integer.toUnsignedLong(bytes.getInt())
        : plain.isLinkLocalAddress() ? linkLocal(bytes.getLong(NETWORK_BYTES)) : bytes.getLong();
  }

  /** Keeps the network's own beginning, so that nobody chooses to be counted with others. */
  private static long linkLocal(long host) {
    return LINK_LOCAL_MARK | ((host ^ (host >>> 16)) & 0xFFFF_FFFF_FFFFL);
  }

  /** Returns what is counted together with an address, for people: 192.0.2.7, 2001:db8:0:1::/64. */
  static String words(InetAddress address) {
    if (address == null) {
      return "unknown";
    }
    InetAddress plain = unmapped(address);
    if (plain instanceof Inet4Address || plain.isLinkLocalAddress()) {
      return NetUtil.toAddressString(plain);
    }
    byte[] network = plain.getAddress();
    Arrays.fill(network, NETWORK_BYTES, network.length, (byte) 0);
    return NetUtil.toAddressString(ofBytes(network)) + "/64";
  }

  /** An IPv4 address in the clothes of IPv6, ::ffff:192.0.2.7, becomes one of IPv4. */
  private static InetAddress unmapped(InetAddress address) {
    return ofBytes(address.getAddress());
  }

  /** Makes IPv4 addresses of mapped ones. */
  private static InetAddress ofBytes(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException impossible) {
      throw new IllegalArgumentException("an address has 4 or 16 bytes", impossible);
    }
  }

  /** Counts a connection of an address. */
  synchronized Entrance enter(long key, long nowNanos) {
    forgetRested(nowNanos);
    AddressUse use = connected.get(key);
    if (use == null) {
      AddressUse rested = resting.remove(key);
      use = rested == null ? new AddressUse(key, limits, nowNanos) : rested;
      connected.put(key, use);
    }
    use.connections++;
    return new Entrance(use, use.connections);
  }

  /** A connection that was counted is gone; to be called once for each. */
  synchronized void leave(AddressUse use, long nowNanos) {
    forgetRested(nowNanos);
    use.connections--;
    if (use.connections > 0) {
      return;
    }
    connected.remove(use.key);
    if (use.isWorthKeeping(nowNanos)) {
      resting.put(use.key, use);
      if (resting.size() > RESTING_MAX) {
        forgetOldest();
      }
    }
  }

  private void forgetRested(long nowNanos) {
    Iterator<AddressUse> oldestFirst = resting.values().iterator();
    while (oldestFirst.hasNext() && !oldestFirst.next().isWorthKeeping(nowNanos)) {
      oldestFirst.remove();
    }
  }

  private void forgetOldest() {
    Iterator<AddressUse> oldestFirst = resting.values().iterator();
    oldestFirst.next();
    oldestFirst.remove();
  }

  /** Returns how many addresses it knows. */
  synchronized int size() {
    return connected.size() + resting.size();
  }
}
