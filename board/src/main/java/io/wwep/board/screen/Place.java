package io.wwep.board.screen;

import io.wwep.board.Board;
import io.wwep.board.Contact;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Where a board and its server are in the network, as far as it is known.
 *
 * @param own the board's address, or words while it is not known
 * @param server the server's address, or empty
 */
record Place(String own, String server) {

  /** Nothing has been found out yet. */
  static final Place UNKNOWN = new Place("not known yet", "");

  /**
   * Asks the name service, which may take long, and the routing table; sends nothing to the server.
   *
   * @throws IOException when the name has no address, or there is no way to it
   */
  static Place find(Board board) throws IOException {
    String host = board.host();
    boolean bracketed = host.startsWith("[") && host.endsWith("]");
    InetAddress server =
        InetAddress.getByName(bracketed ? host.substring(1, host.length() - 1) : host);
    try (DatagramSocket socket = new DatagramSocket()) {
      // A datagram socket is connected without a packet; the port has no meaning here.
      socket.connect(new InetSocketAddress(server, 9));
      return new Place(socket.getLocalAddress().getHostAddress(), server.getHostAddress());
    }
  }

  static Place of(Contact contact) {
    return new Place(
        contact.own().getHostAddress(), contact.server().getAddress().getHostAddress());
  }
}
