package io.wwep.server;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringBufferRingAllocator;
import io.netty.channel.uring.IoUringBufferRingConfig;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringFixedBufferRingAllocator;
import io.netty.channel.uring.IoUringIoHandlerConfig;

/**
 * The buffers that the kernel fills by itself with io_uring, one ring for each event loop.
 *
 * <p>With them a connection that is silent holds no buffer, and the loop reuses those that it has
 * just been through. Kernels before 5.19 have no such rings.
 */
final class ReceiveRing {

  private static final short GROUP = 1;

  /** A pipelined batch of a few hundred requests, or a quarter of the largest TLS record. */
  private static final int BUFFER_BYTES = 4 * 1024;

  private static final short BUFFERS = 256;
  private static final int REFILL_BUFFERS = 64;

  private ReceiveRing() {}

  /** Returns the configuration of an event loop, with a ring where the kernel has them. */
  static IoUringIoHandlerConfig config() {
    IoUringIoHandlerConfig config = new IoUringIoHandlerConfig();
    return isSupported() ? config.setBufferRingConfig(ring()) : config;
  }

  private static IoUringBufferRingConfig ring() {
    return IoUringBufferRingConfig.builder()
        .bufferGroupId(GROUP)
        .bufferRingSize(BUFFERS)
        .batchSize(REFILL_BUFFERS)
        .incremental(false)
        .allocator(allocator())
        .build();
  }

  /**
   * Netty reads into a slice of a buffer; this allocator reuses the slices, the default does not.
   */
  private static IoUringBufferRingAllocator allocator() {
    return new IoUringFixedBufferRingAllocator(PooledByteBufAllocator.DEFAULT, BUFFER_BYTES);
  }

  /** Lets connections receive from the ring of their loop. */
  static void use(Transport.Options connections) {
    if (isSupported()) {
      connections.set(IoUringChannelOption.IO_URING_BUFFER_GROUP_ID, GROUP);
    }
  }

  private static boolean isSupported() {
    return IoUring.isRegisterBufferRingSupported();
  }
}
