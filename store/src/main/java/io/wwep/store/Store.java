package io.wwep.store;

import io.wwep.protocol.RegisterId;
import java.util.Arrays;
import java.util.List;

/**
 * The registers of all devices.
 *
 * <p>A value is visible to readers only once it is durable: nobody sees what a crash could take
 * back. Over all callers the registers are linearizable; within a batch, operations take effect in
 * the order in which they were added.
 *
 * <p>The writes of a batch become durable together: a commit that fails stores none of them, and
 * after a crash all are there or none is. In memory they follow one after the other, in their
 * order: who has seen one of them sees those before it in the batch, and those behind it perhaps a
 * moment later. That goes for {@link #read} and for batches of reads alone. A batch with a write
 * takes its place between others, so its reads and expectations ({@link Batch#expect}) see each of
 * them whole; so does who reads the history in the file.
 *
 * <p>All methods may be called from any thread. None but {@link #close}, {@link #health} and {@link
 * #figures} waits for the disk.
 */
public interface Store extends AutoCloseable {

  /** What a read yields for a register that nobody wrote. */
  int ABSENT = -1;

  /** What {@link #visitDevices} returns when there are no more. */
  int NO_DEVICE = -1;

  /**
   * Returns the value of a register, 0 to 65,535, or {@link #ABSENT}.
   *
   * @param address 0 to 16,777,215
   */
  int read(int address);

  /**
   * Takes over a batch and performs it. {@link Completion#completed} is called exactly once: within
   * this call when nothing has to be waited for (a batch of reads, or an engine without a disk),
   * otherwise later, on the store's commit thread. Until then the caller must not touch the batch.
   *
   * <p>A caller that wants its batches to take effect in order hands over the next one after the
   * previous one is completed.
   */
  void execute(Batch batch);

  /**
   * Returns the values of all registers of a device: 256, by their numbers, {@link #ABSENT} where
   * nobody wrote. Each is read as {@link #read} does, one after the other.
   *
   * @param device 0 to 65,535
   * @throws IllegalArgumentException when it is out of its range
   */
  default int[] registersOf(int device) {
    int first = RegisterId.requireDevice(device) << Byte.SIZE;
    int[] values = new int[RegisterId.REGISTER_MAX + 1];
    Arrays.setAll(values, register -> read(first + register));
    return values;
  }

  /**
   * Visits the devices that have written registers, in ascending order, a page at a time. Takes no
   * lock: a device whose first register is written meanwhile may be missing.
   *
   * @param first device to begin with, 0 to 65,535, whether it has any or not
   * @param limit how many at most, 1 or more
   * @return the device to begin the next page with, or {@link #NO_DEVICE}
   * @throws IllegalArgumentException when a number is out of its range
   */
  int visitDevices(int first, int limit, DeviceVisitor visitor);

  /** Returns how many devices have at least one written register. */
  int deviceCount();

  /** Returns how many registers have been written. */
  int registerCount();

  /**
   * Adds a listener to the feed of committed writes. It is called in commit order, on the thread
   * that commits, after the write is durable and before its batch is completed; it must not block.
   * An exception is reported to the thread's uncaught exception handler and changes nothing.
   */
  void addListener(CommitListener listener);

  /**
   * Adds a listener that hears when writes stop being durable and when they are again. It is called
   * on the thread that commits; it must not block. The default is for a store that cannot fail.
   */
  default void addListener(HealthListener listener) {}

  /**
   * Tells how the store fares. Costs a look at the file, so it may wait where its disk or network
   * hangs.
   */
  default StoreHealth health() {
    return StoreHealth.GOOD;
  }

  /**
   * Tells what the store has done since it was opened, and how large it is. Costs a look at the
   * file, as {@link #health} does. The default is for a store that has no commits.
   */
  default StoreFigures figures() {
    return StoreFigures.NONE;
  }

  /**
   * Describes the engine and its durability for people, as in {@code sqlite wwep.db (fsync
   * always)}.
   */
  String description();

  /** Returns what people should know of the start, as sentences; empty when there is nothing. */
  default List<String> notes() {
    return List.of();
  }

  /**
   * Makes everything durable that was handed over, completes it and releases the files; returns
   * within 1.5 seconds, also when the disk hangs. A batch that is handed over later completes at
   * once, its writes failed.
   */
  @Override
  void close();
}
