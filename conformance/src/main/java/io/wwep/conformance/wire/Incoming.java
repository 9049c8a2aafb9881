package io.wwep.conformance.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLException;

/** What the server under test sends on one connection. A char stands for a byte. */
final class Incoming {

  private static final int BUFFER_BYTES_MAX = 64 * 1024;

  private final Socket socket;

  Incoming(Socket socket) {
    this.socket = socket;
  }

  /**
   * Reads until as many bytes are there, the server ends its side, or the time is up.
   *
   * @param count 1 or more
   * @param millis how long it may be silent, 1 or more
   */
  Received read(int count, int millis) throws IOException {
    socket.setSoTimeout(millis);
    long deadline = WireLimits.deadline(millis);
    StringBuilder received = new StringBuilder();
    byte[] buffer = new byte[Math.min(count, BUFFER_BYTES_MAX)];
    try {
      while (received.length() < count) {
        int length = Math.min(buffer.length, count - received.length());
        int read = socket.getInputStream().read(buffer, 0, length);
        if (read < 0) {
          return new Received(received.toString(), Received.End.CLOSED);
        }
        received.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
        if (received.length() < count && WireLimits.isOver(deadline)) {
          return new Received(received.toString(), Received.End.ENDLESS);
        }
      }
      return new Received(received.toString(), Received.End.ENOUGH);
    } catch (SocketTimeoutException silent) {
      return new Received(received.toString(), Received.End.SILENCE);
    } catch (SocketException | SSLException reset) {
      return new Received(received.toString(), Received.End.RESET);
    }
  }
}
