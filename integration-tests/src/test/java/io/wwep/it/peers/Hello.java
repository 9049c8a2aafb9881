package io.wwep.it.peers;

import io.wwep.it.conformance.Trust;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;

/** A ClientHello as the JDK's TLS makes it, whole and in parts. */
final class Hello {

  static final int RECORD_HEADER_BYTES = 5;

  private static final byte[] WHOLE = make();

  private Hello() {}

  /** Returns the record. */
  static byte[] whole() {
    return WHOLE.clone();
  }

  /** Returns its first bytes. */
  static byte[] start(int bytes) {
    return Arrays.copyOf(WHOLE, bytes);
  }

  static byte[] half() {
    return start(WHOLE.length / 2);
  }

  private static byte[] make() {
    try {
      SSLEngine engine = Trust.everybody().createSSLEngine("localhost", 1);
      engine.setUseClientMode(true);
      engine.beginHandshake();
      ByteBuffer record = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), record);
      return Arrays.copyOf(record.array(), record.position());
    } catch (SSLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
