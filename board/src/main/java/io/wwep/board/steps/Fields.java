package io.wwep.board.steps;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the fields of a TLS message, one behind the other (RFC 8446, section 3).
 *
 * <p>Methods throw {@link BufferUnderflowException} where the message ends too soon.
 */
final class Fields {

  private final ByteBuffer bytes;

  private Fields(ByteBuffer bytes) {
    this.bytes = bytes;
  }

  static Fields of(byte[] bytes) {
    return new Fields(ByteBuffer.wrap(bytes));
  }

  boolean hasMore() {
    return bytes.hasRemaining();
  }

  int length() {
    return bytes.remaining();
  }

  int u8() {
    return bytes.get() & 0xFF;
  }

  int u16() {
    return bytes.getShort() & 0xFFFF;
  }

  int u24() {
    return (u8() << 16) | u16();
  }

  byte[] bytes(int length) {
    byte[] taken = new byte[checked(length)];
    bytes.get(taken);
    return taken;
  }

  /** Returns the fields of a part that is so long, and goes on behind it. */
  Fields part(int length) {
    Fields part = new Fields(bytes.slice(bytes.position(), checked(length)));
    bytes.position(bytes.position() + length);
    return part;
  }

  /** Returns all that is left as numbers of 16 bits. */
  List<Integer> numbers() {
    List<Integer> numbers = new ArrayList<>();
    while (hasMore()) {
      numbers.add(u16());
    }
    return numbers;
  }

  private int checked(int length) {
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    return length;
  }
}
