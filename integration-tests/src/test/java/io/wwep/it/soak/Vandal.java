package io.wwep.it.soak;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/**
 * Clients that are killed: in mid-message, while a reply is due, and without having said a word.
 */
final class Vandal implements Load.Client {

  private final String message;
  private final int port;
  private int count;

  Vandal(String device, int port) {
    message = "W" + device + "001234";
    this.port = port;
  }

  @Override
  public int act() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      int length = count % (message.length() + 1);
      socket
          .getOutputStream()
          .write(message.substring(0, length).getBytes(StandardCharsets.US_ASCII));
      // The kernel of a killed process ends with FIN, or with RST where bytes were unread.
      if (count / message.length() % 2 == 0) {
        socket.setSoLinger(true, 0);
      }
      count++;
    }
    return 0;
  }

  @Override
  public String toString() {
    return "vandal";
  }
}
