package io.wwep.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** One port with two servers behind it: TLS goes to one, what comes in clear to the other. */
final class EitherPort implements AutoCloseable {

  private static final int TLS_HANDSHAKE = 0x16;

  private final ServerSocket listener;
  private final int clearPort;
  private final int tlsPort;

  EitherPort(int clearPort, int tlsPort) throws IOException {
    this.clearPort = clearPort;
    this.tlsPort = tlsPort;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        daemon(() -> relay(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
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
        daemon(() -> copy(server, client));
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

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "either-port");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
