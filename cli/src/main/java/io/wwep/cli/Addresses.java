package io.wwep.cli;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/** Under which addresses boards can reach a server on this machine. */
final class Addresses {

  private static final String LOCALHOST = "localhost";
  private static final int SHOWN_MAX = 6;

  /** Networks between the containers and virtual machines of one computer: no board is there. */
  private static final Pattern VIRTUAL =
      Pattern.compile("(docker|veth|br-|virbr|vmnet|vboxnet|cni|flannel|lxc|lxd|podman).*");

  private static final Pattern ZEROS = Pattern.compile("(^|:)0(:0)+(:|$)");

  private Addresses() {}

  /**
   * Returns addresses, the one that a board most likely needs first.
   *
   * @param bind what the server was told to listen on, or null for everything
   */
  static List<String> reachable(String bind) {
    if (bind != null && !new InetSocketAddress(bind, 0).getAddress().isAnyLocalAddress()) {
      return List.of(bind);
    }
    List<String> addresses = new ArrayList<>(ofInterfaces());
    addresses.add(LOCALHOST);
    return List.copyOf(addresses);
  }

  private static List<String> ofInterfaces() {
    try {
      return NetworkInterface.networkInterfaces()
          .filter(Addresses::isUp)
          .flatMap(card -> card.inetAddresses().map(address -> new Found(card, address)))
          .filter(Found::isForBoards)
          .sorted(Comparator.comparingInt(Found::rank))
          .map(Found::text)
          .limit(SHOWN_MAX)
          .toList();
    } catch (SocketException e) {
      // A machine that does not tell its addresses has localhost.
      return List.of();
    }
  }

  private static boolean isUp(NetworkInterface card) {
    try {
      return card.isUp() && !card.isLoopback();
    } catch (SocketException e) {
      return false;
    }
  }

  private record Found(NetworkInterface card, InetAddress address) {

    boolean isForBoards() {
      return !address.isLoopbackAddress()
          && !address.isMulticastAddress()
          && (address instanceof Inet4Address || !address.isLinkLocalAddress());
    }

    int rank() {
      int virtual = VIRTUAL.matcher(card.getName()).matches() ? 4 : 0;
      int linkLocal = address.isLinkLocalAddress() ? 2 : 0;
      return virtual + linkLocal + (address instanceof Inet4Address ? 0 : 1);
    }

    String text() {
      String text = address.getHostAddress();
      int scope = text.indexOf('%');
      String plain = scope < 0 ? text : text.substring(0, scope);
      return address instanceof Inet4Address ? plain : ZEROS.matcher(plain).replaceFirst("::");
    }
  }
}
