package io.wwep.board;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A MAC address, from which a board derives its device ID. An instance is always valid.
 *
 * @param bits the six octets as one number, the first octet highest: 0 to 2^48 - 1
 */
public record MacAddress(long bits) {

  private static final int OCTETS = 6;
  private static final long BITS_MAX = (1L << 48) - 1;

  /** The bit that says "given by the person in charge, not by the manufacturer". */
  private static final long LOCALLY_ADMINISTERED = 1L << 41;

  /** The bit that says "for many receivers"; a board's own address never has it. */
  private static final long MULTICAST = 1L << 40;

  /**
   * @throws IllegalArgumentException when the number has more than 48 bits
   */
  public MacAddress {
    if (bits < 0 || bits > BITS_MAX) {
      throw new IllegalArgumentException(
          "a MAC address must be 0 to %X, not %X".formatted(BITS_MAX, bits));
    }
  }

  /**
   * Returns the address that a person wrote: twelve hex digits in either case, with colons or
   * hyphens between the octets or with nothing.
   *
   * @throws IllegalArgumentException when the text is no MAC address
   */
  public static MacAddress parse(String text) {
    String stripped = text.strip();
    if (!stripped.matches(
        "(?i)[0-9a-f]{12}|[0-9a-f]{2}(:[0-9a-f]{2}){5}|[0-9a-f]{2}(-[0-9a-f]{2}){5}")) {
      throw new IllegalArgumentException(
          "a MAC address must be six octets in hex, as in 00:A0:50:12:34:56, not '%s'"
              .formatted(stripped.length() > 40 ? stripped.substring(0, 40) + "…" : stripped));
    }
    return new MacAddress(HexFormat.fromHexDigitsToLong(stripped.replaceAll("[:-]", "")));
  }

  /** Returns the first hardware address of this machine that is up and not the loopback's. */
  public static Optional<MacAddress> ofThisMachine() {
    try {
      List<NetworkInterface> interfaces = NetworkInterface.networkInterfaces().toList();
      return interfaces.stream().map(MacAddress::of).flatMap(Optional::stream).findFirst();
    } catch (SocketException e) {
      // The machine does not tell; the caller has another way.
      return Optional.empty();
    }
  }

  private static Optional<MacAddress> of(NetworkInterface card) {
    try {
      byte[] octets = card.isUp() && !card.isLoopback() ? card.getHardwareAddress() : null;
      if (octets == null || octets.length != OCTETS) {
        return Optional.empty();
      }
      long bits = 0;
      for (byte octet : octets) {
        bits = (bits << 8) | (octet & 0xFF);
      }
      return bits == 0 ? Optional.empty() : Optional.of(new MacAddress(bits));
    } catch (SocketException e) {
      return Optional.empty();
    }
  }

  /** Returns a random address, marked as locally administered and for one receiver. */
  public static MacAddress random(RandomGenerator random) {
    return new MacAddress(((random.nextLong() & BITS_MAX) | LOCALLY_ADMINISTERED) & ~MULTICAST);
  }

  /**
   * Returns the device ID: the sum of the six octets in 16 bits, 0 to 1,530. Boards of one class
   * share IDs easily, since so few sums exist.
   */
  public int deviceId() {
    int sum = 0;
    for (int octet = 0; octet < OCTETS; octet++) {
      sum += (int) (bits >>> (8 * octet)) & 0xFF;
    }
    return sum & 0xFFFF;
  }

  /** Returns the octets with colons, as in {@code 00:A0:50:12:34:56}. */
  @Override
  public String toString() {
    String digits = "%012X".formatted(bits);
    return digits.replaceAll("(..)(?!$)", "$1:");
  }
}
