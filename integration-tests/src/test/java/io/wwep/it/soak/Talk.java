package io.wwep.it.soak;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLContext;

/** A connection that is kept for many requests, made when it is first needed. */
final class Talk implements Closeable {

  private static final int TIMEOUT_MILLIS = 10_000;

  private final int port;
  private final SSLContext tls;
  private Socket socket;

  private Talk(int port, SSLContext tls) {
    this.port = port;
    this.tls = tls;
  }

  static Talk plain(int port) {
    return new Talk(port, null);
  }

  static Talk tls(int port, SSLContext context) {
    return new Talk(port, context);
  }

  /** Sends requests and returns so many bytes of replies. */
  String exchange(String requests, int replyBytes) throws IOException {
    if (socket == null) {
      socket = connect();
    }
    socket.getOutputStream().write(requests.getBytes(StandardCharsets.US_ASCII));
    byte[] replies = socket.getInputStream().readNBytes(replyBytes);
    return new String(replies, StandardCharsets.US_ASCII);
  }

  private Socket connect() throws IOException {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    Socket made =
        tls == null
            ? new Socket(loopback, port)
            : tls.getSocketFactory().createSocket(loopback, port);
    made.setTcpNoDelay(true);
    made.setSoTimeout(TIMEOUT_MILLIS);
    return made;
  }

  /** Ends the connection; the next exchange makes a new one. */
  @Override
  public void close() throws IOException {
    if (socket != null) {
      socket.close();
      socket = null;
    }
  }
}
