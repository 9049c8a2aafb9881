package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends legal frames byte by byte on many connections, and checks each reply. The turns of the
 * connections are spread over the time between two bytes.
 */
final class Drip {

  private static final int GROUPS = 10;
  private static final int FRAME_BYTES = 11;

  /** A turn that this process itself missed by so much proves nothing about the server. */
  private static final long LATE_MILLIS = WatchedServer.FRAME.toMillis() - 10;

  private static final Duration REPLY_MAX = Duration.ofSeconds(10);

  private final long everyNanos;
  private final List<Peer> peers = new ArrayList<>();
  private int lateBytes;

  Drip(long everyMillis) {
    everyNanos = TimeUnit.MILLISECONDS.toNanos(everyMillis);
  }

  void add(SocketChannel channel, int number) {
    peers.add(new Peer(channel, number));
  }

  /** Sends so many frames on each connection; all replies are right, and come. */
  void run(int frames) throws IOException {
    long due = System.nanoTime();
    for (int i = 0; i < frames * FRAME_BYTES * GROUPS; i++) {
      for (int peer = i % GROUPS; peer < peers.size(); peer += GROUPS) {
        peers.get(peer).take(i / GROUPS);
      }
      due += everyNanos / GROUPS;
      LockSupport.parkNanos(due - System.nanoTime());
    }
    assertThat(lateBytes).as("bytes that this process sent late").isZero();
    await("all replies").atMost(REPLY_MAX).until(this::isAllAnswered);
  }

  private boolean isAllAnswered() throws IOException {
    boolean all = true;
    for (Peer peer : peers) {
      peer.read();
      all &= peer.repliesDue.isEmpty();
    }
    return all;
  }

  private final class Peer {
    private final SocketChannel channel;
    private final String register;
    private final ByteBuffer received = ByteBuffer.allocate(4 * FRAME_BYTES);
    private final StringBuilder repliesDue = new StringBuilder();
    private long lastNanos = System.nanoTime();

    Peer(SocketChannel channel, int number) {
      this.channel = channel;
      register = "C%03X%02X".formatted(number >> 8, number & 0xFF);
    }

    /** Sends the next byte. */
    private void take(int turn) throws IOException {
      read();
      String body = register + "%04X".formatted(turn / FRAME_BYTES);
      int index = turn % FRAME_BYTES;
      long now = System.nanoTime();
      if (index > 0 && now - lastNanos > TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS)) {
        lateBytes++;
      }
      lastNanos = now;
      if (index == FRAME_BYTES - 1) {
        repliesDue.append('A').append(body);
      }
      Mob.send(channel, ("W" + body).substring(index, index + 1));
    }

    private void read() throws IOException {
      received.clear();
      channel.read(received);
      String came = StandardCharsets.US_ASCII.decode(received.flip()).toString();
      assertThat(repliesDue.toString()).as("replies that are due").startsWith(came);
      repliesDue.delete(0, came.length());
    }
  }
}
