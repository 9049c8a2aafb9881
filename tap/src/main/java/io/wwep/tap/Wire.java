package io.wwep.tap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/**
 * One side's connection.
 *
 * @param tcp the TCP socket
 * @param top the same, or the TLS socket around it
 */
record Wire(Socket tcp, Socket top) {

  InputStream input() throws IOException {
    return top.getInputStream();
  }

  OutputStream output() throws IOException {
    return top.getOutputStream();
  }

  boolean isTls() {
    return top != tcp;
  }

  InetSocketAddress remote() {
    return (InetSocketAddress) tcp.getRemoteSocketAddress();
  }

  InetSocketAddress local() {
    return (InetSocketAddress) tcp.getLocalSocketAddress();
  }

  /** How long the next reads may take; 0 is for ever. */
  void readTimeout(int millis) throws SocketException {
    top.setSoTimeout(millis);
  }

  /** Ends what is sent, with close_notify where there is TLS; the other direction stays open. */
  void endOutput() {
    try {
      if (isTls()) {
        top.shutdownOutput();
      }
      tcp.shutdownOutput();
    } catch (IOException gone) {
      // Then the peer has ended everything itself, which its own direction tells.
    }
  }

  /** Ends everything at once with RST. */
  void reset() {
    try {
      tcp.setSoLinger(true, 0);
    } catch (SocketException gone) {
      // It is closed already.
    }
    close(tcp);
  }

  void close() {
    close(tcp);
  }

  static void close(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is given up either way.
    }
  }
}
