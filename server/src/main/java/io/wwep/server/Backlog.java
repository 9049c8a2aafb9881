package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Bytes of one connection that came while none were to be read. There are some, whatever was asked
 * for: behind a FIN the system's transports read up to it, TLS gives all that a read has brought,
 * and with io_uring a read may be under way. They wait as they came, because requests and their
 * replies would take several times as much memory.
 *
 * <p>Owned by the loop's thread.
 */
final class Backlog {

  private final Queue<ByteBuf> pieces = new ArrayDeque<>();
  private boolean end;

  /**
   * Copies what was read; the original belongs to the caller, and may be used for the next read.
   */
  void add(ByteBufAllocator allocator, ByteBuf bytes) {
    int length = bytes.readableBytes();
    pieces.add(allocator.directBuffer(length, length).writeBytes(bytes));
  }

  /** Returns what came first, to be released by the caller; null when nothing is left. */
  ByteBuf poll() {
    return pieces.poll();
  }

  boolean isEmpty() {
    return pieces.isEmpty();
  }

  /** Nothing will come behind this. */
  void end() {
    end = true;
  }

  /** Whether it was told that nothing comes behind this. */
  boolean isEnd() {
    return end;
  }

  /** Forgets all of it. */
  void release() {
    pieces.forEach(ByteBuf::release);
    pieces.clear();
  }
}
