package io.wwep.board.steps;

import io.netty.buffer.ByteBuf;

/** Writes down what happens to one packet buffer. Owned by the connection's event loop. */
final class BufferDiary {

  private final Journal journal;
  private final PacketBuffers pool;
  private final ByteBuf buffer;
  private final int number;
  private BufferState.Type type;
  private String holds = "";

  /** Of a buffer that is free there is no capacity any more. */
  private int capacity;

  BufferDiary(
      Journal journal, PacketBuffers pool, ByteBuf buffer, BufferState.Type type, int number) {
    this.journal = journal;
    this.pool = pool;
    this.buffer = buffer;
    this.type = type;
    this.number = number;
  }

  void note(BufferState.Moment moment) {
    boolean free = moment == BufferState.Moment.FREE;
    capacity = free ? capacity : buffer.capacity();
    journal.add(
        new BufferState(
            moment,
            type,
            number,
            buffer.refCnt(),
            buffer.readerIndex(),
            buffer.writerIndex(),
            capacity,
            free ? "" : holds));
    if (free) {
      pool.freed();
    }
  }

  void filled(BufferState.Type forWhat, String withWhat) {
    if (type != forWhat) {
      pool.retyped(type, forWhat);
      type = forWhat;
    }
    holds = withWhat;
    note(BufferState.Moment.FILLED);
  }
}
