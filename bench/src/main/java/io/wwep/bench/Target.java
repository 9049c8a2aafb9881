package io.wwep.bench;

import io.wwep.client.ClientIdentity;
import io.wwep.client.Trust;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;

/**
 * The server that is loaded.
 *
 * @param host as the user named it
 * @param address of the host; of several the first that takes a connection
 * @param trust which TLS server to believe, or null for the plain protocol
 * @param identity what to show to a TLS server that asks, or null
 */
public record Target(String host, InetSocketAddress address, Trust trust, ClientIdentity identity) {

  private static final int TRIAL_MILLIS_MAX = 2000;
  private static final byte[] QUESTION = "R000000".getBytes(StandardCharsets.US_ASCII);

  /**
   * Looks the host up. Unless {@code allowRemote}, all its addresses must be this machine's
   * loopback: a load on somebody else's server is an attack.
   *
   * @throws BenchException when there is no such host, or it is another machine
   */
  public static Target of(String host, int port, Trust trust, boolean allowRemote) {
    InetAddress[] addresses;
    try {
      addresses = InetAddress.getAllByName(host);
    } catch (UnknownHostException e) {
      throw new BenchException(
          BenchException.Kind.UNREACHABLE,
          "no host is named '%s': check its spelling and the name server".formatted(host),
          e);
    }
    for (InetAddress each : addresses) {
      if (!allowRemote && !each.isLoopbackAddress()) {
        throw new BenchException(
            BenchException.Kind.REFUSED,
            "%s (%s) is not this machine, and a load can take a server down: if the server is yours, add --allow-remote"
                .formatted(host, each.getHostAddress()));
      }
    }
    return new Target(host, listening(addresses, port, trust == null), trust, null);
  }

  /** Returns the same server, to which this identity is shown; null for none. */
  public Target withIdentity(ClientIdentity shown) {
    return new Target(host, address, trust, shown);
  }

  /** A name may have an address of each protocol, and the server listen on one of them. */
  private static InetSocketAddress listening(InetAddress[] addresses, int port, boolean plain) {
    InetSocketAddress first = new InetSocketAddress(addresses[0], port);
    if (addresses.length == 1) {
      return first;
    }
    for (InetAddress each : addresses) {
      InetSocketAddress address = new InetSocketAddress(each, port);
      try (Socket socket = new Socket()) {
        socket.setSoTimeout(TRIAL_MILLIS_MAX);
        socket.connect(address, TRIAL_MILLIS_MAX);
        if (plain) {
          ask(socket);
        }
        return address;
      } catch (IOException e) {
        // The next one may; if none does, the probe says why.
      }
    }
    return first;
  }

  /** Who connects and says nothing is reported on the server's console. */
  private static void ask(Socket socket) {
    try {
      socket.getOutputStream().write(QUESTION);
      socket.getInputStream().read();
    } catch (IOException e) {
      // What is wrong here, the probe says better.
    }
  }

  boolean isSecure() {
    return trust != null;
  }
}
