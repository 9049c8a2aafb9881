package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
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
  private static final long LATE_MILLIS = 140;

  private final long everyNanos;
  private final List<Peer> peers = new ArrayList<>();
  private int lateFrames;

  Drip(long everyMillis) {
    everyNanos = TimeUnit.MILLISECONDS.toNanos(everyMillis);
  }

  void add(SocketChannel channel, int number) {
    peers.add(new Peer(channel, number));
  }

  /** Sends so many frames on each connection; all replies are right. */
  void run(int frames) throws IOException {
    long due = System.nanoTime();
    // The reply to the last byte is read in the turn behind it.
    for (int turn = 0; turn <= frames * FRAME_BYTES; turn++) {
      for (int group = 0; group < GROUPS; group++) {
        for (int i = group; i < peers.size(); i += GROUPS) {
          peers.get(i).take(turn, turn == frames * FRAME_BYTES);
        }
        due += everyNanos / GROUPS;
        LockSupport.parkNanos(due - System.nanoTime());
      }
    }
    assertThat(lateFrames).as("frames that this process sent late").isZero();
  }

  private final class Peer {
    private final SocketChannel channel;
    private final String register;
    private final ByteBuffer received = ByteBuffer.allocate(4 * FRAME_BYTES);
    private long lastNanos = System.nanoTime();

    Peer(SocketChannel channel, int number) {
      this.channel = channel;
      register = "C%03X%02X".formatted(number >> 8, number & 0xFF);
    }

    private void take(int turn, boolean last) throws IOException {
      if (turn > 0 && turn % FRAME_BYTES == 0) {
        expect("A" + body(turn / FRAME_BYTES - 1));
      }
      long now = System.nanoTime();
      if (turn % FRAME_BYTES > 0 && now - lastNanos > TimeUnit.MILLISECONDS.toNanos(LATE_MILLIS)) {
        lateFrames++;
      }
      lastNanos = now;
      if (!last) {
        String frame = "W" + body(turn / FRAME_BYTES);
        Mob.send(channel, frame.substring(turn % FRAME_BYTES, turn % FRAME_BYTES + 1));
      }
    }

    private String body(int frame) {
      return register + "%04X".formatted(frame);
    }

    private void expect(String reply) throws IOException {
      received.clear();
      channel.read(received);
      String came = StandardCharsets.US_ASCII.decode(received.flip()).toString();
      assertThat(came)
          .as("reply at most %d ms behind the last byte", everyNanos / 1_000_000)
          .isEqualTo(reply);
    }
  }
}
