package io.wwep.server.access;

import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/** An address, or all those that begin with the same bits. Immutable; equal by content. */
public final class Network {

  private static final int BYTE_BITS = 8;

  /** Of ::ffff:0:0/96, where IPv6 has the addresses of IPv4. */
  private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};

  private final byte[] bytes;
  private final int prefix;

  private Network(byte[] bytes, int prefix) {
    this.bytes = bytes;
    this.prefix = prefix;
  }

  /**
   * Reads one: {@code 192.168.1.7}, {@code 192.168.1.0/24}, {@code ::1}, {@code fd00::/8}.
   *
   * @throws IllegalArgumentException when it is none, with the reason
   */
  public static Network parse(String text) {
    String[] parts = text.strip().split("/", 2);
    byte[] written = NetUtil.createByteArrayFromIpAddressString(parts[0]);
    if (written == null || parts[0].isEmpty() || parts[0].indexOf('%') >= 0) {
      throw wrong(text);
    }
    byte[] bytes = unmapped(written);
    int bits = written.length * BYTE_BITS;
    int mapped = (written.length - bytes.length) * BYTE_BITS;
    int prefix = (parts.length == 1 ? bits : prefix(text, parts[1], bits)) - mapped;
    if (prefix < 0) {
      throw wrong(text); // it would have addresses of both kinds
    }
    byte[] network = masked(bytes, prefix);
    if (!Arrays.equals(network, bytes)) {
      throw new IllegalArgumentException(
          "\"%s\" names one address and a network: write \"%s/%d\" for the network, or \"%s\" for the address"
              .formatted(text, words(network), prefix, parts[0]));
    }
    return new Network(bytes, prefix);
  }

  private static int prefix(String text, String digits, int bits) {
    if (digits.matches("\\d{1,3}") && Integer.parseInt(digits) <= bits) {
      return Integer.parseInt(digits);
    }
    throw wrong(text);
  }

  private static IllegalArgumentException wrong(String text) {
    return new IllegalArgumentException(
        "takes an address or a network, as in \"192.168.1.7\", \"192.168.1.0/24\" or \"fd00::/8\", not \"%s\""
            .formatted(text));
  }

  private static String words(byte[] bytes) {
    try {
      return NetUtil.toAddressString(InetAddress.getByAddress(bytes));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("an address is 4 or 16 bytes", e);
    }
  }

  private static byte[] unmapped(byte[] bytes) {
    boolean mapped =
        bytes.length > MAPPED.length
            && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
    return mapped ? Arrays.copyOfRange(bytes, MAPPED.length, bytes.length) : bytes;
  }

  private static byte[] masked(byte[] bytes, int prefix) {
    byte[] masked = bytes.clone();
    for (int bit = prefix; bit < bytes.length * BYTE_BITS; bit++) {
      masked[bit / BYTE_BITS] &= (byte) ~(0x80 >> (bit % BYTE_BITS));
    }
    return masked;
  }

  /** Whether an address is in it; null is in none. */
  boolean contains(InetAddress address) {
    if (address == null) {
      return false;
    }
    byte[] other = unmapped(address.getAddress());
    return other.length == bytes.length && Arrays.equals(masked(other, prefix), bytes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Network network
        && network.prefix == prefix
        && Arrays.equals(network.bytes, bytes);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(bytes) + prefix;
  }

  @Override
  public String toString() {
    return words(bytes) + "/" + prefix;
  }
}
