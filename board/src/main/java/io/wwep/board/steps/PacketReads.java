package io.wwep.board.steps;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.util.UncheckedBooleanSupplier;

/** Has the socket read into packet buffers of type R. */
@SuppressWarnings("deprecation") // The interface has no other way to say it.
final class PacketReads implements RecvByteBufAllocator {

  private final RecvByteBufAllocator sizes =
      new FixedRecvByteBufAllocator(PacketBuffers.PACKET_BYTES);

  @Override
  public Handle newHandle() {
    Handle handle = sizes.newHandle();
    return new Packets((ExtendedHandle) handle);
  }

  private static final class Packets extends DelegatingHandle implements ExtendedHandle {

    private final ExtendedHandle sizes;

    Packets(ExtendedHandle sizes) {
      super(sizes);
      this.sizes = sizes;
    }

    @Override
    public ByteBuf allocate(ByteBufAllocator allocator) {
      return allocator instanceof PacketBuffers packets
          ? packets.receive()
          : super.allocate(allocator);
    }

    @Override
    public boolean continueReading(UncheckedBooleanSupplier maybeMoreData) {
      return sizes.continueReading(maybeMoreData);
    }
  }
}
