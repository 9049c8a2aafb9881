package io.wwep.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/** Takes connections on a port of loopback that was free, each served by a thread of its own. */
final class Acceptor implements AutoCloseable {

  private final ServerSocket listener;
  private final String name;

  /**
   * @param name of its threads
   * @param serve takes a connection over, and closes it
   */
  Acceptor(String name, Consumer<Socket> serve) throws IOException {
    this.name = name;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(() -> accept(serve));
  }

  int port() {
    return listener.getLocalPort();
  }

  boolean isClosed() {
    return listener.isClosed();
  }

  private void accept(Consumer<Socket> serve) {
    try {
      while (true) {
        Socket client = listener.accept();
        daemon(() -> serve.accept(client));
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  /** Starts a thread that keeps no process from ending. */
  void daemon(Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
