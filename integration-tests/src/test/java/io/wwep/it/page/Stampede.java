package io.wwep.it.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Writes at a steady rate over one connection, by two threads of its own: one sends, one reads the
 * replies. Ends when it is closed.
 */
final class Stampede implements AutoCloseable {

  private static final int BATCHES_PER_SECOND = 100;
  private static final int REPLY_BYTES = 11;

  private final Socket socket;
  private final Thread sender;
  private final Thread reader;
  private final AtomicLong replies = new AtomicLong();
  private final long began = System.nanoTime();
  private volatile boolean ended;

  Stampede(int port, int perSecond) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    sender = start("stampede-sender", () -> send(perSecond));
    reader = start("stampede-reader", this::read);
  }

  private static Thread start(String name, Runnable task) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void send(int perSecond) {
    StringBuilder frames = new StringBuilder();
    for (int i = 0; i < perSecond / BATCHES_PER_SECOND; i++) {
      frames.append("W%04X05%04X\n".formatted(0x0B00 + i % 30, i));
    }
    byte[] batch = frames.toString().getBytes(StandardCharsets.US_ASCII);
    long step = 1_000_000_000L / BATCHES_PER_SECOND;
    try {
      OutputStream out = socket.getOutputStream();
      for (long at = System.nanoTime(); !ended; at += step) {
        out.write(batch);
        LockSupport.parkNanos(at + step - System.nanoTime());
      }
    } catch (IOException over) {
      // The reader's count tells how far it came.
    }
  }

  private void read() {
    byte[] buffer = new byte[64 * 1024];
    long bytes = 0;
    try {
      InputStream in = socket.getInputStream();
      for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
        bytes += length;
        replies.set(bytes / REPLY_BYTES);
      }
    } catch (IOException over) {
      // So it is when the socket is closed.
    }
  }

  /** Returns how many replies came in a second, so far. */
  long perSecond() {
    return replies.get() * 1_000_000_000L / Math.max(1, System.nanoTime() - began);
  }

  @Override
  public void close() throws IOException, InterruptedException {
    ended = true;
    sender.join();
    socket.close();
    reader.join();
  }
}
