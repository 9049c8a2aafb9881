package io.wwep.it;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * What most boards do: connect, send one message, read the reply, close. Blocks its thread; any
 * number of threads may pay visits at a time.
 */
public final class Visit {

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final int REPLY_BYTES = 11;

  private final InetAddress from;
  private final InetSocketAddress to;
  private final SSLContext tls;

  private Visit(InetAddress from, int port, SSLContext tls) {
    this.from = from;
    this.to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    this.tls = tls;
  }

  /** Visits the plain port from an address of this machine, or from any for null. */
  public static Visit plain(InetAddress from, int port) {
    return new Visit(from, port, null);
  }

  /** Visits the TLS port; sessions are resumed where one context is used for many visits. */
  public static Visit tls(InetAddress from, int port, SSLContext context) {
    return new Visit(from, port, context);
  }

  /**
   * Pays the visit.
   *
   * @param frame a write or a read of a register that is written
   * @return the reply's 11 bytes, or fewer where the server ended before
   * @throws IOException when the server cannot be reached, resets, or says nothing for 5 s
   */
  public String pay(String frame) throws IOException {
    try (Socket tcp = connect()) {
      if (tls == null) {
        return exchange(tcp, frame);
      }
      try (SSLSocket secure =
          (SSLSocket)
              tls.getSocketFactory().createSocket(tcp, to.getHostString(), to.getPort(), true)) {
        return exchange(secure, frame);
      }
    }
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket();
    try {
      if (from != null) {
        socket.bind(new InetSocketAddress(from, 0));
      }
      socket.setTcpNoDelay(true);
      socket.connect(to, TIMEOUT_MILLIS);
      socket.setSoTimeout(TIMEOUT_MILLIS);
      return socket;
    } catch (IOException failed) {
      socket.close();
      throw failed;
    }
  }

  private static String exchange(Socket socket, String frame) throws IOException {
    socket.getOutputStream().write(frame.getBytes(StandardCharsets.US_ASCII));
    InputStream replies = socket.getInputStream();
    return new String(replies.readNBytes(REPLY_BYTES), StandardCharsets.US_ASCII);
  }
}
