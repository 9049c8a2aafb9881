package io.wwep.client;

import io.wwep.keylog.JdkSecrets;
import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;

/**
 * A socket under TLS whose keys go to a key log: whenever the handshake sends or is about to read
 * something, its secrets are looked at. One thread does the handshake.
 */
final class KeyLogSocket extends WatchedSocket {

  private volatile JdkSecrets secrets;

  /**
   * Returns it where a key log is kept.
   *
   * @return null for another socket
   */
  static KeyLogSocket of(Socket tcp) {
    return tcp instanceof KeyLogSocket watched ? watched : null;
  }

  /** Begins, before the first byte. */
  void watch(JdkSecrets of) {
    secrets = of;
  }

  /** Ends: the handshake is done. */
  void handshakeDone(String version) {
    JdkSecrets ending = secrets;
    secrets = null;
    ending.handshakeDone(version);
  }

  private void look() {
    JdkSecrets watching = secrets;
    if (watching != null) {
      watching.look();
    }
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new FilterInputStream(super.getInputStream()) {
      @Override
      public int read() throws IOException {
        look();
        return in.read();
      }

      @Override
      public int read(byte[] bytes, int start, int length) throws IOException {
        look();
        return in.read(bytes, start, length);
      }
    };
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return new FilterOutputStream(super.getOutputStream()) {
      @Override
      public void write(byte[] bytes, int start, int length) throws IOException {
        look();
        out.write(bytes, start, length);
      }

      @Override
      public void write(int b) throws IOException {
        look();
        out.write(b);
      }
    };
  }
}
