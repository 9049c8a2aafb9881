package io.wwep.it.clients;

import io.wwep.it.Loopback;
import io.wwep.it.conformance.Trust;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/** One bare connection, in clear or over TLS, to a port of the loopback. */
final class RawTalk implements AutoCloseable {

  /** Far beyond what a small server needs, so that a busy machine fails no test. */
  private static final int TIMEOUT_MILLIS = 10_000;

  private final Socket tcp;
  private final Socket top;

  private RawTalk(Socket tcp, Socket top) {
    this.tcp = tcp;
    this.top = top;
  }

  static RawTalk plain(int port) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    socket.connect(new InetSocketAddress(Loopback.address(1), port), TIMEOUT_MILLIS);
    return new RawTalk(socket, socket);
  }

  static RawTalk tls(int port) throws IOException {
    RawTalk below = plain(port);
    SSLSocket secure =
        (SSLSocket)
            Trust.EVERYBODY.getSocketFactory().createSocket(below.tcp, "localhost", port, true);
    secure.startHandshake();
    return new RawTalk(below.tcp, secure);
  }

  /** Sends these bytes as one piece. */
  RawTalk send(String text) throws IOException {
    top.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    top.getOutputStream().flush();
    return this;
  }

  /** Sends these bytes one by one. */
  RawTalk sendInPieces(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      send(text.substring(i, i + 1));
    }
    return this;
  }

  /** Ends this side; over TLS with close_notify. */
  RawTalk end() throws IOException {
    top.shutdownOutput();
    return this;
  }

  /** Returns all that comes until the server ends; throws where it resets. */
  String readToEnd() throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    InputStream input = top.getInputStream();
    for (int b = input.read(); b >= 0; b = input.read()) {
      all.write(b);
    }
    return all.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    tcp.close();
  }
}
