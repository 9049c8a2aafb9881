package io.wwep.conformance.wire;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * A TLS client that tells a close_notify from a mere FIN, which {@link javax.net.ssl.SSLSocket}
 * does not. For one thread.
 */
public final class TlsProbe implements AutoCloseable {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Socket socket;
  private final SSLEngine engine;
  private final Transcript transcript;
  private final ByteBuffer incoming;
  private final ByteBuffer plain;
  private final StringBuilder received = new StringBuilder();
  private boolean closeNotify;
  private long read;

  TlsProbe(Socket socket, SSLEngine engine, int patienceMillis, Transcript transcript)
      throws IOException {
    this.socket = socket;
    this.engine = engine;
    this.transcript = transcript;
    socket.setSoTimeout(patienceMillis);
    incoming = ByteBuffer.allocate(2 * engine.getSession().getPacketBufferSize());
    plain = ByteBuffer.allocate(2 * engine.getSession().getApplicationBufferSize());
    engine.beginHandshake();
    handshake();
    transcript.note("connected to the tls port, " + engine.getSession().getProtocol());
  }

  /** Sends bytes in one record. */
  public void send(String bytes) throws IOException {
    transcript.sent(bytes);
    wrap(ByteBuffer.wrap(Transcript.bytes(bytes)));
  }

  /** Sends close_notify, and FIN behind it. */
  public void endOutput() throws IOException {
    transcript.note("ended this side");
    engine.closeOutbound();
    wrap(NOTHING);
    socket.shutdownOutput();
  }

  /** These bytes come, then close_notify. */
  public void expectAnnouncedEnd(String replies) throws IOException {
    Received.End end = readToEnd();
    Received all = new Received(received.toString(), end);
    transcript.came(all);
    if (end == Received.End.ENDLESS) {
      throw WireLimits.endless(Received.show(replies) + ", then the end", all);
    }
    if (!all.bytes().equals(replies)) {
      throw new Mismatch(Received.show(replies), all.toString(), Clue.of("", replies, all));
    }
    if (!closeNotify) {
      throw new Mismatch("close_notify, then FIN", all + " without close_notify", Clue.NONE);
    }
  }

  private Received.End readToEnd() throws IOException {
    try {
      long deadline = WireLimits.deadline(socket.getSoTimeout());
      while (!closeNotify && read()) {
        unwrap();
        if (!closeNotify && (read > WireLimits.BYTES_MAX || WireLimits.isOver(deadline))) {
          return Received.End.ENDLESS;
        }
      }
      return Received.End.CLOSED;
    } catch (SocketTimeoutException silent) {
      return Received.End.SILENCE;
    } catch (SocketException reset) {
      return Received.End.RESET;
    }
  }

  private void handshake() throws IOException {
    long deadline = WireLimits.deadline(socket.getSoTimeout());
    HandshakeStatus status = engine.getHandshakeStatus();
    while (status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED) {
      switch (status) {
        case NEED_TASK -> engine.getDelegatedTask().run();
        case NEED_WRAP -> wrap(NOTHING);
        default -> unwrapForHandshake();
      }
      if (read > WireLimits.BYTES_MAX || WireLimits.isOver(deadline)) {
        throw new SSLException("the server does not come to an end with its handshake");
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
      read += length;
    }
    return length > 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
