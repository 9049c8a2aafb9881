package io.wwep.tap;

import io.wwep.client.WwepClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;

/** Opens the port of a tap, and refuses what can never work. */
final class Doors {

  private Doors() {}

  /**
   * @throws TapException when it cannot be opened, or the server can be none
   */
  static ServerSocket open(TapConfig config) {
    requireHost(config);
    ServerSocket port = listen(config.listen(), config.tls() != null);
    try {
      requireNoLoop(config, port);
      return port;
    } catch (TapException e) {
      Wire.close(port);
      throw e;
    }
  }

  /** What can be no host is said at the start, and not to each board. */
  private static void requireHost(TapConfig config) {
    try {
      WwepClient.builder(config.host()).port(config.port()).build().close();
    } catch (IllegalArgumentException e) {
      throw new TapException(e.getMessage(), e);
    }
  }

  private static ServerSocket listen(InetSocketAddress address, boolean tls) {
    try {
      ServerSocket socket = tls ? new BoardPort() : new ServerSocket();
      socket.setReuseAddress(true);
      socket.bind(address, TapLimits.CONNECTIONS_MAX);
      return socket;
    } catch (IOException e) {
      throw new TapException(
          "the tap cannot listen on %s (%s): give another port, 0 for a free one, or an address of this machine"
              .formatted(Tap.words(address), e.getMessage()),
          e);
    }
  }

  /** A port on whose connections the alert of a board is heard that hung up meanwhile. */
  private static final class BoardPort extends ServerSocket {

    BoardPort() throws IOException {
      super();
    }

    @Override
    public Socket accept() throws IOException {
      Socket socket = new BoardSocket();
      implAccept(socket);
      return socket;
    }
  }

  /** A tap whose server is itself would connect to itself for ever. */
  private static void requireNoLoop(TapConfig config, ServerSocket port) {
    try {
      for (InetAddress each : InetAddress.getAllByName(bare(config.host()))) {
        InetAddress own = port.getInetAddress();
        boolean here =
            each.equals(own)
                || (own.isAnyLocalAddress() && NetworkInterface.getByInetAddress(each) != null);
        if (here && config.port() == port.getLocalPort()) {
          throw new TapException(
              "%s is where the tap itself listens: give the server's address behind it"
                  .formatted(config.target()),
              null);
        }
      }
    } catch (UnknownHostException later) {
      // Each connection says so, and a name may come to be known.
    } catch (IOException noInterfaces) {
      throw new TapException("the addresses of this machine cannot be read", noInterfaces);
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
