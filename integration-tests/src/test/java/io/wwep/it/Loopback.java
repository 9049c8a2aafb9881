package io.wwep.it;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/** The many addresses that a machine has for itself; not every system lets all of them be used. */
public final class Loopback {

  private Loopback() {}

  /** Returns 127.0.0.{@code last}, 1 to 255. */
  public static InetAddress address(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Whether this machine can connect from an address. */
  public static boolean canBind(InetAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, 0));
      return true;
    } catch (IOException otherSystem) {
      return false;
    }
  }
}
