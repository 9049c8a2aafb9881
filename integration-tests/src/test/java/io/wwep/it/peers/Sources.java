package io.wwep.it.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;

/**
 * The addresses that a crowd comes from, 127.0.0.1 to 127.0.0.40 in turn, so that no limit of one
 * address meets it; the boards have 127.0.0.100 for themselves. Where this machine has not all of
 * 127/8 the test is skipped.
 */
final class Sources {

  static final InetAddress BOARDS = loopback(100);

  private static final int CROWD = 40;

  private int next;

  Sources() {
    assumeTrue(canBind(loopback(CROWD)), "this machine cannot connect from 127.0.0.2 and others");
  }

  /** Returns the next address, with a port that the system chooses. */
  synchronized InetSocketAddress next() {
    next = next % CROWD + 1;
    return new InetSocketAddress(loopback(next), 0);
  }

  private static InetAddress loopback(int last) {
    try {
      return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static boolean canBind(InetAddress address) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(address, 0));
      return true;
    } catch (IOException otherSystem) {
      return false;
    }
  }
}
