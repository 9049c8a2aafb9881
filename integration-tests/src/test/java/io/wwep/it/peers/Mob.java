package io.wwep.it.peers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Hostile peers, all driven by one thread: bare TCP connections that do not block, from many
 * addresses.
 */
final class Mob implements AutoCloseable {

  private static final int READ_MILLIS = 10_000;
  private static final long CATCH_UP_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final Sources sources = new Sources();
  private final long connectEveryNanos;
  private long connectDueNanos = System.nanoTime();
  private final List<SocketChannel> members = new ArrayList<>();

  /**
   * @param connectionsPerSecond how fast they come at most
   */
  Mob(int connectionsPerSecond) {
    connectEveryNanos = TimeUnit.SECONDS.toNanos(1) / connectionsPerSecond;
  }

  /** Connects one more. */
  SocketChannel join(int port) throws IOException {
    return join(port, 0);
  }

  /**
   * Connects one more.
   *
   * @param receiveBytes how much its kernel takes from the server that it does not read itself; 0
   *     for the system's choice
   */
  SocketChannel join(int port, int receiveBytes) throws IOException {
    SocketChannel member = connect(port, receiveBytes);
    members.add(member);
    return member;
  }

  /** Connects one more, which waits for what it reads: 10 s at most. */
  Socket joinBlocking(int port) throws IOException {
    SocketChannel member = join(port);
    member.configureBlocking(true);
    Socket socket = member.socket();
    socket.setSoTimeout(READ_MILLIS);
    return socket;
  }

  /** Takes one in that was on its own. */
  void add(SocketChannel channel) {
    members.add(channel);
  }

  /** Connects one that is on its own: who calls this closes it. */
  SocketChannel connect(int port) throws IOException {
    return connect(port, 0);
  }

  private SocketChannel connect(int port, int receiveBytes) throws IOException {
    awaitTurn();
    SocketChannel channel = SocketChannel.open();
    try {
      if (receiveBytes > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBytes);
      }
      channel.bind(sources.next());
      channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      channel.configureBlocking(false);
      return channel;
    } catch (IOException failed) {
      channel.close();
      throw failed;
    }
  }

  private void awaitTurn() {
    long now = System.nanoTime();
    while (now - connectDueNanos < 0) {
      LockSupport.parkNanos(connectDueNanos - now);
      now = System.nanoTime();
    }
    // Turns that were missed come later, and few of them at once.
    connectDueNanos = Math.max(connectDueNanos + connectEveryNanos, now - CATCH_UP_NANOS);
  }

  int size() {
    return members.size();
  }

  /** Sends few bytes, which the kernel takes at once. */
  static void send(SocketChannel channel, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (channel.write(buffer) < bytes.length) {
      throw new IOException(
          "the kernel took %d bytes of %d".formatted(buffer.position(), bytes.length));
    }
  }

  static void send(SocketChannel channel, String bytes) throws IOException {
    send(channel, bytes.getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Ends all with FIN. */
  @Override
  public void close() throws IOException {
    for (SocketChannel member : members) {
      member.close();
    }
  }
}
