package io.wwep.it.feed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Readers of the console's events that only count the bytes, all on one thread, so that they cost
 * the machine as little as may be; or that take nothing at all.
 */
final class EventReaders implements AutoCloseable {

  private static final int RECEIVE_BYTES = 64 * 1024;

  private final List<SocketChannel> channels = new ArrayList<>();
  private final AtomicLong bytes = new AtomicLong();
  private final Selector selector;
  private final int port;

  EventReaders(int port) throws IOException {
    this.port = port;
    selector = Selector.open();
  }

  /** Opens so many, and reads what comes from now on. */
  static EventReaders reading(int port, int count) throws IOException {
    EventReaders readers = new EventReaders(port);
    readers.open(count);
    readers.read();
    return readers;
  }

  /** Begins to read, once. */
  void read() throws IOException {
    for (SocketChannel each : channels) {
      each.configureBlocking(false).register(selector, SelectionKey.OP_READ);
    }
    Thread thread = new Thread(this::run, "event-readers");
    thread.setDaemon(true);
    thread.start();
  }

  /** Opens so many that take nothing until they are told to read. */
  static EventReaders stuck(int port, int count) throws IOException {
    EventReaders readers = new EventReaders(port);
    readers.open(count);
    return readers;
  }

  private void open(int count) throws IOException {
    String head =
        "GET /api/v1/transactions HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nAccept: text/event-stream\r\n\r\n"
            .formatted(port);
    for (int i = 0; i < count; i++) {
      SocketChannel channel = SocketChannel.open();
      channel.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BYTES);
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
      channels.add(channel);
    }
  }

  private void run() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(RECEIVE_BYTES);
    try {
      while (selector.isOpen()) {
        selector.select(key -> drain(key, buffer));
      }
    } catch (ClosedSelectorException closed) {
      // That is the end.
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void drain(SelectionKey key, ByteBuffer buffer) {
    try {
      int read = ((SocketChannel) key.channel()).read(buffer.clear());
      bytes.addAndGet(Math.max(0, read));
      if (read < 0) {
        key.cancel();
      }
    } catch (IOException closed) {
      key.cancel();
    }
  }

  /** Returns how many bytes have come for all of them. */
  long bytes() {
    return bytes.get();
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (SocketChannel each : channels) {
      each.close();
    }
  }
}
