package io.wwep.it.peers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.Loopback;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * The addresses that a crowd comes from, 127.0.0.1 to 127.0.0.40 in turn, so that no limit of one
 * address meets it; the boards have 127.0.0.100 for themselves. Where this machine has not all of
 * 127/8 the test is skipped.
 */
final class Sources {

  static final InetAddress BOARDS = Loopback.address(100);

  private static final int CROWD = 40;

  private int next;

  Sources() {
    assumeTrue(
        Loopback.canBind(Loopback.address(CROWD)),
        "this machine cannot connect from 127.0.0.2 and others");
  }

  /** Returns the next address, with a port that the system chooses. */
  synchronized InetSocketAddress next() {
    next = next % CROWD + 1;
    return new InetSocketAddress(Loopback.address(next), 0);
  }
}
