package io.wwep.tap.change;

import java.net.InetAddress;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All faults together. What is for a device wins over what is for an address, and that over what is
 * for all. Immutable.
 */
public final class FaultPlan {

  /** More than anybody can keep apart. */
  public static final int FAULTS_MAX = 1_024;

  private static final Comparator<Fault> CLOSEST_FIRST =
      Comparator.comparingInt(
          fault -> fault.device() != Fault.ALL ? 0 : fault.address() != null ? 1 : 2);

  private final List<Fault> faults;

  /**
   * @param tls whether boards speak TLS with the tap
   * @throws IllegalArgumentException when two contradict each other, or one needs TLS
   */
  public FaultPlan(List<Fault> faults, boolean tls) {
    if (faults.size() > FAULTS_MAX) {
      throw new IllegalArgumentException(
          "faults must be at most %,d, not %,d".formatted(FAULTS_MAX, faults.size()));
    }
    for (int i = 0; i < faults.size(); i++) {
      Fault fault = faults.get(i);
      if (fault.kind().needsTls() && !tls) {
        throw new IllegalArgumentException(
            "%s is about TLS: it goes with --tls and the server's TLS port".formatted(fault));
      }
      faults.subList(0, i).stream()
          .filter(fault::contradicts)
          .findFirst()
          .ifPresent(
              other -> {
                throw new IllegalArgumentException(
                    "%s and %s cannot be done to the same board: leave one of them out"
                        .formatted(other, fault));
              });
    }
    this.faults = faults.stream().sorted(CLOSEST_FIRST).toList();
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return faults.isEmpty();
  }

  /** Whether any is about replies. */
  public boolean touchesReplies() {
    return faults.stream().anyMatch(each -> !each.kind().needsTls());
  }

  /** Returns how long to let a board wait for the handshake. */
  public Optional<Fault> slowHandshake(InetAddress address) {
    return find(Fault.ALL, address, kind -> kind == FaultKind.SLOW_HANDSHAKE);
  }

  /** Returns what is to be wrong with the certificate that a board is shown. */
  public Set<FaultKind> certificate(InetAddress address) {
    Set<FaultKind> kinds =
        matching(Fault.ALL, address)
            .map(Fault::kind)
            .filter(FaultKind::isOfCertificate)
            .collect(Collectors.toCollection(TreeSet::new));
    if (kinds.contains(FaultKind.EXPIRED) && kinds.contains(FaultKind.NOT_YET_VALID)) {
      FaultKind closest =
          find(
                  Fault.ALL,
                  address,
                  kind -> kind == FaultKind.EXPIRED || kind == FaultKind.NOT_YET_VALID)
              .orElseThrow()
              .kind();
      kinds.remove(closest == FaultKind.EXPIRED ? FaultKind.NOT_YET_VALID : FaultKind.EXPIRED);
    }
    return kinds;
  }

  Optional<Fault> ofReply(int device, InetAddress address) {
    return find(device, address, FaultKind::isOfReply);
  }

  Optional<Fault> delay(int device, InetAddress address) {
    return find(device, address, kind -> kind == FaultKind.DELAY);
  }

  Optional<Fault> split(int device, InetAddress address) {
    return find(device, address, kind -> kind == FaultKind.SPLIT);
  }

  private Optional<Fault> find(int device, InetAddress address, Predicate<FaultKind> wanted) {
    return matching(device, address).filter(each -> wanted.test(each.kind())).findFirst();
  }

  private Stream<Fault> matching(int device, InetAddress address) {
    return faults.stream().filter(each -> each.isFor(device, address));
  }
}
