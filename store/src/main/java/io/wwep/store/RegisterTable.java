package io.wwep.store;

import io.wwep.protocol.RegisterId;
import io.wwep.protocol.Wwep;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * All registers in memory: one flat table of 65,536 x 256 values of 16 bits and a bit for each that
 * says whether it was written.
 *
 * <p>The table is cut into 256 chunks of 256 devices, made when the first of their registers is
 * written, so that an empty server holds no 34 MB of zeros. Readers take no lock: a value is stored
 * before its bit is set, bits are never cleared, and all these accesses are volatile, the one to
 * the chunk too, so that registers are linearizable. Writers may be many; the counts are exact once
 * they are done.
 *
 * <pre>
 *   address  23      16 15             0
 *           +----------+----------------+
 *           |  chunk   | index in chunk |     values[index], written bit index
 *           +----------+----------------+
 * </pre>
 */
public final class RegisterTable {

  /** Addresses of one chunk, as a power of two. */
  public static final int CHUNK_BITS = 16;

  private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
  private static final int CHUNK_MASK = CHUNK_SIZE - 1;
  private static final int DEVICE_BITS = 8;

  private static final VarHandle CHUNKS = MethodHandles.arrayElementVarHandle(Chunk[].class);
  private static final VarHandle VALUES = MethodHandles.arrayElementVarHandle(char[].class);
  private static final VarHandle BITS = MethodHandles.arrayElementVarHandle(long[].class);

  private static final class Chunk {
    final char[] values = new char[CHUNK_SIZE];
    final long[] written = new long[CHUNK_SIZE / Long.SIZE];
  }

  private final Chunk[] chunks = new Chunk[Wwep.REGISTER_COUNT / CHUNK_SIZE];

  /** Returns the value, 0 to 65,535, or {@link Store#ABSENT}. */
  public int get(int address) {
    Chunk chunk = (Chunk) CHUNKS.getVolatile(chunks, address >>> CHUNK_BITS);
    if (chunk == null) {
      return Store.ABSENT;
    }
    int index = address & CHUNK_MASK;
    long bits = (long) BITS.getVolatile(chunk.written, index >>> 6);
    if (((bits >>> index) & 1) == 0) {
      return Store.ABSENT;
    }
    return (char) VALUES.getVolatile(chunk.values, index);
  }

  /** Stores a value, 0 to 65,535. */
  public void set(int address, int value) {
    Chunk chunk = chunkOf(address >>> CHUNK_BITS);
    int index = address & CHUNK_MASK;
    VALUES.setVolatile(chunk.values, index, (char) value);
    long bit = 1L << index;
    if (((long) BITS.getVolatile(chunk.written, index >>> 6) & bit) == 0) {
      BITS.getAndBitwiseOr(chunk.written, index >>> 6, bit);
    }
  }

  /**
   * Stores a value, 0 to 65,535, of a table that no reader has yet: without the cost of {@link
   * #set}, which for all registers is a second. Threads may load chunks that are not the same; who
   * reads must be told by some other means that they are done.
   */
  public void load(int address, int value) {
    Chunk chunk = chunkOf(address >>> CHUNK_BITS);
    int index = address & CHUNK_MASK;
    chunk.values[index] = (char) value;
    chunk.written[index >>> 6] |= 1L << index;
  }

  /** Takes the memory that {@link #set} needs, so that it cannot fail later. */
  public void reserve(int address) {
    chunkOf(address >>> CHUNK_BITS);
  }

  private Chunk chunkOf(int number) {
    Chunk chunk = (Chunk) CHUNKS.getAcquire(chunks, number);
    if (chunk != null) {
      return chunk;
    }
    Chunk made = new Chunk();
    Chunk raced = (Chunk) CHUNKS.compareAndExchange(chunks, number, (Chunk) null, made);
    return raced == null ? made : raced;
  }

  /** Counts the registers that have been written. */
  public int registerCount() {
    int count = 0;
    for (int device = 0; device <= RegisterId.DEVICE_MAX; device++) {
      count += registersOf(device);
    }
    return count;
  }

  /** Counts the devices that have a written register. */
  public int deviceCount() {
    int count = 0;
    for (int device = 0; device <= RegisterId.DEVICE_MAX; device++) {
      count += registersOf(device) > 0 ? 1 : 0;
    }
    return count;
  }

  /** Visits devices as {@link Store#visitDevices} does. */
  public int visitDevices(int first, int limit, DeviceVisitor visitor) {
    RegisterId.requireDevice(first);
    if (limit < 1) {
      throw new IllegalArgumentException("limit must be 1 or more, not %d".formatted(limit));
    }
    int visited = 0;
    for (int device = first; device <= RegisterId.DEVICE_MAX; device++) {
      int registers = registersOf(device);
      if (registers > 0) {
        if (visited++ == limit) {
          return device;
        }
        visitor.device(device, registers);
      }
    }
    return Store.NO_DEVICE;
  }

  private int registersOf(int device) {
    Chunk chunk = (Chunk) CHUNKS.getAcquire(chunks, device >>> (CHUNK_BITS - DEVICE_BITS));
    if (chunk == null) {
      return 0;
    }
    int firstWord = ((device << DEVICE_BITS) & CHUNK_MASK) >>> 6;
    int count = 0;
    for (int word = firstWord; word < firstWord + 4; word++) {
      count += Long.bitCount((long) BITS.getVolatile(chunk.written, word));
    }
    return count;
  }
}
