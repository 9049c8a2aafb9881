package io.wwep.it.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The two doors of a server. */
enum Port {
  PLAIN,
  TLS;

  /** Returns the number of this door, and skips the test where it is not served. */
  int of(TargetServer target) {
    int number = this == TLS ? target.tlsPort() : target.plainPort();
    assumeTrue(number != TargetServer.NOT_SERVED, "no TLS port was named");
    return number;
  }
}
