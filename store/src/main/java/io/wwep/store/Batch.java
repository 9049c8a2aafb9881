package io.wwep.store;

import io.wwep.protocol.RegisterId;
import java.util.Arrays;

/**
 * Requests of one connection in their order, on their way through the store and back with results.
 *
 * <p>Besides reads and writes a batch holds <em>gaps</em>: places of requests that the store has no
 * part in, so that the replies keep the order of the requests. Instances are reused; a steady
 * stream of batches allocates nothing.
 *
 * <p>Not thread-safe: owned by the caller until {@link Store#execute}, by the store until {@link
 * Completion#completed}, and by the caller again.
 */
public class Batch {

  /** Result of a write that could not be made durable; see {@link #failure()}. */
  public static final int FAILED = -2;

  /** Why writes fail that come after {@link Store#close}. */
  public static final String CLOSED =
      "the server is shutting down: nothing was stored, write again when it is back";

  private static final int WRITE = 1 << 24;
  private static final int GAP = 1 << 25;
  private static final int NOT_DURABLE = 1 << 26;
  private static final int ADDRESS = WRITE - 1;
  private static final int INITIAL_CAPACITY = 16;

  private final Completion completion;
  private Origin origin;
  private String failure;
  private int[] operations = new int[INITIAL_CAPACITY];

  /** A write's value; after completion each operation's result. */
  private int[] values = new int[INITIAL_CAPACITY];

  private int size;
  private int writes;

  /** Link in a {@link CommitQueue}. */
  Batch nextInQueue;

  /**
   * @param completion told when the batch is done
   */
  public Batch(Completion completion) {
    this.completion = completion;
  }

  /** Empties the batch for the requests of this origin. */
  public void start(Origin from) {
    origin = from;
    failure = null;
    size = 0;
    writes = 0;
  }

  /**
   * Appends a read of {@code address}, 0 to 16,777,215.
   *
   * @throws IllegalArgumentException when the address is out of its range
   */
  public void addRead(int address) {
    add(requireAddress(address), Store.ABSENT);
  }

  /**
   * Appends a write of {@code value}, 0 to 65,535, to {@code address}, 0 to 16,777,215.
   *
   * @throws IllegalArgumentException when one of them is out of its range
   */
  public void addWrite(int address, int value) {
    add(requireAddress(address) | WRITE, RegisterId.requireValue(value));
    writes++;
  }

  /** A wrong address must not get as far as the commit thread. */
  private static int requireAddress(int address) {
    if ((address & ~ADDRESS) != 0) {
      throw new IllegalArgumentException(
          "address must be 0 to %d (0x%X), not %d".formatted(ADDRESS, ADDRESS, address));
    }
    return address;
  }

  /**
   * Appends a gap, which the store passes over; {@link #value} returns {@code tag} before and
   * after.
   */
  public void addGap(int tag) {
    add(GAP, tag);
  }

  private void add(int operation, int value) {
    if (size == operations.length) {
      operations = Arrays.copyOf(operations, size * 2);
      values = Arrays.copyOf(values, size * 2);
    }
    operations[size] = operation;
    values[size++] = value;
  }

  /** Returns the number of reads, writes and gaps. */
  public int size() {
    return size;
  }

  /** Returns the number of writes. */
  public int writeCount() {
    return writes;
  }

  /** Whether operation {@code i} is a write. */
  public boolean isWrite(int i) {
    return (operations[i] & WRITE) != 0;
  }

  /** Whether operation {@code i} is a gap. */
  public boolean isGap(int i) {
    return (operations[i] & GAP) != 0;
  }

  /** Returns the address that operation {@code i} reads or writes. */
  public int address(int i) {
    return operations[i] & ADDRESS;
  }

  /**
   * Returns, of a write, the value to store, and after completion the value stored or {@link
   * #FAILED}; of a completed read, the value or {@link Store#ABSENT}; of a gap, its tag.
   */
  public int value(int i) {
    return (operations[i] & NOT_DURABLE) != 0 ? FAILED : values[i];
  }

  /** Returns the value that write {@code i} was to store, whatever became of it. */
  public int requestedValue(int i) {
    return values[i];
  }

  /** Returns who sent the requests. */
  public Origin origin() {
    return origin;
  }

  /** Returns why the writes failed, as a sentence with its cure; null when none did. */
  public String failure() {
    return failure;
  }

  /** Returns whom an engine tells when the batch is done. */
  public Completion completion() {
    return completion;
  }

  /**
   * Completes the operations in their order, the writes too, which are durable by now. For engines.
   */
  public void apply(RegisterTable table) {
    for (int i = 0; i < size; i++) {
      int operation = operations[i];
      if ((operation & WRITE) != 0) {
        table.set(operation & ADDRESS, values[i]);
      } else if ((operation & GAP) == 0) {
        values[i] = table.get(operation);
      }
    }
  }

  /**
   * Fails the writes and answers the reads from the table as it is. For engines.
   *
   * @param reason a sentence for people that ends with the cure
   */
  public void fail(RegisterTable table, String reason) {
    failure = reason;
    for (int i = 0; i < size; i++) {
      int operation = operations[i];
      if ((operation & WRITE) != 0) {
        operations[i] = operation | NOT_DURABLE;
      } else if ((operation & GAP) == 0) {
        values[i] = table.get(operation);
      }
    }
  }

  /** Returns the batch queued behind this one, or null, and cuts the link. For engines. */
  public Batch unlinkNext() {
    Batch next = nextInQueue;
    nextInQueue = null;
    return next;
  }

  /** Releases memory that one unusually large batch took. */
  public void trim(int capacityMax) {
    if (operations.length > capacityMax) {
      operations = new int[INITIAL_CAPACITY];
      values = new int[INITIAL_CAPACITY];
    }
  }
}
