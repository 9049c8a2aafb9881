package io.wwep.it.peers;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the kernel holds of TCP connections at a moment, as Linux tells it: proc_net_tcp.
 *
 * @param bytes by the ends of a connection, seen from the first
 */
record Queues(Map<String, Bytes> bytes) {

  /**
   * What it holds for one end.
   *
   * @param toSend what the other end's kernel has not confirmed
   * @param toRead what has come and was not read
   */
  record Bytes(long toSend, long toRead) {}

  /** In tcp6 an IPv4 address stands behind these digits. */
  private static final String IPV4_PREFIX = "0000000000000000FFFF0000";

  /** Returns those of all connections of this machine. */
  static Queues read() throws IOException {
    Map<String, Bytes> queues = new HashMap<>();
    for (String file : List.of("tcp", "tcp6")) {
      for (String line : Files.readAllLines(Path.of("/proc/net", file))) {
        String[] words = line.strip().replace(IPV4_PREFIX, "").split(" +", -1);
        if (words[0].endsWith(":")) {
          String[] digits = words[4].split(":", -1);
          Bytes held = new Bytes(Long.parseLong(digits[0], 16), Long.parseLong(digits[1], 16));
          queues.put(words[1] + " " + words[2], held);
        }
      }
    }
    return new Queues(queues);
  }

  /** Returns both ends of these connections alone. */
  Queues of(List<SocketChannel> channels) throws IOException {
    Map<String, Bytes> some = new HashMap<>();
    for (SocketChannel channel : channels) {
      String own = key(channel.getLocalAddress(), channel.getRemoteAddress());
      String others = key(channel.getRemoteAddress(), channel.getLocalAddress());
      some.put(own, bytes.get(own));
      some.put(others, bytes.get(others));
    }
    return new Queues(some);
  }

  /** Returns what is held for the end of a connection at {@code own}; it must be open. */
  Bytes of(SocketAddress own, SocketAddress other) {
    Bytes held = bytes.get(key(own, other));
    if (held == null) {
      throw new IllegalStateException("the connection from %s to %s is gone".formatted(own, other));
    }
    return held;
  }

  private static String key(SocketAddress own, SocketAddress other) {
    return digits((InetSocketAddress) own) + " " + digits((InetSocketAddress) other);
  }

  private static String digits(InetSocketAddress address) {
    byte[] ip = address.getAddress().getAddress();
    return "%02X%02X%02X%02X:%04X".formatted(ip[3], ip[2], ip[1], ip[0], address.getPort());
  }
}
