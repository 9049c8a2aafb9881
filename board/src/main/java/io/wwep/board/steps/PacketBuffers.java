package io.wwep.board.steps;

import io.netty.buffer.AbstractByteBufAllocator;
import io.netty.buffer.ByteBuf;
import java.util.EnumMap;
import java.util.Map;

/**
 * Makes the buffers of one connection, and writes down what happens to each. None is used twice, so
 * that the count of one that is free stays what it is.
 *
 * <p>As many are made as the connection takes; the lecture's board has two of each kind. Owned by
 * the connection's event loop.
 */
final class PacketBuffers extends AbstractByteBufAllocator {

  /** What a board's packet buffer holds: about one segment of TCP. */
  static final int PACKET_BYTES = 1_500;

  private final Journal journal;
  private final Map<BufferState.Type, Integer> used = new EnumMap<>(BufferState.Type.class);
  private BufferState.Type next = BufferState.Type.TLS;
  private int number;
  private int held;

  PacketBuffers(Journal journal) {
    super(true);
    this.journal = journal;
  }

  /** Returns an empty buffer for what is to be sent. */
  ByteBuf transmit() {
    return packet(BufferState.Type.T);
  }

  /** Returns an empty buffer for what the socket has. */
  ByteBuf receive() {
    return packet(BufferState.Type.R);
  }

  private ByteBuf packet(BufferState.Type type) {
    next = type;
    try {
      return directBuffer(PACKET_BYTES, PACKET_BYTES);
    } finally {
      next = BufferState.Type.TLS;
    }
  }

  /**
   * Notes that a buffer was filled.
   *
   * @param holds its data for people
   */
  static void filled(ByteBuf buffer, BufferState.Type type, String holds) {
    ByteBuf inner = buffer;
    while (inner != null && !(inner instanceof PacketBuffer)) {
      inner = inner.unwrap();
    }
    if (inner != null) {
      ((PacketBuffer) inner).diary().filled(type, holds);
    }
  }

  BufferUse use() {
    return new BufferUse(
        used.getOrDefault(BufferState.Type.T, 0),
        used.getOrDefault(BufferState.Type.R, 0),
        used.getOrDefault(BufferState.Type.TLS, 0),
        held);
  }

  @Override
  protected ByteBuf newDirectBuffer(int initialCapacity, int maxCapacity) {
    return toLeakAwareBuffer(new PacketBuffer.Direct(this, initialCapacity, maxCapacity));
  }

  @Override
  protected ByteBuf newHeapBuffer(int initialCapacity, int maxCapacity) {
    return toLeakAwareBuffer(new PacketBuffer.Heap(this, initialCapacity, maxCapacity));
  }

  @Override
  public boolean isDirectBufferPooled() {
    return false;
  }

  // ---- what buffers tell

  BufferDiary diary(ByteBuf buffer) {
    used.merge(next, 1, Integer::sum);
    held++;
    return new BufferDiary(journal, this, buffer, next, ++number);
  }

  void retyped(BufferState.Type from, BufferState.Type to) {
    used.merge(from, -1, Integer::sum);
    used.merge(to, 1, Integer::sum);
  }

  void freed() {
    held--;
  }
}
