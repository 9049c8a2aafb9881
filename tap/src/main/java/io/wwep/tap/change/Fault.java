package io.wwep.tap.change;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Objects;

/**
 * One fault, and whom it is for. Immutable.
 *
 * @param kind what is done
 * @param time how long, for those that take a time; null for the others
 * @param device the only device that it is for, 0 to 65,535, or {@link #ALL}
 * @param address the only address of boards that it is for; null for all
 */
public record Fault(FaultKind kind, Duration time, int device, InetAddress address) {

  /** Stands for all devices. */
  public static final int ALL = -1;

  /** Longest time of a fault. */
  public static final Duration TIME_MAX = Duration.ofMinutes(10);

  private static final int DEVICE_MAX = 0xFFFF;

  /**
   * @throws IllegalArgumentException when it can never act as it says; the message says why
   */
  public Fault {
    Objects.requireNonNull(kind, "kind");
    requireTime(kind, time);
    if (device < ALL || device > DEVICE_MAX) {
      throw new IllegalArgumentException("device must be 0 to 65535, not " + device);
    }
    if (device != ALL && address != null) {
      throw new IllegalArgumentException("a fault is for a device or for an address, not for both");
    }
    if (device != ALL && kind.needsTls()) {
      throw new IllegalArgumentException(
          "%s comes before the first frame, and only that tells the device: give the board's address in place of %04X, as in %s@192.168.1.7"
              .formatted(kind.word(), device, withTime(kind, time)));
    }
  }

  private static void requireTime(FaultKind kind, Duration time) {
    if (!kind.takesTime()) {
      if (time != null) {
        throw new IllegalArgumentException("%s takes no time".formatted(kind.word()));
      }
      return;
    }
    if (time == null || time.isNegative() || time.isZero() || time.compareTo(TIME_MAX) > 0) {
      throw new IllegalArgumentException(
          "%s takes a time from 1ms to 10m, as in %s=300ms".formatted(kind.word(), kind.word()));
    }
  }

  /** Returns one for all boards. */
  public static Fault forAll(FaultKind kind) {
    return new Fault(kind, null, ALL, null);
  }

  /** Returns one with a time for all boards. */
  public static Fault forAll(FaultKind kind, Duration time) {
    return new Fault(kind, time, ALL, null);
  }

  boolean isForAll() {
    return device == ALL && address == null;
  }

  boolean isFor(int aDevice, InetAddress anAddress) {
    return isForAll()
        || (device != ALL && device == aDevice)
        || (address != null && address.equals(anAddress));
  }

  /** Whether one of two for the same boards can never act. */
  boolean contradicts(Fault other) {
    return kind.excludes(other.kind)
        && device == other.device
        && Objects.equals(address, other.address);
  }

  private static String withTime(FaultKind kind, Duration time) {
    return time == null ? kind.word() : kind.word() + "=" + time.toMillis() + "ms";
  }

  /** Returns it as it is given on a command line, as in {@code delay=300ms@0FAC}. */
  @Override
  public String toString() {
    String whom =
        device != ALL
            ? "@%04X".formatted(device)
            : address != null ? "@" + address.getHostAddress() : "";
    return withTime(kind, time) + whom;
  }
}
