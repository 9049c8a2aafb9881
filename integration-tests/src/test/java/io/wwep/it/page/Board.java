package io.wwep.it.page;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wwep.it.Loopback;
import io.wwep.it.Visit;
import io.wwep.it.WwepProcess;
import io.wwep.it.conformance.Trust;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.NoSuchAlgorithmException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * A board of a class, at an address of its own on this machine. Where the machine has not all of
 * 127/8 the test is skipped.
 */
final class Board {

  private final WwepProcess server;
  private final InetAddress address;

  Board(WwepProcess server, int number) {
    this.server = server;
    address = Loopback.address(number);
    assumeTrue(Loopback.canBind(address), "this machine cannot connect from " + address);
  }

  String address() {
    return address.getHostAddress();
  }

  /** Sends bytes to the plain port; returns the reply. */
  String says(String bytes) {
    try {
      return Visit.plain(address, server.plainPort()).pay(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Sends bytes to the TLS port, without a look at the certificate; returns the reply. */
  String saysByTls(String bytes) {
    try {
      return Visit.tls(address, server.tlsPort(), Trust.EVERYBODY).pay(bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Connects to the plain port and hangs up, as one does that forgets to flush. */
  void connectsAndSaysNothing() {
    try (Socket socket =
        new Socket(InetAddress.getLoopbackAddress(), server.plainPort(), address, 0)) {
      socket.shutdownOutput();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Connects by TLS with the public roots alone, and so refuses the server's certificate. */
  void refusesTheCertificate() {
    assertThatThrownBy(() -> Visit.tls(address, server.tlsPort(), publicRoots()).pay("W0FAC0B1234"))
        .isInstanceOf(SSLException.class);
  }

  private static SSLContext publicRoots() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
