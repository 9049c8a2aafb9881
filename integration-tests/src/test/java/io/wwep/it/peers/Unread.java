package io.wwep.it.peers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * One peer that pipelines frames and reads no reply, and how many bytes of replies wait for it in
 * the server's own memory: those to the frames that the server took, less those that the kernel
 * holds for either side.
 */
final class Unread {

  private static final String FRAME = "RB0A60B";
  private static final String REPLY = "AB0A60B1234";
  private static final int FRAMES_AT_A_TIME = 1_000;

  private static final byte[] FRAMES =
      FRAME.repeat(FRAMES_AT_A_TIME).getBytes(StandardCharsets.US_ASCII);

  private static final long STANDSTILL_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  /** Their replies are far more than the kernel takes for both sides. */
  static final int FRAME_COUNT = 1_000_000;

  /** How much of them it takes for the peer. */
  static final int RECEIVE_BYTES = 16 * 1024;

  private static final long BYTES_TO_SEND = (long) FRAME_COUNT * FRAME.length();

  /** Writes the register that is read. */
  static final String WRITE = "W" + REPLY.substring(1);

  private final SocketChannel channel;
  private final ByteBuffer frames = ByteBuffer.wrap(FRAMES);
  private long sent;
  private long received;

  /**
   * @param channel does not block, and its kernel takes no more than {@link #RECEIVE_BYTES}
   */
  Unread(SocketChannel channel) {
    this.channel = channel;
  }

  /**
   * Sends on all until nothing moves any more, in this process or in the kernel.
   *
   * @return what the kernel holds of each connection then
   */
  static Queues sendUntilStandstill(List<Unread> peers) throws IOException {
    Queues before = null;
    Queues now = Queues.read();
    while (!now.equals(before)) {
      long end = System.nanoTime() + STANDSTILL_NANOS;
      while (System.nanoTime() - end < 0) {
        boolean any = false;
        for (Unread peer : peers) {
          any |= peer.send();
        }
        LockSupport.parkNanos(any ? 0 : TimeUnit.MILLISECONDS.toNanos(1));
      }
      before = now;
      now = Queues.read().of(peers.stream().map(peer -> peer.channel).toList());
    }
    return now;
  }

  /** Sends some, so that others have their turn soon: a frame may be cut, and its rest is due. */
  private boolean send() throws IOException {
    if (!frames.hasRemaining()) {
      frames.clear();
    }
    int written = sent < BYTES_TO_SEND ? channel.write(frames) : 0;
    sent += written;
    return written > 0;
  }

  /** Sends the rest and reads a reply for each frame. */
  void readAll() throws IOException {
    byte[] expected = REPLY.repeat(FRAMES_AT_A_TIME).getBytes(StandardCharsets.US_ASCII);
    ByteBuffer replies = ByteBuffer.allocate(64 * 1024);
    long due = BYTES_TO_SEND / FRAME.length() * REPLY.length();
    long lastProgress = System.nanoTime();
    while (received < due) {
      boolean progress = send();
      replies.clear();
      int read = channel.read(replies);
      for (int i = 0; i < read; i++) {
        if (replies.get(i) != expected[(int) (received++ % expected.length)]) {
          throw new AssertionError("byte %d of the replies is wrong".formatted(received - 1));
        }
      }
      if (progress || read > 0) {
        lastProgress = System.nanoTime();
      }
      assertThat(System.nanoTime() - lastProgress)
          .as("nanoseconds of silence with %d of %d bytes received", received, due)
          .isLessThan(TimeUnit.SECONDS.toNanos(10));
    }
  }

  /** Ends the connection, with replies unread. */
  void end(Ending ending) throws IOException {
    ending.end(channel.socket());
  }

  /** Returns how many bytes of frames the server has not taken, at a standstill. */
  long heldBack(Queues queues) throws IOException {
    SocketAddress own = channel.getLocalAddress();
    SocketAddress server = channel.getRemoteAddress();
    long inKernel = queues.of(own, server).toSend() + queues.of(server, own).toRead();
    return BYTES_TO_SEND - sent + inKernel;
  }

  /** Returns how many bytes of replies wait in the server's memory, at a standstill. */
  long waitingInServer(Queues queues) throws IOException {
    SocketAddress own = channel.getLocalAddress();
    SocketAddress server = channel.getRemoteAddress();
    long framesTaken = (BYTES_TO_SEND - heldBack(queues)) / FRAME.length();
    long inKernel = queues.of(server, own).toSend() + queues.of(own, server).toRead();
    return framesTaken * REPLY.length() - received - inKernel;
  }
}
