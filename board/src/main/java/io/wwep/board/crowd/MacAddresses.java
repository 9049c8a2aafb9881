package io.wwep.board.crowd;

import io.wwep.board.MacAddress;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** MAC addresses of which no two make the same device ID, as the sum of six octets easily does. */
public final class MacAddresses {

  private static final int OCTETS = 6;
  private static final int OCTET_MAX = 0xFF;

  /** A thousand of 1,531 sums take some hundred thousand tries: those far off are rare. */
  private static final int TRIES_MAX = 20_000_000;

  private MacAddresses() {}

  /**
   * Returns addresses one behind the other; those are left out whose device ID is taken. The first
   * octet stays as it is.
   *
   * @param count 1 to {@link Crowd#BOARDS_MAX}
   * @throws IllegalArgumentException when there are not so many behind the first one
   */
  public static List<MacAddress> consecutive(MacAddress first, int count) {
    Crowd.requireCount(count);
    List<MacAddress> addresses = new ArrayList<>(List.of(first));
    BitSet taken = new BitSet();
    taken.set(first.deviceId());
    while (addresses.size() < count) {
      MacAddress last = addresses.get(addresses.size() - 1);
      MacAddress next =
          next(last, taken)
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "behind %s there are no more than %d addresses whose device IDs differ: give a smaller address, or fewer boards"
                              .formatted(first, addresses.size())));
      taken.set(next.deviceId());
      addresses.add(next);
    }
    return List.copyOf(addresses);
  }

  /** Returns the smallest address behind this one whose sum is not taken. */
  private static Optional<MacAddress> next(MacAddress last, BitSet taken) {
    int[] octets = octets(last);
    for (int place = OCTETS - 1; place > 0; place--) {
      int before = 0;
      for (int i = 0; i < place; i++) {
        before += octets[i];
      }
      int freeMax = OCTET_MAX * (OCTETS - 1 - place);
      for (int octet = octets[place] + 1; octet <= OCTET_MAX; octet++) {
        int sum = taken.nextClearBit(before + octet);
        if (sum <= before + octet + freeMax) {
          octets[place] = octet;
          return Optional.of(address(octets, place, sum - before - octet));
        }
      }
    }
    return Optional.empty();
  }

  /** Puts what is left of the sum behind a place, as far to the right as it goes. */
  private static MacAddress address(int[] octets, int place, int left) {
    int rest = left;
    for (int i = OCTETS - 1; i > place; i--) {
      octets[i] = Math.min(rest, OCTET_MAX);
      rest -= octets[i];
    }
    long bits = 0;
    for (int octet : octets) {
      bits = bits << 8 | octet;
    }
    return new MacAddress(bits);
  }

  private static int[] octets(MacAddress address) {
    int[] octets = new int[OCTETS];
    for (int i = 0; i < OCTETS; i++) {
      octets[i] = (int) (address.bits() >>> (8 * (OCTETS - 1 - i))) & OCTET_MAX;
    }
    return octets;
  }

  /**
   * Returns random addresses, marked as locally administered.
   *
   * @param count 1 to {@link Crowd#BOARDS_MAX}
   */
  public static List<MacAddress> random(RandomGenerator random, int count) {
    Crowd.requireCount(count);
    List<MacAddress> addresses = new ArrayList<>();
    BitSet taken = new BitSet();
    for (int tries = 0; addresses.size() < count; tries++) {
      if (tries == TRIES_MAX) {
        throw new IllegalStateException("the random numbers are none: " + addresses);
      }
      MacAddress address = MacAddress.random(random);
      if (!taken.get(address.deviceId())) {
        taken.set(address.deviceId());
        addresses.add(address);
      }
    }
    return List.copyOf(addresses);
  }
}
