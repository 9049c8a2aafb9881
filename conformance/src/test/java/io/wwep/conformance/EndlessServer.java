package io.wwep.conformance;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A server that answers whatever it is asked with X, and never stops. */
final class EndlessServer implements AutoCloseable {

  private final ServerSocket listener;
  private final int pauseMillis;

  /**
   * @param pauseMillis between two bytes; 0 for as many at a time as there is room for
   */
  EndlessServer(int pauseMillis) throws IOException {
    this.pauseMillis = pauseMillis;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        daemon(() -> stream(client));
      }
    } catch (IOException closed) {
      // That is its end.
    }
  }

  private void stream(Socket client) {
    byte[] replies = new byte[pauseMillis == 0 ? 4_096 : 1];
    Arrays.fill(replies, (byte) 'X');
    try (client) {
      while (!listener.isClosed()) {
        client.getOutputStream().write(replies);
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
      }
    } catch (IOException gone) {
      // The client has seen enough.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "endless-server");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
