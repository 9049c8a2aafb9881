package io.wwep.tap.pcapng;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** Puts headers of TCP and IP in front of bytes (RFC 9293, RFC 791, RFC 8200). */
final class Packets {

  static final int FIN = 0x01;
  static final int SYN = 0x02;
  static final int RST = 0x04;
  static final int PSH = 0x08;
  static final int ACK = 0x10;

  private static final int TCP = 6;
  private static final int TCP_HEADER = 20;
  private static final int V4_HEADER = 20;
  private static final int V6_HEADER = 40;
  private static final int TIME_TO_LIVE = 64;
  private static final int WINDOW = 65_535;
  private static final int DO_NOT_FRAGMENT = 0x4000;

  private Packets() {}

  /**
   * Returns a packet.
   *
   * @param from an address of the same version as {@code to}
   * @param bytes at most 65,000
   */
  static byte[] packet(
      InetSocketAddress from,
      InetSocketAddress to,
      int sequence,
      int acknowledged,
      int flags,
      byte[] bytes) {
    byte[] tcp = tcp(from, to, sequence, acknowledged, flags, bytes);
    return isV6(from.getAddress())
        ? v6(from.getAddress(), to.getAddress(), tcp)
        : v4(from.getAddress(), to.getAddress(), tcp);
  }

  static boolean isV6(InetAddress address) {
    return address instanceof Inet6Address;
  }

  private static byte[] tcp(
      InetSocketAddress from,
      InetSocketAddress to,
      int sequence,
      int acknowledged,
      int flags,
      byte[] bytes) {
    ByteBuffer tcp = ByteBuffer.allocate(TCP_HEADER + bytes.length);
    tcp.putShort((short) from.getPort()).putShort((short) to.getPort());
    tcp.putInt(sequence).putInt(acknowledged);
    tcp.put((byte) ((TCP_HEADER / 4) << 4)).put((byte) flags);
    tcp.putShort((short) WINDOW).putShort((short) 0).putShort((short) 0).put(bytes);
    byte[] segment = tcp.array();
    int sum = checksum(pseudoHeader(from.getAddress(), to.getAddress(), segment.length), segment);
    tcp.putShort(16, (short) sum);
    return segment;
  }

  private static byte[] pseudoHeader(InetAddress from, InetAddress to, int length) {
    byte[] source = from.getAddress();
    ByteBuffer header = ByteBuffer.allocate(2 * source.length + 8);
    header.put(source).put(to.getAddress()).putInt(length).putInt(TCP);
    return header.array();
  }

  private static byte[] v4(InetAddress from, InetAddress to, byte[] tcp) {
    ByteBuffer packet = ByteBuffer.allocate(V4_HEADER + tcp.length);
    packet.put((byte) 0x45).put((byte) 0).putShort((short) packet.capacity());
    packet.putShort((short) 0).putShort((short) DO_NOT_FRAGMENT);
    packet.put((byte) TIME_TO_LIVE).put((byte) TCP).putShort((short) 0);
    packet.put(from.getAddress()).put(to.getAddress());
    byte[] header = new byte[V4_HEADER];
    packet.get(0, header);
    packet.putShort(10, (short) checksum(header, new byte[0]));
    return packet.put(tcp).array();
  }

  private static byte[] v6(InetAddress from, InetAddress to, byte[] tcp) {
    ByteBuffer packet = ByteBuffer.allocate(V6_HEADER + tcp.length);
    packet.putInt(6 << 28).putShort((short) tcp.length);
    packet.put((byte) TCP).put((byte) TIME_TO_LIVE);
    return packet.put(from.getAddress()).put(to.getAddress()).put(tcp).array();
  }

  /** The Internet checksum (RFC 1071) over two parts, of which the first has an even length. */
  private static int checksum(byte[] first, byte[] second) {
    long sum = sum(first) + sum(second);
    while (sum > 0xFFFF) {
      sum = (sum & 0xFFFF) + (sum >>> 16);
    }
    return (int) ~sum & 0xFFFF;
  }

  private static long sum(byte[] bytes) {
    long sum = 0;
    for (int i = 0; i < bytes.length; i++) {
      sum += i % 2 == 0 ? (bytes[i] & 0xFF) << 8 : bytes[i] & 0xFF;
    }
    return sum;
  }
}
