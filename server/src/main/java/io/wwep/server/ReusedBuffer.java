package io.wwep.server;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;

/**
 * A direct buffer that all connections of a loop use in turn, where each use is over before the
 * next begins: a read that is parsed at once, a reply that the kernel takes at once. A use that is
 * not over, as that of a reply to a peer that reads slowly, gets a buffer of its own.
 *
 * <p>With io_uring the kernel keeps the buffer of a reply for a while, unless TLS has copied it;
 * reads have the {@link ReceiveRing} there. Owned by one thread.
 */
final class ReusedBuffer {

  static final int BYTES = 64 * 1024;

  private static final FastThreadLocal<ReusedBuffer> INPUT =
      new FastThreadLocal<>() {
        @Override
        protected ReusedBuffer initialValue() {
          return new ReusedBuffer();
        }

        @Override
        protected void onRemoval(ReusedBuffer input) {
          input.release();
        }
      };

  /** Of a read that was under way when the loop had enough. */
  private static final int LITTLE_BYTES = 512;

  private ByteBuf buffer;
  private boolean little;

  /** Returns an empty buffer with room for {@code bytes}; to be released as any other. */
  ByteBuf take(ByteBufAllocator allocator, int bytes) {
    if (buffer == null) {
      buffer = allocator.directBuffer(BYTES, BYTES);
    }
    return bytes <= BYTES && buffer.refCnt() == 1
        ? buffer.clear().retain()
        : allocator.directBuffer(bytes);
  }

  /** Gives the memory back once the last use is over. */
  void release() {
    if (buffer != null) {
      buffer.release();
      buffer = null;
    }
  }

  /** Returns what lets a connection read into the buffer of its loop. */
  static RecvByteBufAllocator forReads() {
    return new Reads();
  }

  /** Has the calling loop's connections read little at a time, or as much as there is room for. */
  static void readLittle(boolean little) {
    INPUT.get().little = little;
  }

  private ByteBuf takeToRead(ByteBufAllocator allocator) {
    return little
        ? allocator.directBuffer(LITTLE_BYTES, LITTLE_BYTES)
        : take(allocator, Reads.OWN_BYTES);
  }

  private static final class Reads extends DefaultMaxMessagesRecvByteBufAllocator {

    /** For a read while the buffer is in use. */
    private static final int OWN_BYTES = 2048;

    @Override
    @SuppressWarnings("deprecation") // Netty's transports ask for this kind of handle.
    public Handle newHandle() {
      return new MaxMessageHandle() {
        @Override
        public ByteBuf allocate(ByteBufAllocator allocator) {
          return INPUT.get().takeToRead(allocator);
        }

        @Override
        public int guess() {
          return BYTES;
        }
      };
    }
  }
}
