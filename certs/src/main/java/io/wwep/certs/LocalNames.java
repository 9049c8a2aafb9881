package io.wwep.certs;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The names and addresses under which this computer can be reached. */
final class LocalNames {

  /** A computer with many containers has hundreds; a board's record buffer holds few. */
  static final int ADDRESSES_MAX = 16;

  /** A name server that does not answer must not hold up the start. */
  private static final long HOST_NAME_WAIT_MILLIS = 2000;

  private static final Pattern DNS_NAME =
      Pattern.compile("(?=.{1,253}$)[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})*");

  /** How Linux, macOS and Windows name the networks inside one computer. */
  private static final Pattern VIRTUAL_NETWORK =
      Pattern.compile(
          "docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|lxc|lxd|cni|flannel|podman|bridge|utun|tun"
              + "|tap|wg|tailscale|zt");

  private LocalNames() {}

  /** Returns names and addresses for a certificate, the host's name first. */
  static List<String> all() {
    Set<String> names = new LinkedHashSet<>();
    String host = hostName();
    names.add(host);
    if (!host.equals("localhost") && host.indexOf('.') < 0) {
      names.add(host + ".local"); // as multicast DNS announces it
    }
    names.add("localhost");
    for (InetAddress address : addresses()) {
      names.add(text(address));
    }
    return List.copyOf(names);
  }

  /** Returns the host's name in lower case, or {@code localhost} when it has none to show. */
  static String hostName() {
    FutureTask<String> lookup = new FutureTask<>(LocalNames::askHostName);
    Thread thread = new Thread(lookup, "wwep-host-name");
    thread.setDaemon(true);
    thread.start();
    try {
      String name = lookup.get(HOST_NAME_WAIT_MILLIS, TimeUnit.MILLISECONDS);
      return DNS_NAME.matcher(name).matches() ? name.toLowerCase(Locale.ROOT) : "localhost";
    } catch (ExecutionException | TimeoutException e) {
      return "localhost";
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "localhost";
    }
  }

  private static String askHostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A name that no resolver knows: the message is "name: reason".
      String message = String.valueOf(e.getMessage());
      int colon = message.indexOf(':');
      return colon < 0 ? message : message.substring(0, colon);
    }
  }

  /**
   * Returns this computer's addresses: loopback first, then those that boards may connect to, then
   * IPv4 of virtual networks, then IPv6.
   */
  static List<InetAddress> addresses() {
    Set<InetAddress> all = new LinkedHashSet<>();
    all.add(address(new byte[] {127, 0, 0, 1}));
    all.add(address(new byte[] {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}));
    all.addAll(boardAddresses());
    List<InetAddress> others = ofInterfaces(each -> true);
    others.stream().filter(each -> each instanceof Inet4Address).forEach(all::add);
    all.addAll(others);
    return all.stream().limit(ADDRESSES_MAX).toList();
  }

  /**
   * Returns the IPv4 addresses on networks that boards may be in too: not those between this
   * computer and its containers, virtual machines and tunnels, which come and go.
   */
  static List<InetAddress> boardAddresses() {
    return ofInterfaces(each -> !VIRTUAL_NETWORK.matcher(each.getName()).lookingAt()).stream()
        .filter(each -> each instanceof Inet4Address && !each.isLinkLocalAddress())
        .toList();
  }

  private static List<InetAddress> ofInterfaces(Predicate<NetworkInterface> wanted) {
    List<InetAddress> addresses = new ArrayList<>();
    try {
      for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (wanted.test(each)) {
          Collections.list(each.getInetAddresses()).stream()
              .filter(one -> !one.isLoopbackAddress())
              .forEach(one -> addresses.add(address(one.getAddress())));
        }
      }
    } catch (SocketException e) {
      // A computer without a network has its loopback addresses.
    }
    return addresses;
  }

  /** Without an IPv6 scope: a certificate cannot hold one. */
  private static InetAddress address(byte[] bytes) {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException("an address is 4 or 16 bytes, not " + bytes.length, e);
    }
  }

  static String text(InetAddress address) {
    return address.getHostAddress();
  }

  /** Returns those of the addresses that the certificate does not name. */
  static List<String> missingAddresses(X509Certificate certificate, List<InetAddress> addresses) {
    List<String> named = CertificateNames.of(certificate);
    return addresses.stream().map(LocalNames::text).filter(each -> !named.contains(each)).toList();
  }
}
