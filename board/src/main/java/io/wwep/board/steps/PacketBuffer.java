package io.wwep.board.steps;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledDirectByteBuf;
import io.netty.buffer.UnpooledHeapByteBuf;

/** A buffer of Netty's that keeps a diary of its reference count. */
interface PacketBuffer {

  BufferDiary diary();

  /** One whose memory the operating system can send from, and receive into. */
  final class Direct extends UnpooledDirectByteBuf implements PacketBuffer {

    private final BufferDiary diary;

    Direct(PacketBuffers pool, int initialCapacity, int maxCapacity) {
      super(pool, initialCapacity, maxCapacity);
      diary = pool.diary(this);
      diary.note(BufferState.Moment.CREATED);
    }

    @Override
    public BufferDiary diary() {
      return diary;
    }

    @Override
    public ByteBuf retain() {
      super.retain();
      diary.note(BufferState.Moment.SHARED);
      return this;
    }

    @Override
    public ByteBuf retain(int increment) {
      super.retain(increment);
      diary.note(BufferState.Moment.SHARED);
      return this;
    }

    @Override
    public boolean release() {
      return noted(super.release());
    }

    @Override
    public boolean release(int decrement) {
      return noted(super.release(decrement));
    }

    private boolean noted(boolean free) {
      if (!free) {
        diary.note(BufferState.Moment.GIVEN_BACK);
      }
      return free;
    }

    @Override
    protected void deallocate() {
      super.deallocate();
      diary.note(BufferState.Moment.FREE);
    }
  }

  /** One in Java's own memory. */
  final class Heap extends UnpooledHeapByteBuf implements PacketBuffer {

    private final BufferDiary diary;

    Heap(PacketBuffers pool, int initialCapacity, int maxCapacity) {
      super(pool, initialCapacity, maxCapacity);
      diary = pool.diary(this);
      diary.note(BufferState.Moment.CREATED);
    }

    @Override
    public BufferDiary diary() {
      return diary;
    }

    @Override
    public ByteBuf retain() {
      super.retain();
      diary.note(BufferState.Moment.SHARED);
      return this;
    }

    @Override
    public ByteBuf retain(int increment) {
      super.retain(increment);
      diary.note(BufferState.Moment.SHARED);
      return this;
    }

    @Override
    public boolean release() {
      return noted(super.release());
    }

    @Override
    public boolean release(int decrement) {
      return noted(super.release(decrement));
    }

    private boolean noted(boolean free) {
      if (!free) {
        diary.note(BufferState.Moment.GIVEN_BACK);
      }
      return free;
    }

    @Override
    protected void deallocate() {
      super.deallocate();
      diary.note(BufferState.Moment.FREE);
    }
  }
}
