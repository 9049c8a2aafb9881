package io.wwep.it.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLSocket;

/**
 * One bare connection to the server under test. A char of the texts stands for a byte; each {@link
 * #send} is a segment, or a TLS record, of its own.
 */
final class Wire implements AutoCloseable {

  private static final int CONNECT_MILLIS = 5_000;

  /** Far beyond what a server needs, so that a busy machine fails no test. */
  private static final int REPLY_MILLIS = 5_000;

  private final Socket tcp;
  private final Socket socket;

  private Wire(Socket tcp, Socket socket) {
    this.tcp = tcp;
    this.socket = socket;
  }

  /** Connects, and completes the handshake on TLS. */
  static Wire connect(TargetServer target, Port port) throws IOException {
    return port == Port.TLS ? tls(target, null) : clear(target, port);
  }

  /** Connects without TLS, even to the TLS port. */
  static Wire clear(TargetServer target, Port port) throws IOException {
    Socket tcp = open(target.host(), port.of(target));
    return new Wire(tcp, tcp);
  }

  /** Connects with one version of TLS, or with the best one for null. */
  static Wire tls(TargetServer target, String version) throws IOException {
    int port = Port.TLS.of(target);
    Socket tcp = open(target.host(), port);
    SSLSocket tls =
        (SSLSocket) Trust.EVERYBODY.getSocketFactory().createSocket(tcp, target.host(), port, true);
    if (version != null) {
      tls.setEnabledProtocols(new String[] {version});
    }
    tls.setSoTimeout(REPLY_MILLIS);
    tls.startHandshake();
    return new Wire(tcp, tls);
  }

  private static Socket open(String host, int port) throws IOException {
    Socket socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(host, port), CONNECT_MILLIS);
    return socket;
  }

  void send(String bytes) throws IOException {
    try {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
    } catch (SocketException reset) {
      throw new AssertionError("the server takes no more bytes: " + reset.getMessage(), reset);
    }
  }

  /** Ends this side: FIN, and close_notify before it on TLS. */
  void endOutput() throws IOException {
    socket.shutdownOutput();
  }

  /** Ends this side of TCP without a word of TLS. */
  void endTcpOutput() throws IOException {
    tcp.shutdownOutput();
  }

  /** Reads these bytes and no others. */
  void expect(String reply) throws IOException {
    assertThat(receive(reply.length(), REPLY_MILLIS)).isEqualTo(reply);
  }

  /** Sends, then reads the reply. */
  void exchange(String bytes, String reply) throws IOException {
    send(bytes);
    expect(reply);
  }

  /** The server ends its side, with FIN and without another byte. */
  void expectEnd() throws IOException {
    assertThat(receive(1, REPLY_MILLIS)).as("bytes before the end").isEmpty();
  }

  /** Reads one reply of a server that explains nothing: A and ten digits, or X. */
  String readReply() throws IOException {
    String first = receive(1, REPLY_MILLIS);
    return first.equals("A") ? first + receive(10, REPLY_MILLIS) : first;
  }

  /** Reads until the server ends its side. */
  String readToEnd() throws IOException {
    return receive(Integer.MAX_VALUE, REPLY_MILLIS);
  }

  /** Neither a byte nor the end comes for a while. */
  void expectSilence(int millis) throws IOException {
    socket.setSoTimeout(millis);
    String came;
    try {
      int b = socket.getInputStream().read();
      came = b < 0 ? "the end" : "byte " + b;
    } catch (SocketTimeoutException silent) {
      came = "nothing";
    }
    assertThat(came).as("within %d ms", millis).isEqualTo("nothing");
  }

  /**
   * Reads until {@code count} bytes are there or the server ends its side; silence and RST are
   * shown in the result, so that they never equal what is expected.
   */
  private String receive(int count, int millis) throws IOException {
    socket.setSoTimeout(millis);
    StringBuilder received = new StringBuilder();
    byte[] buffer = new byte[Math.min(count, 64 * 1024)];
    try {
      while (received.length() < count) {
        int length = Math.min(buffer.length, count - received.length());
        int read = socket.getInputStream().read(buffer, 0, length);
        if (read < 0) {
          return received.toString();
        }
        received.append(new String(buffer, 0, read, StandardCharsets.ISO_8859_1));
      }
    } catch (SocketTimeoutException silent) {
      received.append("<nothing for %d ms>".formatted(millis));
    } catch (SocketException reset) {
      received.append("<%s>".formatted(reset.getMessage()));
    }
    return received.toString();
  }

  @Override
  public void close() throws IOException {
    tcp.close();
  }
}
