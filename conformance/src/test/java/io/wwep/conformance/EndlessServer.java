package io.wwep.conformance;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that answers whatever it is asked with X, and never stops. */
final class EndlessServer implements AutoCloseable {

  private final Acceptor acceptor;
  private final int pauseMillis;

  /**
   * @param pauseMillis between two bytes; 0 for as many at a time as there is room for
   */
  EndlessServer(int pauseMillis) throws IOException {
    this.pauseMillis = pauseMillis;
    acceptor = new Acceptor("endless-server", this::stream);
  }

  int port() {
    return acceptor.port();
  }

  private void stream(Socket client) {
    byte[] replies = new byte[pauseMillis == 0 ? 4_096 : 1];
    Arrays.fill(replies, (byte) 'X');
    try (client) {
      while (!acceptor.isClosed()) {
        client.getOutputStream().write(replies);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
      }
    } catch (IOException gone) {
      // The client has seen enough.
    }
  }

  @Override
  public void close() {
    acceptor.close();
  }
}
