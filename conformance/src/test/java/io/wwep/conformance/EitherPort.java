package io.wwep.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;

/** One port with two servers behind it: TLS goes to one, what comes in clear to the other. */
final class EitherPort implements AutoCloseable {

  private static final int TLS_HANDSHAKE = 0x16;

  private final Acceptor acceptor;
  private final int clearPort;
  private final int tlsPort;

  EitherPort(int clearPort, int tlsPort) throws IOException {
    this.clearPort = clearPort;
    this.tlsPort = tlsPort;
    acceptor = new Acceptor("either-port", this::relay);
  }

  int port() {
    return acceptor.port();
  }

  private void relay(Socket client) {
    try (client) {
      int first = client.getInputStream().read();
      if (first < 0) {
        return;
      }
      int port = first == TLS_HANDSHAKE ? tlsPort : clearPort;
      try (Socket server = new Socket(InetAddress.getLoopbackAddress(), port)) {
        server.getOutputStream().write(first);
        acceptor.daemon(() -> copy(server, client));
        copy(client, server);
      }
    } catch (IOException gone) {
      // So are both ends.
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream input = from.getInputStream();
      input.transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException gone) {
      // The other direction notices too.
    }
  }

  @Override
  public void close() {
    acceptor.close();
  }
}
