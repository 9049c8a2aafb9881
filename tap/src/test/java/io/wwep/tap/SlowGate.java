package io.wwep.tap;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands before a server, and lets connections wait before a byte of them gets there. */
final class SlowGate implements AutoCloseable {

  private final ServerSocket listener;
  private final int target;
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger connections = new AtomicInteger();
  private volatile boolean holding;

  SlowGate(int target) throws IOException {
    this.target = target;
    listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    daemon(this::accept);
  }

  int port() {
    return listener.getLocalPort();
  }

  /** Returns how many there were. */
  int connections() {
    return connections.get();
  }

  /** The next connections wait. */
  void hold() {
    holding = true;
  }

  void release() {
    released.countDown();
  }

  void awaitHeld() throws InterruptedException {
    require(held, "no connection came");
  }

  /** Waits for the client of a connection that was held to end it. */
  void awaitEnd() throws InterruptedException {
    require(ended, "the connection that was held has not ended");
  }

  private static void require(CountDownLatch latch, String otherwise) throws InterruptedException {
    if (!latch.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError(otherwise);
    }
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.incrementAndGet();
        boolean holds = holding;
        daemon(() -> relay(client, holds));
      } catch (IOException closed) {
        return;
      }
    }
  }

  private void relay(Socket client, boolean holds) {
    try (client;
        Socket server = new Socket(InetAddress.getLoopbackAddress(), target)) {
      if (holds) {
        held.countDown();
        released.await();
      }
      daemon(() -> copy(server, client));
      copy(client, server);
      if (holds) {
        ended.countDown();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      InputStream input = from.getInputStream();
      OutputStream output = to.getOutputStream();
      input.transferTo(output);
    } catch (IOException ended) {
      // Both ends are looked at elsewhere.
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "slow-gate");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    release();
    listener.close();
  }
}
