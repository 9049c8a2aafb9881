package io.wwep.it.conformance;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * A TLS client that tells a close_notify from a mere FIN, which {@link javax.net.ssl.SSLSocket}
 * does not.
 */
final class TlsProbe implements AutoCloseable {

  private static final int TIMEOUT_MILLIS = 5_000;
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /**
   * How a connection went on to its end.
   *
   * @param received the plain text
   * @param closeNotify whether the end was announced
   */
  record Ending(String received, boolean closeNotify) {}

  private final Socket socket = new Socket();
  private final SSLEngine engine;
  private final ByteBuffer incoming;
  private final ByteBuffer plain;
  private final StringBuilder received = new StringBuilder();
  private boolean closeNotify;

  TlsProbe(TargetServer target, String version) throws IOException {
    int port = Port.TLS.of(target);
    socket.connect(new InetSocketAddress(target.host(), port), TIMEOUT_MILLIS);
    socket.setSoTimeout(TIMEOUT_MILLIS);
    engine = Trust.EVERYBODY.createSSLEngine(target.host(), port);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {version});
    incoming = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
    plain = ByteBuffer.allocate(2 * engine.getSession().getApplicationBufferSize());
    engine.beginHandshake();
    handshake();
  }

  void send(String bytes) throws IOException {
    wrap(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1)));
  }

  /** Sends close_notify, and FIN behind it. */
  void endOutput() throws IOException {
    engine.closeOutbound();
    wrap(NOTHING);
    socket.shutdownOutput();
  }

  /** Reads until the server ends. */
  Ending readToEnd() throws IOException {
    while (!closeNotify && read()) {
      unwrap();
    }
    return new Ending(received.toString(), closeNotify);
  }

  private void handshake() throws IOException {
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
      switch (status) {
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_WRAP -> wrap(NOTHING);
        default -> unwrapForHandshake();
      }
      status = engine.getHandshakeStatus();
    }
  }

  private void unwrapForHandshake() throws IOException {
    if (unwrapOnce().getStatus() == Status.BUFFER_UNDERFLOW && !read()) {
      throw new SSLException("the server ended within the handshake");
    }
  }

  private void unwrap() throws IOException {
    SSLEngineResult result;
    do {
      result = unwrapOnce();
    } while (result.getStatus() == Status.OK && incoming.position() > 0);
    closeNotify = result.getStatus() == Status.CLOSED;
  }

  private SSLEngineResult unwrapOnce() throws IOException {
    incoming.flip();
    SSLEngineResult result = engine.unwrap(incoming, plain);
    incoming.compact();
    plain.flip();
    received.append(StandardCharsets.ISO_8859_1.decode(plain));
    plain.clear();
    return result;
  }

  private void wrap(ByteBuffer bytes) throws IOException {
    ByteBuffer outgoing = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
    do {
      engine.wrap(bytes, outgoing);
    } while (bytes.hasRemaining());
    socket.getOutputStream().write(outgoing.array(), 0, outgoing.position());
  }

  /** Returns false at the end of the stream. */
  private boolean read() throws IOException {
    int length =
        socket.getInputStream().read(incoming.array(), incoming.position(), incoming.remaining());
    if (length > 0) {
      incoming.position(incoming.position() + length);
    }
    return length > 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
