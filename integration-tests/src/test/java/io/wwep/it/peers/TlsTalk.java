package io.wwep.it.peers;

import io.wwep.it.conformance.Trust;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;

/**
 * The client's side of a conversation over TLS, from the ClientHello to close_notify, which breaks
 * off when it has sent so many bytes.
 */
final class TlsTalk {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);
  private static final int BUFFER_BYTES = 64 * 1024;

  private final Socket socket;
  private final int bytesMax;
  private final SSLEngine engine;
  private final ByteBuffer incoming = ByteBuffer.allocate(BUFFER_BYTES);
  private final ByteBuffer plain = ByteBuffer.allocate(BUFFER_BYTES);
  private final List<Integer> recordStarts = new ArrayList<>();
  private int made;

  /**
   * @param socket is connected; stays open
   * @param version of TLS
   * @param bytesMax behind how many bytes the client breaks off
   */
  TlsTalk(Socket socket, String version, int bytesMax) {
    this.socket = socket;
    this.bytesMax = bytesMax;
    // A context of its own: with no session to resume all conversations have the same length.
    engine = Trust.everybody().createSSLEngine("localhost", 1);
    engine.setUseClientMode(true);
    engine.setEnabledProtocols(new String[] {version});
  }

  /**
   * Holds the conversation: shakes hands, sends the request, reads the reply and announces the end.
   *
   * @return where each record that the client sends begins, and the length of them all
   */
  List<Integer> hold(String request, int replyBytes) throws IOException {
    engine.beginHandshake();
    boolean goesOn = true;
    HandshakeStatus status = engine.getHandshakeStatus();
    while (goesOn && status != HandshakeStatus.NOT_HANDSHAKING) {
      goesOn = shakeHands(status);
      status = engine.getHandshakeStatus();
    }
    goesOn = goesOn && send(ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII)));
    plain.clear();
    while (goesOn && plain.position() < replyBytes) {
      goesOn = receive();
    }
    if (goesOn) {
      engine.closeOutbound();
      send(NOTHING);
    }
    recordStarts.add(made);
    return List.copyOf(recordStarts);
  }

  private boolean shakeHands(HandshakeStatus status) throws IOException {
    switch (status) {
      case NEED_TASK -> engine.getDelegatedTask().run();
      case NEED_WRAP -> {
        return send(NOTHING);
      }
      default -> {
        return receive();
      }
    }
    return true;
  }

  /** Returns false when the client has broken off. */
  private boolean send(ByteBuffer bytes) throws IOException {
    ByteBuffer record = ByteBuffer.allocate(BUFFER_BYTES);
    engine.wrap(bytes, record);
    recordStarts.add(made);
    int length = Math.min(record.position(), bytesMax - made);
    socket.getOutputStream().write(record.array(), 0, length);
    made += record.position();
    return made < bytesMax;
  }

  /** Takes a record; returns false when the server has ended. */
  private boolean receive() throws IOException {
    SSLEngineResult result = unwrap();
    while (result.getStatus() == Status.BUFFER_UNDERFLOW) {
      int length =
          socket.getInputStream().read(incoming.array(), incoming.position(), incoming.remaining());
      if (length < 0) {
        return false;
      }
      incoming.position(incoming.position() + length);
      result = unwrap();
    }
    return result.getStatus() == Status.OK;
  }

  private SSLEngineResult unwrap() throws IOException {
    incoming.flip();
    try {
      return engine.unwrap(incoming, plain);
    } finally {
      incoming.compact();
    }
  }
}
